// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/TemplateProblem.h"
#include "ui/editor/LiquidScanner.h"
#include "ui/editor/LiquidTags.h"
#include "ui/editor/LiquidVocabulary.h"

#include <QPlainTextEdit>

#include <functional>

class QTimer;

namespace carillon::ui {

class CompletionList;
class LiquidHighlighter;

// A text editor for one part of a template: Liquid over HTML, JSON, Markdown or text, with line numbers, colours, completion
// (as you type inside {{ }} and {% %}, or Ctrl+Space), matching brackets and block tags, and problems underlined as they are
// typed.
//
// Tab indents with blanks; Escape, then Tab moves on to the next field. Ctrl+/ makes lines a comment and takes it away,
// Ctrl+Shift+B goes round the tags of a block (if, else, endif), Ctrl with the wheel, plus, minus and 0 zoom. A single-line
// editor (for a subject) takes no line ends and leaves Tab alone. Window thread; belongs to its parent.
class LiquidEditor : public QPlainTextEdit {
    Q_OBJECT

public:
    // Says what is wrong with a text, quickly: it is asked 150 ms after the last key, later for a long text.
    using Checker = std::function<QList<TemplateProblem>(const QString& source)>;

    static constexpr int MostMarks = 200; // problems that are underlined at once; the rest is told when these are mended

    explicit LiquidEditor(QWidget* parent = nullptr);

    void setLanguage(HostLanguage language);
    void setVocabulary(const LiquidVocabulary& vocabulary) { m_vocabulary = vocabulary; }
    // Without a checker somebody else finds the problems: see setProblems().
    void setChecker(Checker checker);
    void setSingleLine(bool singleLine);
    bool isSingleLine() const { return m_singleLine; }

    const QString& text() const { return m_lastText; } // toPlainText() without making it anew
    // Puts another text in as one edit that can be undone; what is the same stays, the cursor with it.
    void replaceText(const QString& text);

    const QList<TemplateProblem>& problems() const { return m_problems; }
    // What somebody else found, for example the service when it refused to save. Stands until the next check.
    void setProblems(const QList<TemplateProblem>& problems);

    // Marks what a search has found (the first of it, where it is much).
    void setFound(const QList<TextRange>& found);

    // Moves the cursor to a line and column, both counting from 1, and takes the focus.
    void goTo(int line, int column);
    // Goes to the next tag of the block that the cursor is at; false when it is at none.
    bool jumpInBlock();
    // Makes the selected lines (or the cursor's) a Liquid comment; of a comment makes them text again.
    void toggleComment();

    // For the line-number area beside the text.
    int lineNumberWidth() const;
    void paintLineNumbers(QPaintEvent* event);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

    // How long after the last key a text of that length is looked at.
    static int checkDelay(qsizetype length);

Q_SIGNALS:
    void problemsChanged();
    void edited(); // the text is another one; unlike textChanged() not when only its looks are

protected:
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void insertFromMimeData(const QMimeData* source) override;

private:
    struct Mark {
        QTextCursor cursor; // moves along with what is typed before it
        TemplateProblem problem;
    };

    void updateMargins();
    void updateSelections();
    QList<QTextEdit::ExtraSelection> bracketSelections() const;
    QList<TagPlace> currentBlock() const;
    void noticeEdit();
    void check();
    void complete(bool asked);
    void insertCompletion(const QString& word);
    void insertTag(QTextCursor& cursor, const QString& name);
    bool passToPopup(QKeyEvent* event);
    bool handleCommand(QKeyEvent* event);
    bool handleIndent(QKeyEvent* event);
    bool closeByItself(const QString& typed);
    bool deletePair(const QKeyEvent* event);
    void indent(bool more);
    void newLine();
    void zoom(int steps);
    QTextCursor cursorAt(const TextRange& range) const;
    QTextCursor cursorOf(const TemplateProblem& problem) const;
    QString toolTipAt(const QPoint& position) const;

    LiquidHighlighter* m_highlighter;
    QWidget* m_lineNumbers;
    CompletionList* m_completions;
    QTimer* m_checkTimer;
    LiquidVocabulary m_vocabulary = LiquidVocabulary::standard();
    Checker m_checker;
    QList<TemplateProblem> m_problems;
    QList<Mark> m_marks;
    QList<TextRange> m_found;
    QString m_lastText;
    bool m_singleLine = false;
    bool m_tabMovesOn = false;
};

} // namespace carillon::ui
