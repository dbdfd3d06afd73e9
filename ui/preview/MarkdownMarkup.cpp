// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/MarkdownMarkup.h"

#include <QTextBlock>
#include <QTextDocument>
#include <QTextFragment>
#include <QTextList>
#include <QTextTable>

namespace carillon::ui {

namespace {

RichBlock::Kind kindOf(const QTextBlock& block)
{
    const QTextBlockFormat format = block.blockFormat();
    if (format.hasProperty(QTextFormat::BlockCodeLanguage) || format.hasProperty(QTextFormat::BlockCodeFence)
        || format.nonBreakableLines())
        return RichBlock::Code;
    if (format.hasProperty(QTextFormat::BlockTrailingHorizontalRulerWidth))
        return RichBlock::Rule;
    if (format.headingLevel() > 0)
        return RichBlock::Heading;
    if (block.textList())
        return RichBlock::Item;
    return format.intProperty(QTextFormat::BlockQuoteLevel) > 0 ? RichBlock::Quote : RichBlock::Paragraph;
}

RichSpan spanOf(const QTextFragment& fragment, RichBlock::Kind kind)
{
    const QTextCharFormat format = fragment.charFormat();
    RichSpan span{fragment.text(), 0, format.anchorHref()};
    span.text.replace(QChar::LineSeparator, u'\n');
    if (format.fontWeight() >= QFont::DemiBold && kind != RichBlock::Heading)
        span.style |= RichSpan::Bold;
    if (format.fontItalic())
        span.style |= RichSpan::Italic;
    if (format.fontStrikeOut())
        span.style |= RichSpan::Strike;
    if (format.fontFixedPitch() && kind != RichBlock::Code)
        span.style |= RichSpan::Code;
    if (format.isImageFormat())
        span = {u"🖼 "_qs + format.toImageFormat().name(), 0, format.toImageFormat().name()};
    return span;
}

RichBlock blockOf(const QTextBlock& block)
{
    RichBlock made{kindOf(block), {}, 0, {}};
    for (auto part = block.begin(); !part.atEnd(); ++part)
        made.spans << spanOf(part.fragment(), made.kind);
    if (made.kind == RichBlock::Heading)
        made.depth = block.blockFormat().headingLevel();
    if (made.kind == RichBlock::Item) {
        const QTextList* list = block.textList();
        made.depth = std::max(0, list->format().indent() - 1);
        made.marker = list->format().style() == QTextListFormat::ListDecimal
            ? QString::number(list->itemNumber(block) + 1) + u'.'
            : u"•"_qs;
    }
    return made;
}

// Cells of one row stand behind each other, a bar between them.
bool joinsRow(const QTextBlock& block, const QTextBlock& previous)
{
    QTextCursor here(block);
    QTextTable* table = here.currentTable();
    if (!table || !previous.isValid())
        return false;
    const QTextTableCell one = table->cellAt(previous.position());
    const QTextTableCell other = table->cellAt(block.position());
    return one.isValid() && other.isValid() && one.row() == other.row();
}

} // namespace

RichMessage readMarkdown(const QString& markdown)
{
    QTextDocument document;
    document.setUndoRedoEnabled(false);
    document.setMarkdown(markdown.left(longestMarkup),
                         QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub)
                             | QTextDocument::MarkdownNoHTML);
    RichMessage message;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        const RichBlock made = blockOf(block);
        if (!message.isEmpty() && joinsRow(block, block.previous())) {
            message.last().spans << RichSpan{u"  │  "_qs, 0, {}};
            message.last().spans += made.spans;
        } else if (made.kind == RichBlock::Code && !message.isEmpty() && message.last().kind == RichBlock::Code) {
            message.last().spans << RichSpan{u"\n"_qs, 0, {}};
            message.last().spans += made.spans;
        } else if (!made.spans.isEmpty() || made.kind == RichBlock::Rule) {
            message << made;
        }
    }
    return message;
}

} // namespace carillon::ui
