// SPDX-License-Identifier: GPL-3.0-or-later

// What a LiquidEditor looks like: margins, colours, problems. Its keys are in LiquidEditorKeys.cpp, what they do to the text
// in LiquidEditorCommands.cpp.

#include "ui/editor/LiquidEditor.h"

#include "ui/editor/BracketMatcher.h"
#include "ui/editor/CompletionList.h"
#include "ui/editor/LineNumberArea.h"
#include "ui/editor/LiquidHighlighter.h"
#include "ui/editor/ProblemColours.h"
#include "ui/widgets/Theme.h"

#include <QFontDatabase>
#include <QHelpEvent>
#include <QPainter>
#include <QTextBlock>
#include <QTimer>
#include <QToolTip>

namespace carillon::ui {

namespace {

constexpr int checkDelayMs = 150; // long enough for a fast typist not to be interrupted, short enough to feel immediate

// Blocks of tags are looked for only when the cursor is in one: from the last {% no further away than this.
constexpr qsizetype longestTag = 4'000;

} // namespace

LiquidEditor::LiquidEditor(QWidget* parent)
    : QPlainTextEdit(parent)
    , m_highlighter(new LiquidHighlighter(document(), palette()))
    , m_lineNumbers(new LineNumberArea(this))
    , m_completions(new CompletionList(this))
    , m_checkTimer(new QTimer(this))
{
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setLineWrapMode(QPlainTextEdit::WidgetWidth);
    setTabChangesFocus(false);
    m_checkTimer->setSingleShot(true);
    m_checkTimer->setInterval(checkDelayMs);
    connect(m_completions, &CompletionList::chosen, this, &LiquidEditor::insertCompletion);
    connect(m_checkTimer, &QTimer::timeout, this, &LiquidEditor::check);
    connect(this, &QPlainTextEdit::textChanged, this, &LiquidEditor::noticeEdit);
    connect(this, &QPlainTextEdit::blockCountChanged, this, &LiquidEditor::updateMargins);
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &LiquidEditor::updateSelections);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& area, int dy) {
        if (dy != 0)
            m_lineNumbers->scroll(0, dy);
        else
            m_lineNumbers->update(0, area.y(), m_lineNumbers->width(), area.height());
    });
    updateMargins();
}

void LiquidEditor::setLanguage(HostLanguage language)
{
    m_highlighter->setLanguage(language);
}

void LiquidEditor::setChecker(Checker checker)
{
    m_checker = std::move(checker);
    m_checkTimer->start(checkDelay(m_lastText.size()));
}

void LiquidEditor::setSingleLine(bool singleLine)
{
    m_singleLine = singleLine;
    m_lineNumbers->setVisible(!singleLine);
    setTabChangesFocus(singleLine);
    setLineWrapMode(singleLine ? QPlainTextEdit::NoWrap : QPlainTextEdit::WidgetWidth);
    setVerticalScrollBarPolicy(singleLine ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    setHorizontalScrollBarPolicy(singleLine ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    setSizePolicy(QSizePolicy::Expanding, singleLine ? QSizePolicy::Fixed : QSizePolicy::Expanding);
    updateMargins();
    updateGeometry();
}

void LiquidEditor::noticeEdit()
{
    const QString text = toPlainText();
    if (text == m_lastText)
        return;
    m_lastText = text;
    if (m_checker)
        m_checkTimer->start(checkDelay(text.size()));
    Q_EMIT edited();
}

int LiquidEditor::checkDelay(qsizetype length)
{
    return checkDelayMs + int(qMin<qsizetype>(length / 1'000, 2'000));
}

void LiquidEditor::check()
{
    if (m_checker)
        setProblems(m_checker(m_lastText));
}

void LiquidEditor::setProblems(const QList<TemplateProblem>& problems)
{
    m_problems = problems;
    m_marks.clear();
    for (const TemplateProblem& problem : problems.mid(0, MostMarks)) {
        if (const QTextCursor cursor = cursorOf(problem); !cursor.isNull())
            m_marks << Mark{cursor, problem};
    }
    updateSelections();
    Q_EMIT problemsChanged();
}

void LiquidEditor::setFound(const QList<TextRange>& found)
{
    m_found = found.mid(0, MostMarks);
    updateSelections();
}

QTextCursor LiquidEditor::cursorOf(const TemplateProblem& problem) const
{
    const QTextBlock block = document()->findBlockByNumber(problem.line - 1);
    if (!block.isValid())
        return {};
    const QString line = block.text();
    const int start = qBound(0, problem.column - 1, qMax(0, int(line.size()) - 1));
    const int length = qBound(1, problem.length, qMax(1, int(line.size()) - start));
    QTextCursor cursor(block);
    cursor.setPosition(block.position() + start);
    cursor.setPosition(qMin(block.position() + start + length, block.position() + int(line.size())),
                       QTextCursor::KeepAnchor);
    return cursor;
}

QTextCursor LiquidEditor::cursorAt(const TextRange& range) const
{
    QTextCursor cursor(document());
    const qsizetype end = document()->characterCount() - 1; // while an edit goes on it may be ahead of m_lastText
    cursor.setPosition(int(qMin(range.start, end)));
    cursor.setPosition(int(qMin(range.end(), end)), QTextCursor::KeepAnchor);
    return cursor;
}

// The tags of the block at the cursor: if, else, endif.
QList<TagPlace> LiquidEditor::currentBlock() const
{
    const int position = textCursor().position();
    const qsizetype open = m_lastText.lastIndexOf(u"{%", qMin<qsizetype>(position, m_lastText.size() - 1));
    if (open < 0 || position - open > longestTag)
        return {};
    const qsizetype close = m_lastText.indexOf(u"%}", open);
    if (close >= 0 && position > close + 2)
        return {};
    return blockAt(m_lastText, position);
}

QList<QTextEdit::ExtraSelection> LiquidEditor::bracketSelections() const
{
    QList<TextRange> ranges;
    if (const auto pair = matchingBrackets(m_lastText, textCursor().position()))
        ranges << pair->first << pair->second;
    for (const TagPlace& tag : currentBlock())
        ranges << tag.word;
    QList<QTextEdit::ExtraSelection> selections;
    for (const TextRange& range : qAsConst(ranges)) {
        QTextEdit::ExtraSelection selection;
        selection.format.setBackground(bracketColour(palette()));
        selection.cursor = cursorAt(range);
        selections << selection;
    }
    return selections;
}

// The current line, brackets and problems are laid over the text, so that they never get in the way of undo.
void LiquidEditor::updateSelections()
{
    QList<QTextEdit::ExtraSelection> selections;
    if (hasFocus() && !m_singleLine && !textCursor().hasSelection()) {
        QTextEdit::ExtraSelection line;
        line.format.setBackground(currentLineColour(palette()));
        line.format.setProperty(QTextFormat::FullWidthSelection, true);
        line.cursor = textCursor();
        selections << line;
    }
    for (const TextRange& range : qAsConst(m_found)) {
        QTextEdit::ExtraSelection found;
        found.format.setBackground(foundColour(palette()));
        found.cursor = cursorAt(range);
        selections << found;
    }
    if (hasFocus())
        selections << bracketSelections();
    for (const Mark& mark : qAsConst(m_marks)) {
        QTextEdit::ExtraSelection wave;
        wave.cursor = mark.cursor;
        wave.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        wave.format.setUnderlineColor(severityColour(palette(), mark.problem.severity));
        selections << wave;
    }
    setExtraSelections(selections);
}

QString LiquidEditor::toolTipAt(const QPoint& position) const
{
    const int at = cursorForPosition(position).position();
    QStringList tips;
    for (const Mark& mark : m_marks) {
        if (at < mark.cursor.selectionStart() || at > mark.cursor.selectionEnd())
            continue;
        QString tip = u"<p><b>" + mark.problem.message.toHtmlEscaped() + u"</b>";
        if (!mark.problem.fix.isEmpty())
            tip += u"<br>" + mark.problem.fix.toHtmlEscaped();
        tips << tip + u"</p>";
    }
    return tips.join(QString());
}

bool LiquidEditor::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString text = toolTipAt(viewport()->mapFrom(this, help->pos()));
        text.isEmpty() ? QToolTip::hideText() : QToolTip::showText(help->globalPos(), text, this);
        return true;
    }
    return QPlainTextEdit::event(event);
}

