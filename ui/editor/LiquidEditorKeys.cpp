// SPDX-License-Identifier: GPL-3.0-or-later

// How a LiquidEditor answers keys and the wheel: completion, indentation, line ends, brackets that close by themselves.

#include "ui/editor/AutoClose.h"
#include "ui/editor/CompletionList.h"
#include "ui/editor/LiquidEditor.h"

#include <QKeyEvent>
#include <QTextBlock>

namespace carillon::ui {

namespace {

constexpr int longestBefore = 200'000; // characters before the cursor that completion looks at

bool isReturn(const QKeyEvent* event)
{
    return event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
}

} // namespace

void LiquidEditor::keyPressEvent(QKeyEvent* event)
{
    if (passToPopup(event) || handleCommand(event) || handleIndent(event))
        return;
    m_tabMovesOn = event->key() == Qt::Key_Escape;
    if (isReturn(event))
        return m_singleLine ? event->ignore() : newLine();
    const QString typed = event->text();
    if (!deletePair(event) && !closeByItself(typed))
        QPlainTextEdit::keyPressEvent(event);
    const bool printed = !typed.isEmpty() && typed.at(0).isPrint();
    if (printed || (event->key() == Qt::Key_Backspace && m_completions->isVisible()))
        complete(false);
    else if (typed.isEmpty() && event->key() != Qt::Key_Shift)
        m_completions->hide();
}

bool LiquidEditor::handleCommand(QKeyEvent* event)
{
    const int key = event->key();
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if (modifiers == (Qt::ControlModifier | Qt::ShiftModifier) && key == Qt::Key_B)
        return jumpInBlock() || true;
    if (key == Qt::Key_Plus && (modifiers & Qt::ControlModifier))
        return zoom(1), true;
    if (modifiers != Qt::ControlModifier)
        return false;
    switch (key) {
    case Qt::Key_Space: complete(true); return true;
    case Qt::Key_Slash: toggleComment(); return true;
    case Qt::Key_Equal: zoom(1); return true;
    case Qt::Key_Minus: zoom(-1); return true;
    case Qt::Key_0: zoom(0); return true;
    default: return false;
    }
}

// While the list of completions is open, these keys are its own.
bool LiquidEditor::passToPopup(QKeyEvent* event)
{
    if (!m_completions->isVisible())
        return false;
    if (!isReturn(event) && event->key() != Qt::Key_Tab && event->key() != Qt::Key_Escape)
        return false;
    const QString word = m_completions->current();
    m_completions->hide();
    if (event->key() != Qt::Key_Escape && !word.isEmpty())
        insertCompletion(word);
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

bool LiquidEditor::closeByItself(const QString& typed)
{
    QTextCursor cursor = textCursor();
    if (typed.size() != 1 || cursor.hasSelection())
        return false;
    const QString line = cursor.block().text();
    const auto edit = closingEdit(line.left(cursor.positionInBlock()), line.mid(cursor.positionInBlock()), typed.at(0));
    if (!edit)
        return false;
    for (int n = 0; n < edit->eaten; ++n)
        cursor.deleteChar();
    cursor.insertText(edit->left + edit->right);
    cursor.setPosition(cursor.position() + edit->over - int(edit->right.size()));
    setTextCursor(cursor);
    return true;
}

// Backspace between {{ and }} takes both.
bool LiquidEditor::deletePair(const QKeyEvent* event)
{
    QTextCursor cursor = textCursor();
    if (event->key() != Qt::Key_Backspace || event->modifiers() != Qt::NoModifier || cursor.hasSelection())
        return false;
    const QString line = cursor.block().text();
    if (!betweenDelimiters(line.left(cursor.positionInBlock()), line.mid(cursor.positionInBlock())))
        return false;
    cursor.setPosition(cursor.position() - 2);
    cursor.setPosition(cursor.position() + 4, QTextCursor::KeepAnchor);
    cursor.removeSelectedText();
    return true;
}

void LiquidEditor::wheelEvent(QWheelEvent* event)
{
    if (!(event->modifiers() & Qt::ControlModifier))
        return QPlainTextEdit::wheelEvent(event);
    if (event->angleDelta().y() != 0)
        zoom(event->angleDelta().y() > 0 ? 1 : -1);
    event->accept();
}

// Offers the words that fit; unasked only once a word has been begun.
void LiquidEditor::complete(bool asked)
{
    const QString before = m_lastText.left(textCursor().position()).right(longestBefore);
    const auto completion = completionAt(before, m_vocabulary);
    const bool begun = completion && (!completion->prefix.isEmpty() || before.endsWith(u'|') || before.endsWith(u"| "));
    if (!completion || completion->words.isEmpty() || (!asked && !begun))
        return m_completions->hide();
    m_completions->show(completion->words);
}

void LiquidEditor::insertCompletion(const QString& word)
{
    const auto completion = completionAt(m_lastText.left(textCursor().position()).right(longestBefore), m_vocabulary);
    if (!completion)
        return;
    QTextCursor cursor = textCursor();
    cursor.beginEditBlock();
    cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor, int(completion->prefix.size()));
    if (completion->kind == Completion::Tag && !completion->inLines)
        insertTag(cursor, word);
    else
        cursor.insertText(completion->quote + word + completion->quote);
    cursor.endEditBlock();
    setTextCursor(cursor);
}

} // namespace carillon::ui
