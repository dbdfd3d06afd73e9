// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/LiquidHighlighter.h"

#include <QPalette>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>
#include <QTimer>

namespace carillon::ui {

namespace {

struct Colour {
    SpanKind kind;
    QRgb light;
    QRgb dark;
};

// Each at least 4.5:1 against the base of its theme (WCAG 2.1, 1.4.3).
constexpr Colour colours[] = {
    {SpanKind::LiquidDelimiter, 0x8a4b08, 0xe0a458}, {SpanKind::LiquidTag, 0x9b2393, 0xdf9ae0},
    {SpanKind::LiquidVariable, 0x0b5cad, 0x7fbcf5},  {SpanKind::LiquidFilter, 0x00696d, 0x63cdcf},
    {SpanKind::LiquidString, 0x2c6e2f, 0x93cf8b},    {SpanKind::LiquidNumber, 0x2c6e2f, 0x93cf8b},
    {SpanKind::LiquidOperator, 0x8a4b08, 0xe0a458},  {SpanKind::LiquidComment, 0x6b6f76, 0x9197a1},
    {SpanKind::Markup, 0x5c6570, 0x9da7b3},          {SpanKind::Attribute, 0x735c0f, 0xcdb87a},
    {SpanKind::Value, 0x47602b, 0xb3c490},           {SpanKind::Literal, 0x9a3412, 0xefa07a},
    {SpanKind::Comment, 0x6b6f76, 0x9197a1},
};

// What an input method is composing stands in the layout, but not in the text.
void placeBesideComposition(QTextLayout::FormatRange& range, const QTextLayout& layout)
{
    const int length = int(layout.preeditAreaText().size());
    if (length == 0)
        return;
    if (range.start >= layout.preeditAreaPosition())
        range.start += length;
    else if (range.start + range.length > layout.preeditAreaPosition())
        range.length += length;
}

} // namespace

LiquidHighlighter::LiquidHighlighter(QTextDocument* document, const QPalette& palette)
    : QObject(document)
    , m_document(document)
    , m_timer(new QTimer(this))
{
    m_timer->setSingleShot(true);
    m_timer->setInterval(0);
    connect(document, &QTextDocument::contentsChange, this, &LiquidHighlighter::takeChange);
    connect(m_timer, &QTimer::timeout, this, &LiquidHighlighter::goOn);
    setPalette(palette);
}

void LiquidHighlighter::setLanguage(HostLanguage language)
{
    m_language = language;
    colourAll();
}

void LiquidHighlighter::setPalette(const QPalette& palette)
{
    const bool dark = palette.color(QPalette::Base).lightness() < 128;
    m_formats.clear();
    for (const Colour& colour : colours) {
        QTextCharFormat format;
        format.setForeground(QColor(dark ? colour.dark : colour.light));
        format.setFontItalic(colour.kind == SpanKind::LiquidComment || colour.kind == SpanKind::Comment);
        m_formats.insert(colour.kind, format);
    }
    colourAll();
}

bool LiquidHighlighter::isPending() const
{
    return m_next >= 0;
}

void LiquidHighlighter::colourAll()
{
    m_next = -1;
    colour(m_document->firstBlock(), m_document->characterCount());
}

void LiquidHighlighter::takeChange(int position, int removed, int added)
{
    const int delta = added - removed;
    const QTextBlock first = m_document->findBlock(position);
    if (m_next >= 0) {
        m_through += delta;
        // What waited begins no later than the change now; lines above it keep their place.
        if (first.blockNumber() <= m_next) {
            m_through = qMax(m_through, position + added);
            m_next = -1;
            return colour(first, m_through);
        }
    }
    if (m_next < 0)
        colour(first, position + added);
    else
        m_through = qMax(m_through, position + added);
}

void LiquidHighlighter::goOn()
{
    if (m_next < 0)
        return;
    const QTextBlock block = m_document->findBlockByNumber(m_next);
    m_next = -1;
    colour(block, m_through);
}

void LiquidHighlighter::colour(QTextBlock block, int through)
{
    const int start = block.position();
    int done = 0;
    bool changed = true;
    bool dirty = false;
    while (block.isValid() && (changed || block.position() <= through) && done <= SliceCharacters) {
        done += block.length();
        changed = colourBlock(block, dirty);
        block = block.next();
    }
    if (block.isValid() && (changed || block.position() <= through)) {
        m_next = block.blockNumber();
        m_through = through;
        m_timer->start();
    }
    if (dirty)
        m_document->markContentsDirty(start, done);
}

bool LiquidHighlighter::colourBlock(QTextBlock& block, bool& dirty)
{
    const QTextBlock before = block.previous();
    int state = before.isValid() ? before.userState() : 0;
    QList<QTextLayout::FormatRange> ranges;
    for (const Span& span : scanLine(block.text().left(LongestLine), m_language, state)) {
        QTextLayout::FormatRange range;
        range.start = span.start;
        range.length = span.length;
        range.format = m_formats.value(span.kind);
        placeBesideComposition(range, *block.layout());
        ranges << range;
    }
    if (ranges != block.layout()->formats()) {
        block.layout()->setFormats(ranges);
        dirty = true;
    }
    const bool changed = state != block.userState();
    block.setUserState(state);
    return changed;
}

} // namespace carillon::ui
