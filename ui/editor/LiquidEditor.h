// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/TemplateProblem.h"
#include "ui/editor/LiquidScanner.h"
#include "ui/editor/LiquidVocabulary.h"

#include <QPlainTextEdit>

#include <functional>

class QCompleter;
class QStringListModel;
class QTimer;

namespace carillon::ui {

class LiquidHighlighter;

// A text editor for one part of a template: Liquid over HTML, JSON, Markdown or text, with line numbers, colours, completion
// (as you type inside {{ }} and {% %}, or Ctrl+Space), matching brackets and problems underlined as they are typed.
//
// Tab indents with blanks; Escape, then Tab moves on to the next field. A single-line editor (for a subject) takes no line
// ends and leaves Tab alone. Window thread; belongs to its parent.
class LiquidEditor : public QPlainTextEdit {
    Q_OBJECT

public:
    // Says what is wrong with a text, quickly: it is asked 150 ms after the last key.
    using Checker = std::function<QList<TemplateProblem>(const QString& source)>;

    explicit LiquidEditor(QWidget* parent = nullptr);

    void setLanguage(HostLanguage language);
    void setVocabulary(const LiquidVocabulary& vocabulary) { m_vocabulary = vocabulary; }
    void setChecker(Checker checker);
    void setSingleLine(bool singleLine);

    const QList<TemplateProblem>& problems() const { return m_problems; }
    // What somebody else found, for example the service when it refused to save. Stands until the next check.
    void setProblems(const QList<TemplateProblem>& problems);

    // Moves the cursor to a line and column, both counting from 1, and takes the focus.
    void goTo(int line, int column);

    // For the line-number area beside the text.
    int lineNumberWidth() const;
    void paintLineNumbers(QPaintEvent* event);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void problemsChanged();
    void edited(); // the text is another one; unlike textChanged() not when it is only coloured

protected:
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void insertFromMimeData(const QMimeData* source) override;

private:
    void makeCompleter();
    void updateMargins();
    void updateSelections();
    void noticeEdit();
    void check();
    void complete(bool asked);
    void insertCompletion(const QString& word);
    bool passToPopup(QKeyEvent* event);
    bool handleIndent(QKeyEvent* event);
    void indent(bool more);
    void newLine();
    QTextCursor cursorOf(const TemplateProblem& problem) const;
    QString toolTipAt(const QPoint& position) const;

    LiquidHighlighter* m_highlighter;
    QWidget* m_lineNumbers;
    QCompleter* m_completer = nullptr;
    QStringListModel* m_words = nullptr;
    QTimer* m_checkTimer;
    LiquidVocabulary m_vocabulary = LiquidVocabulary::standard();
    Checker m_checker;
    QList<TemplateProblem> m_problems;
    QString m_lastText;
    bool m_singleLine = false;
    bool m_tabMovesOn = false;
};

} // namespace carillon::ui
