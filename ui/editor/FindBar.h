// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QPlainTextEdit;

namespace carillon::ui {

// The line under an editor that finds in it: Ctrl+F opens it, Enter and Shift+Enter walk, Escape closes it. Belongs to its
// parent.
class FindBar : public QWidget {
    Q_OBJECT

public:
    FindBar(QPlainTextEdit* editor, QWidget* parent);

    // Shows itself with what is selected in the editor, ready to be typed over.
    void open();
    void close();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void find(bool backward, bool fromStart);

    QPlainTextEdit* m_editor;
    QLineEdit* m_text;
    QLabel* m_found;
};

} // namespace carillon::ui
