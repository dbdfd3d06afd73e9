// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/TextSearch.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace carillon::ui {

class LiquidEditor;

// The lines under an editor that find in it and replace: Ctrl+F opens the first, Ctrl+H both. Enter and Shift+Enter (F3 and
// Shift+F3 from the text, too) walk, going round at the ends; Escape closes. Every match is marked in the text, and counted.
// Replacing all of them is one step to undo. Belongs to its parent.
class FindBar : public QWidget {
    Q_OBJECT

public:
    FindBar(LiquidEditor* editor, QWidget* parent);

    // Shows itself with what is selected in the editor, ready to be typed over.
    void open(bool replacing);
    void close();
    void find(bool backward);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeFindLine();
    QWidget* makeReplaceLine();
    QToolButton* makeOption(const QString& text, const QString& tip, const QString& name);
    void search(bool move);
    void show(int match);
    void replace();
    void replaceAll();
    void say(const QString& text, bool wrong);

    LiquidEditor* m_editor;
    QLineEdit* m_text;
    QLineEdit* m_with;
    QToolButton* m_case;
    QToolButton* m_word;
    QToolButton* m_regular;
    QLabel* m_found;
    QWidget* m_replaceLine;
    TextSearch m_search;
    QList<TextRange> m_matches;
};

} // namespace carillon::ui
