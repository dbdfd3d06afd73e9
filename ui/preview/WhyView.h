// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QLabel;
class QToolButton;

namespace carillon::ui {

// "Why this content": which template was taken, and below it why each better one was not; closed until it is asked for.
// Belongs to its parent.
class WhyView : public QWidget {
    Q_OBJECT

public:
    explicit WhyView(QWidget* parent = nullptr);

    void setLines(const QStringList& lines); // the first says what was taken; none: hidden

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void open(bool isOpen);
    void fitTaken();

    QToolButton* m_button;
    QLabel* m_taken;
    QLabel* m_lines;
    QString m_first;
};

} // namespace carillon::ui
