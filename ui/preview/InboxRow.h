// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace carillon::ui {

// A mail as it stands in the list of an inbox, before it is opened: who it is from, its subject, and the line behind it that
// most mail programs show (the preheader, else the first words of the mail). Drawn on one line, or on three where it is
// narrow; what does not fit is cut as it would be there. Belongs to its parent.
class InboxRow : public QWidget {
    Q_OBJECT

public:
    explicit InboxRow(QWidget* parent = nullptr);

    void setMail(const QString& from, const QString& subject, const QString& preheader);
    void setDark(bool dark);
    void setNarrow(bool narrow);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintWide(QPainter& painter, const QRect& room);
    void paintNarrow(QPainter& painter, const QRect& room);
    QFont fontOf(bool bold) const;

    QString m_from;
    QString m_subject;
    QString m_preheader;
    bool m_dark = false;
    bool m_narrow = false;
};

} // namespace carillon::ui
