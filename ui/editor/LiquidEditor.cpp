// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/LiquidEditor.h"

#include "ui/editor/BracketMatcher.h"
#include "ui/editor/LineNumberArea.h"
#include "ui/editor/LiquidHighlighter.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QFontDatabase>
#include <QHelpEvent>
#include <QMimeData>
#include <QPainter>
#include <QScrollBar>
#include <QStringListModel>
#include <QTextBlock>
#include <QTimer>
#include <QToolTip>

namespace carillon::ui {

namespace {

constexpr int checkDelayMs = 150; // long enough for a fast typist not to be interrupted, short enough to feel immediate

QColor underlineOf(Severity severity, bool dark)
{
    if (severity == Severity::Error)
        return dark ? QColor(0xff, 0x7b, 0x72) : QColor(0xc6, 0x28, 0x28);
    if (severity == Severity::Warning)
        return dark ? QColor(0xe3, 0xb3, 0x41) : QColor(0xa8, 0x6a, 0x00);
    return dark ? QColor(0x79, 0xb8, 0xff) : QColor(0x1f, 0x6f, 0xc4);
}

bool isDark(const QWidget* widget)
{
    return widget->palette().color(QPalette::Base).lightness() < 128;
}

} // namespace

LiquidEditor::LiquidEditor(QWidget* parent)
    : QPlainTextEdit(parent)
    , m_highlighter(new LiquidHighlighter(document(), palette()))
    , m_lineNumbers(new LineNumberArea(this))
    , m_checkTimer(new QTimer(this))
{
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setLineWrapMode(QPlainTextEdit::WidgetWidth);
    setTabChangesFocus(false);
    m_checkTimer->setSingleShot(true);
    m_checkTimer->setInterval(checkDelayMs);
    makeCompleter();
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

void LiquidEditor::makeCompleter()
{
    m_words = new QStringListModel(this);
    m_completer = new QCompleter(m_words, this);
    m_completer->setWidget(this);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setMaxVisibleItems(10);
    m_completer->popup()->setObjectName(QStringLiteral("completionPopup"));
    m_completer->popup()->setAccessibleName(tr("Completions"));
    connect(m_completer, qOverload<const QString&>(&QCompleter::activated), this, &LiquidEditor::insertCompletion);
}

void LiquidEditor::setLanguage(HostLanguage language)
{
    m_highlighter->setLanguage(language);
}

void LiquidEditor::setChecker(Checker checker)
{
    m_checker = std::move(checker);
    m_checkTimer->start();
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
    m_checkTimer->start();
    Q_EMIT edited();
}

void LiquidEditor::check()
{
    setProblems(m_checker ? m_checker(toPlainText()) : QList<TemplateProblem>());
}

void LiquidEditor::setProblems(const QList<TemplateProblem>& problems)
{
    m_problems = problems;
    updateSelections();
    Q_EMIT problemsChanged();
}

void LiquidEditor::goTo(int line, int column)
{
    const QTextBlock block = document()->findBlockByNumber(qBound(0, line - 1, blockCount() - 1));
    QTextCursor cursor(block);
    cursor.setPosition(block.position() + qBound(0, column - 1, int(block.text().size())));
    setTextCursor(cursor);
    centerCursor();
    setFocus(Qt::OtherFocusReason);
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

// Problems and brackets are laid over the text, so that they never get in the way of undo.
void LiquidEditor::updateSelections()
{
    QList<QTextEdit::ExtraSelection> selections;
    const auto pair = hasFocus() ? matchingBrackets(m_lastText, textCursor().position()) : std::nullopt;
    if (pair) {
        QTextEdit::ExtraSelection bracket;
        bracket.format.setBackground(isDark(this) ? QColor(0x3d, 0x4a, 0x5c) : QColor(0xd6, 0xe4, 0xf5));
        for (const int position : {pair->first, pair->second}) {
            bracket.cursor = QTextCursor(document());
            bracket.cursor.setPosition(position);
            bracket.cursor.movePosition(QTextCursor::NextCharacter, QTextCursor::KeepAnchor);
            selections << bracket;
        }
    }
    for (const TemplateProblem& problem : m_problems) {
        QTextEdit::ExtraSelection wave;
        wave.cursor = cursorOf(problem);
        wave.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        wave.format.setUnderlineColor(underlineOf(problem.severity, isDark(this)));
        wave.format.setToolTip(problem.message);
        selections << wave;
    }
    setExtraSelections(selections);
}

QString LiquidEditor::toolTipAt(const QPoint& position) const
{
    const int at = cursorForPosition(position).position();
    for (const TemplateProblem& problem : m_problems) {
        const QTextCursor cursor = cursorOf(problem);
        if (!cursor.isNull() && at >= cursor.selectionStart() && at <= cursor.selectionEnd())
            return problem.message;
    }
    return {};
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

void LiquidEditor::insertFromMimeData(const QMimeData* source)
{
    if (!m_singleLine)
        return QPlainTextEdit::insertFromMimeData(source);
    insertPlainText(source->text().simplified());
}

} // namespace carillon::ui
