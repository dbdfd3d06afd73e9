// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/WhatsAppMarkup.h"

#include "ui/preview/MarkerText.h"

#include <QRegularExpression>

namespace carillon::ui {

namespace {

// The words of `spans` that are addresses become links.
QList<RichSpan> withLinks(const QList<RichSpan>& spans)
{
    static const QRegularExpression address(QStringLiteral("\\bhttps?://[^\\s<>\"]+[^\\s<>\".,;:!?)]"));
    QList<RichSpan> linked;
    for (const RichSpan& span : spans) {
        qsizetype done = 0;
        auto found = address.globalMatch(span.text);
        while (found.hasNext() && (span.style & RichSpan::Code) == 0) {
            const auto match = found.next();
            if (match.capturedStart() > done)
                linked << RichSpan{span.text.mid(done, match.capturedStart() - done), span.style, {}};
            linked << RichSpan{match.captured(), span.style, match.captured()};
            done = match.capturedEnd();
        }
        if (done < span.text.size())
            linked << RichSpan{span.text.mid(done), span.style, span.link};
    }
    return linked;
}

// "- " or "3. " at the start of a line; empty when it is no item.
QString itemMark(const QString& line)
{
    static const QRegularExpression mark(QStringLiteral("^(?:[-*]|\\d{1,3}\\.) (?=\\S)"));
    return mark.match(line).captured();
}

// The line break before an item belongs to neither.
RichMessage withoutLastBreak(RichMessage message)
{
    if (!message.isEmpty() && !message.last().spans.isEmpty() && message.last().spans.last().text.endsWith(u'\n'))
        message.last().spans.last().text.chop(1);
    return message;
}

} // namespace

RichMessage readWhatsAppMarkup(const QString& text)
{
    RichMessage message;
    RichBuilder builder;
    MarkerText marked(builder);
    for (const MarkupLine& line : markupLines(text, {u"> "_qs})) {
        const QString mark = line.kind == MarkupLine::Text ? itemMark(line.text) : QString();
        if (!mark.isEmpty()) {
            message += withoutLastBreak(builder.take());
            marked.read(QStringView(line.text).mid(mark.size()), RichBlock::Item);
            RichMessage item = builder.take();
            for (RichBlock& block : item)
                block.marker = mark.at(0).isDigit() ? mark.trimmed() : u"•"_qs;
            message += item;
        } else if (line.kind == MarkupLine::Fenced) {
            builder.add(line.text, 0, {}, RichBlock::Code);
        } else {
            marked.read(line.text, line.kind == MarkupLine::Quote ? RichBlock::Quote : RichBlock::Paragraph);
        }
    }
    message += builder.take();
    for (RichBlock& block : message) {
        if (block.kind != RichBlock::Code)
            block.spans = withLinks(block.spans);
    }
    return message;
}

} // namespace carillon::ui
