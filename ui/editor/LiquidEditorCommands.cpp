// SPDX-License-Identifier: GPL-3.0-or-later

// What a LiquidEditor does to its text and its cursor when a key or somebody else asks.

#include "ui/editor/LiquidEditor.h"

#include <QFontDatabase>
#include <QMimeData>
#include <QTextBlock>
#include <QTextDocumentFragment>

#include <algorithm>

namespace carillon::ui {

namespace {

constexpr int indentWidth = 2;
constexpr qreal smallestFont = 6; // points
constexpr qreal largestFont = 40;

const QString commentStart = QStringLiteral("{% comment %}");
const QString commentEnd = QStringLiteral("{% endcomment %}");

int indentationOf(const QString& line)
{
    int blanks = 0;
    while (blanks < line.size() && line.at(blanks) == u' ')
        ++blanks;
    return blanks;
}

// Tags that stand alone between their delimiters.
bool takesNothing(const QString& name)
{
    static const QStringList names{QStringLiteral("comment"), QStringLiteral("raw"),      QStringLiteral("doc"),
                                   QStringLiteral("else"),    QStringLiteral("break"),    QStringLiteral("continue"),
                                   QStringLiteral("liquid"),  QStringLiteral("ifchanged")};
    return name.startsWith(u"end") || names.contains(name);
}

} // namespace

void LiquidEditor::goTo(int line, int column)
{
    const QTextBlock block = document()->findBlockByNumber(qBound(0, line - 1, blockCount() - 1));
    QTextCursor cursor(block);
    cursor.setPosition(block.position() + qBound(0, column - 1, int(block.text().size())));
    setTextCursor(cursor);
    centerCursor();
    setFocus(Qt::OtherFocusReason);
}

bool LiquidEditor::jumpInBlock()
{
    const QList<TagPlace> block = currentBlock();
    if (block.isEmpty())
        return false;
    const int position = textCursor().position();
    TextRange next = block.first().word;
    for (const TagPlace& tag : block) {
        if (tag.whole.start > position) {
            next = tag.word;
            break;
        }
    }
    QTextCursor cursor = textCursor();
    cursor.setPosition(int(next.start));
    setTextCursor(cursor);
    ensureCursorVisible();
    return true;
}

void LiquidEditor::replaceText(const QString& text)
{
    const QString& old = m_lastText;
    const qsizetype shortest = qMin(old.size(), text.size());
    qsizetype same = 0;
    while (same < shortest && old.at(same) == text.at(same))
        ++same;
    qsizetype tail = 0;
    while (tail < shortest - same && old.at(old.size() - 1 - tail) == text.at(text.size() - 1 - tail))
        ++tail;
    QTextCursor cursor = cursorAt({same, old.size() - tail - same});
    cursor.insertText(text.mid(same, text.size() - tail - same));
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
    const QTextBlock end = document()->findBlock(cursor.selectionEnd());
    // A selection that ends before the first character of a line has not that line in it.
    const bool touched = cursor.selectionEnd() > end.position() || end == block;
    const int last = end.blockNumber() - (touched ? 0 : 1);
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

void LiquidEditor::toggleComment()
{
    QTextCursor cursor = textCursor();
    const QTextBlock first = document()->findBlock(cursor.selectionStart());
    QTextBlock last = document()->findBlock(cursor.selectionEnd());
    if (last != first && cursor.selectionEnd() == last.position())
        last = last.previous();
    cursor.setPosition(first.position() + indentationOf(first.text()));
    cursor.setPosition(last.position() + int(last.text().size()), QTextCursor::KeepAnchor);
    QString text = cursor.selection().toPlainText();
    const bool comment = text.startsWith(commentStart) && text.endsWith(commentEnd);
    if (comment)
        text = text.mid(commentStart.size(), text.size() - commentStart.size() - commentEnd.size());
    else
        text = commentStart + text + commentEnd;
    const int start = cursor.selectionStart();
    cursor.insertText(text);
    const int end = cursor.position();
    // The same lines stay selected, so that the key takes back what it did.
    cursor.setPosition(start);
    cursor.setPosition(end, first == last ? QTextCursor::MoveAnchor : QTextCursor::KeepAnchor);
    setTextCursor(cursor);
}

// {% if | %}{% endif %}: a tag gets what closes it, one that opens a block its end unless that is there already, and the
// cursor (which has what was typed of the name selected) stays where it goes on.
void LiquidEditor::insertTag(QTextCursor& cursor, const QString& name)
{
    const TagForm* form = tagForm(name);
    const QString rest = cursor.block().text().mid(cursor.selectionEnd() - cursor.block().position());
    const bool closed = QStringView(rest).trimmed().startsWith(u"%}") || QStringView(rest).trimmed().startsWith(u"-%}");
    cursor.insertText(name + (takesNothing(name) ? QString() : QStringLiteral(" ")));
    int position = cursor.position();
    cursor.insertText(closed ? (rest.startsWith(u' ') ? QString() : QStringLiteral(" ")) : QStringLiteral(" %}"));
    const QString line = cursor.block().text();
    const qsizetype end = line.indexOf(u"%}", position - cursor.block().position()) + 2;
    cursor.setPosition(cursor.block().position() + int(end));
    if (takesNothing(name))
        position = cursor.position();
    const QList<TagPlace> open = openBlocks(tagsOf(toPlainText()));
    const bool unclosed = std::any_of(open.begin(), open.end(), [&](const TagPlace& tag) { return tag.name == name; });
    if (form && form->block && unclosed)
        cursor.insertText(u"{% end" + name + u" %}");
    cursor.setPosition(position);
}

// The new line begins where the old one did.
void LiquidEditor::newLine()
{
    const int blanks = indentationOf(textCursor().block().text().left(textCursor().positionInBlock()));
    textCursor().insertText(u'\n' + QString(blanks, u' '));
    ensureCursorVisible();
}

// Zero steps: back to the size at the beginning.
void LiquidEditor::zoom(int steps)
{
    QFont font = this->font();
    const qreal normal = QFontDatabase::systemFont(QFontDatabase::FixedFont).pointSizeF();
    font.setPointSizeF(steps == 0 ? normal : qBound(smallestFont, font.pointSizeF() + steps, largestFont));
    setFont(font);
}

void LiquidEditor::insertFromMimeData(const QMimeData* source)
{
    if (!m_singleLine)
        return QPlainTextEdit::insertFromMimeData(source);
    insertPlainText(source->text().simplified());
}

} // namespace carillon::ui
