// SPDX-License-Identifier: GPL-3.0-or-later

// How a LiquidEditor answers keys: completion, indentation, line ends.

#include "ui/editor/LiquidEditor.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QScrollBar>
#include <QStringListModel>
#include <QTextBlock>

namespace carillon::ui {

namespace {

constexpr int indentWidth = 2;
constexpr int longestBefore = 200'000; // characters before the cursor that completion looks at

bool isReturn(const QKeyEvent* event)
{
    return event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
}

} // namespace

void LiquidEditor::keyPressEvent(QKeyEvent* event)
{
    if (passToPopup(event))
        return;
    const bool asked = event->key() == Qt::Key_Space && event->modifiers() == Qt::ControlModifier;
    if (asked)
        return complete(true);
    if (handleIndent(event))
        return;
    m_tabMovesOn = event->key() == Qt::Key_Escape;
    if (isReturn(event))
        return m_singleLine ? event->ignore() : newLine();
    QPlainTextEdit::keyPressEvent(event);
    const bool typed = !event->text().isEmpty() && event->text().at(0).isPrint();
    if (typed || (event->key() == Qt::Key_Backspace && m_completer->popup()->isVisible()))
        complete(false);
    else if (event->text().isEmpty() && event->key() != Qt::Key_Shift)
        m_completer->popup()->hide();
}

// While the list of completions is open, these keys are its own.
bool LiquidEditor::passToPopup(QKeyEvent* event)
{
    if (!m_completer->popup()->isVisible())
        return false;
    if (!isReturn(event) && event->key() != Qt::Key_Tab && event->key() != Qt::Key_Escape)
        return false;
    const QModelIndex current = m_completer->popup()->currentIndex();
    m_completer->popup()->hide();
    if (event->key() != Qt::Key_Escape && current.isValid())
        insertCompletion(current.data().toString());
    return true;
}

bool LiquidEditor::handleIndent(QKeyEvent* event)
{
    const bool forward = event->key() == Qt::Key_Tab;
    if (m_singleLine || (!forward && event->key() != Qt::Key_Backtab) || (event->modifiers() & Qt::ControlModifier))
        return false;
    if (m_tabMovesOn)
        focusNextPrevChild(forward);
    else
        indent(forward);
    return true;
}

// With lines selected, moves them all; else a tab is blanks up to the next stop, and Shift+Tab takes indentation away.
void LiquidEditor::indent(bool more)
{
    QTextCursor cursor = textCursor();
    if (!cursor.hasSelection() && more) {
        const int column = cursor.positionInBlock();
        return insertPlainText(QString(indentWidth - column % indentWidth, u' '));
    }
    QTextBlock block = document()->findBlock(cursor.selectionStart());
    const int last = document()->findBlock(cursor.selectionEnd()).blockNumber();
    cursor.beginEditBlock();
    for (; block.isValid() && block.blockNumber() <= last; block = block.next()) {
        QTextCursor line(block);
        if (more) {
            line.insertText(QString(indentWidth, u' '));
        } else {
            for (int n = 0; n < indentWidth && block.text().startsWith(u' '); ++n)
                line.deleteChar();
        }
    }
    cursor.endEditBlock();
}

// The new line begins where the old one did.
void LiquidEditor::newLine()
{
    const QString line = textCursor().block().text().left(textCursor().positionInBlock());
    int blanks = 0;
    while (blanks < line.size() && line.at(blanks) == u' ')
        ++blanks;
    textCursor().insertText(u'\n' + QString(blanks, u' '));
    ensureCursorVisible();
}

// Offers the words that fit; unasked only once a word has been begun.
void LiquidEditor::complete(bool asked)
{
    const int position = textCursor().position();
    const QString before = toPlainText().left(position).right(longestBefore);
    const auto completion = completionAt(before, m_vocabulary);
    const bool begun = completion && (!completion->prefix.isEmpty() || before.endsWith(u'|') || before.endsWith(u"| "));
    if (!completion || completion->words.isEmpty() || (!asked && !begun))
        return m_completer->popup()->hide();
    m_words->setStringList(completion->words);
    m_completer->setCompletionPrefix(QString());
    m_completer->popup()->setCurrentIndex(m_completer->completionModel()->index(0, 0));
    QRect place = cursorRect();
    place.setWidth(m_completer->popup()->sizeHintForColumn(0) + m_completer->popup()->verticalScrollBar()->sizeHint().width()
                   + 12);
    m_completer->complete(place.translated(viewport()->pos()));
}

void LiquidEditor::insertCompletion(const QString& word)
{
    const QString before = toPlainText().left(textCursor().position()).right(longestBefore);
    const auto completion = completionAt(before, m_vocabulary);
    if (!completion)
        return;
    QTextCursor cursor = textCursor();
    cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor, int(completion->prefix.size()));
    cursor.insertText(word);
    setTextCursor(cursor);
}

} // namespace carillon::ui
