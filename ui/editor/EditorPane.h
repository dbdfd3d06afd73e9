// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/LiquidEditor.h"

class QLabel;

namespace carillon::ui {

class FindBar;

// A LiquidEditor with what belongs under it: the find bar (Ctrl+F, with replacing Ctrl+H) and, unless somebody else shows
// the problems, the line that says what is wrong and where; clicking it, or F8 and Shift+F8, goes there. Belongs to its
// parent.
class EditorPane : public QWidget {
    Q_OBJECT

public:
    enum class Problems {
        Line, // under the editor, with F8 to walk
        Elsewhere,
    };

    // `name` is the part's ("html"): the editor's objectName is "<name>Editor", the problem line's "<name>Problem".
    explicit EditorPane(const QString& name, Problems problems = Problems::Line, QWidget* parent = nullptr);

    LiquidEditor* editor() const { return m_editor; }

private:
    void makeProblemLine(const QString& name);
    void addKey(const QString& text, const QKeySequence& key, const std::function<void()>& act);
    void showProblem();
    void goToProblem(int step);

    LiquidEditor* m_editor;
    FindBar* m_find;
    QLabel* m_problem = nullptr;
    int m_shown = -1; // index of the problem in the line
};

} // namespace carillon::ui