void LiquidEditor::focusInEvent(QFocusEvent* event)
{
    QPlainTextEdit::focusInEvent(event);
    updateSelections();
}

void LiquidEditor::focusOutEvent(QFocusEvent* event)
{
    QPlainTextEdit::focusOutEvent(event);
    updateSelections();
}

void LiquidEditor::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        m_highlighter->setPalette(palette());
        updateSelections();
    } else if (event->type() == QEvent::FontChange) {
        updateMargins();
        updateGeometry();
    }
}

int LiquidEditor::lineNumberWidth() const
{
    if (m_singleLine)
        return 0;
    const auto digits = qMax<qsizetype>(2, QString::number(blockCount()).size());
    return 14 + fontMetrics().horizontalAdvance(u'9') * int(digits);
}

void LiquidEditor::updateMargins()
{
    setViewportMargins(lineNumberWidth(), 0, 0, 0);
    const QRect inside = contentsRect();
    m_lineNumbers->setGeometry(inside.left(), inside.top(), lineNumberWidth(), inside.height());
}

void LiquidEditor::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    updateMargins();
}

void LiquidEditor::paintLineNumbers(QPaintEvent* event)
{
    QPainter painter(m_lineNumbers);
    painter.fillRect(event->rect(), palette().color(QPalette::AlternateBase));
    painter.setFont(font());
    const int current = textCursor().blockNumber();
    QTextBlock block = firstVisibleBlock();
    qreal top = blockBoundingGeometry(block).translated(contentOffset()).top();
    while (block.isValid() && top <= event->rect().bottom()) {
        const qreal height = blockBoundingRect(block).height();
        if (block.isVisible() && top + height >= event->rect().top()) {
            painter.setPen(palette().color(block.blockNumber() == current ? QPalette::Text : QPalette::PlaceholderText));
            painter.drawText(QRectF(0, top, m_lineNumbers->width() - 8, fontMetrics().height()), Qt::AlignRight,
                             QString::number(block.blockNumber() + 1));
        }
        top += height;
        block = block.next();
    }
}

QSize LiquidEditor::sizeHint() const
{
    if (!m_singleLine)
        return QPlainTextEdit::sizeHint();
    const int height = fontMetrics().height() + 2 * int(document()->documentMargin()) + 2 * frameWidth() + 4;
    return {QPlainTextEdit::sizeHint().width(), height};
}

QSize LiquidEditor::minimumSizeHint() const
{
    return m_singleLine ? QSize(120, sizeHint().height()) : QSize(160, fontMetrics().height() * 4);
}

} // namespace carillon::ui
