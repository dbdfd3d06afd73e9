// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/LiquidHighlighter.h"

#include <QPalette>

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

} // namespace

LiquidHighlighter::LiquidHighlighter(QTextDocument* document, const QPalette& palette)
    : QSyntaxHighlighter(document)
{
    setPalette(palette);
}

void LiquidHighlighter::setLanguage(HostLanguage language)
{
    m_language = language;
    rehighlight();
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
    rehighlight();
}

void LiquidHighlighter::highlightBlock(const QString& text)
{
    int state = previousBlockState();
    const QList<Span> spans = scanLine(text, m_language, state);
    for (const Span& span : spans)
        setFormat(span.start, span.length, m_formats.value(span.kind));
    setCurrentBlockState(state);
}

} // namespace carillon::ui
