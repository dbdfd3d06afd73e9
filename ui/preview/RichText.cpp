// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/RichText.h"

#include <QFontDatabase>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>

#include <algorithm>

namespace carillon::ui {

namespace {

constexpr int indentStep = 18;
constexpr int quoteIndent = 12;
constexpr int codePadding = 8;

QTextCharFormat charFormat(const RichSpan& span, const RichBlock& block, const RichLook& look)
{
    QTextCharFormat format;
    format.setForeground(look.text);
    const bool isCode = block.kind == RichBlock::Code || (span.style & RichSpan::Code) != 0;
    if (isCode) {
        format.setFontFamilies({QFontDatabase::systemFont(QFontDatabase::FixedFont).family()});
        format.setForeground(block.kind == RichBlock::Code ? look.text : look.codeText);
        if (block.kind != RichBlock::Code)
            format.setBackground(look.codeGround);
    }
    if (block.kind == RichBlock::Heading) {
        format.setFontPointSize(look.font.pointSizeF() * (block.depth <= 1 ? 1.35 : block.depth == 2 ? 1.2 : 1.05));
        format.setFontWeight(QFont::Bold);
    }
    if (span.style & RichSpan::Bold)
        format.setFontWeight(QFont::Bold);
    format.setFontItalic((span.style & RichSpan::Italic) != 0);
    format.setFontStrikeOut((span.style & RichSpan::Strike) != 0);
    format.setFontUnderline((span.style & RichSpan::Underline) != 0);
    if (span.style & RichSpan::Spoiler)
        format.setBackground(QBrush(look.muted, Qt::Dense5Pattern));
    if (span.style & RichSpan::Mention) {
        format.setForeground(look.link);
        format.setBackground(look.codeGround);
    }
    if (span.style & RichSpan::Marked)
        format.setBackground(look.quoteBar);
    if (!span.link.isEmpty()) {
        format.setForeground(look.link);
        format.setAnchor(true);
        format.setAnchorHref(span.link);
        format.setToolTip(span.link);
    }
    return format;
}

QTextBlockFormat blockFormat(const RichBlock& block, bool isFirst)
{
    QTextBlockFormat format;
    format.setProperty(richKindProperty, int(block.kind));
    format.setLineHeight(118, QTextBlockFormat::ProportionalHeight);
    const bool stands = block.kind == RichBlock::Quote || block.kind == RichBlock::Code || block.kind == RichBlock::Heading;
    format.setTopMargin(isFirst ? 0 : stands ? 6 : 2);
    format.setBottomMargin(stands ? 6 : 2);
    if (block.kind == RichBlock::Quote)
        format.setLeftMargin(quoteIndent);
    if (block.kind == RichBlock::Code) {
        format.setLeftMargin(codePadding);
        format.setRightMargin(codePadding);
        format.setTopMargin(codePadding + (isFirst ? 0 : 4));
        format.setBottomMargin(codePadding + 4);
        format.setNonBreakableLines(false);
    }
    if (block.kind == RichBlock::Item) {
        format.setLeftMargin(indentStep * (std::min(block.depth, 6) + 1));
        format.setTextIndent(-indentStep);
        format.setTabPositions({QTextOption::Tab(0, QTextOption::LeftTab)});
    }
    return format;
}

QString withSoftBreaks(QString text)
{
    return text.replace(u'\n', QChar::LineSeparator);
}

} // namespace

void RichBuilder::add(const QString& text, int style, const QString& link, RichBlock::Kind kind)
{
    if (text.isEmpty())
        return;
    QString rest = text;
    const bool follows = !m_message.isEmpty() && m_message.last().kind == kind && kind != RichBlock::Code;
    if (!follows) {
        if (!m_message.isEmpty() && m_message.last().kind == RichBlock::Paragraph && !m_message.last().spans.isEmpty()
            && m_message.last().spans.last().text.endsWith(u'\n'))
            m_message.last().spans.last().text.chop(1);
        else if (!m_message.isEmpty() && rest.startsWith(u'\n'))
            rest.remove(0, 1);
        if (rest.isEmpty() && kind == RichBlock::Paragraph)
            return;
        m_message << RichBlock{kind, {}, 0, {}};
    }
    QList<RichSpan>& spans = m_message.last().spans;
    if (!spans.isEmpty() && spans.last().style == style && spans.last().link == link)
        spans.last().text += rest;
    else
        spans << RichSpan{rest, style, link};
}

// A line break at the end of a block opens no line on any platform.
RichMessage RichBuilder::take()
{
    RichMessage message = std::exchange(m_message, {});
    for (RichBlock& block : message) {
        while (!block.spans.isEmpty() && block.kind != RichBlock::Paragraph && block.spans.last().text.endsWith(u'\n'))
            block.spans.last().text.chop(1);
    }
    message.removeIf([](const RichBlock& block) {
        return block.kind != RichBlock::Rule
            && std::all_of(block.spans.begin(), block.spans.end(), [](const RichSpan& s) { return s.text.isEmpty(); });
    });
    return message;
}

QString plainTextOf(const RichMessage& message)
{
    QStringList lines;
    for (const RichBlock& block : message) {
        QString line = block.marker.isEmpty() ? QString() : block.marker + u' ';
        for (const RichSpan& span : block.spans)
            line += span.text;
        lines << line;
    }
    return lines.join(u'\n');
}

void fillDocument(QTextDocument& document, const RichMessage& message, const RichLook& look)
{
    document.clear();
    document.setDefaultFont(look.font);
    document.setDocumentMargin(0);
    QTextCursor cursor(&document);
    cursor.beginEditBlock();
    bool isFirst = true;
    for (const RichBlock& block : message) {
        if (isFirst)
            cursor.setBlockFormat(blockFormat(block, true));
        else
            cursor.insertBlock(blockFormat(block, false));
        isFirst = false;
        if (!block.marker.isEmpty())
            cursor.insertText(block.marker + u"\u2002"_qs, charFormat({}, block, look));
        for (const RichSpan& span : block.spans)
            cursor.insertText(withSoftBreaks(span.text), charFormat(span, block, look));
    }
    cursor.endEditBlock();
}

} // namespace carillon::ui
