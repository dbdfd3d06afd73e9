// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/preview/MimeReader.h"

#include <QFrame>

class QBoxLayout;
class QLabel;

namespace carillon::ui {

// The frame of an opened mail, in the colours of a mail program in light or dark: subject, who it is from and to, a note,
// the mail itself, and its attachments. As wide as a window or a telephone. Belongs to its parent.
class MailWindow : public QFrame {
    Q_OBJECT

public:
    explicit MailWindow(QWidget* parent = nullptr);

    void setHead(const QString& subject, const QString& from, const QString& to);
    void setNote(const QString& note); // what is simulated; empty: none
    void setAttachments(const QList<MailAttachment>& attachments); // inline ones are not listed
    void setContent(QWidget* content);
    void setDark(bool dark);
    void setPhone(bool phone);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void dress();

    QLabel* m_subject;
    QLabel* m_from;
    QLabel* m_to;
    QLabel* m_note;
    QLabel* m_attachments;
    QBoxLayout* m_column;
    bool m_dark = false;
    bool m_phone = false;
};

} // namespace carillon::ui
