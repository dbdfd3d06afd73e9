// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/LiquidEditor.h"

class QLabel;

namespace carillon::ui {

class FindBar;

// A LiquidEditor with what belongs under it: the find bar (Ctrl+F) and the line that says what is wrong and where; clicking
// it, or F8, goes there. Belongs to its parent.
class EditorPane : public QWidget {
    Q_OBJECT

public:
    // `name` is the part's ("html"): the editor's objectName is "<name>Editor", the problem line's "<name>Problem".
    explicit EditorPane(const QString& name, QWidget* parent = nullptr);

    LiquidEditor* editor() const { return m_editor; }

private:
    void showProblem();
    void goToProblem();

    LiquidEditor* m_editor;
    FindBar* m_find;
    QLabel* m_problem;
    int m_shown = -1; // index of the problem in the line
};

} // namespace carillon::ui
