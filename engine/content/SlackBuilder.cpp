// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/SlackBuilder.h"

#include "engine/content/RichTextWriter.h"
#include "engine/content/SignedText.h"
#include "engine/content/SlackBlocks.h"

#include <QCoreApplication>

namespace carillon {

namespace {

constexpr qint64 longestText = 40'000; // Slack leaves out what is beyond
constexpr qint64 longestFallback = 4000; // of a text that is made from blocks

QString tr(const char* text)
{
    return QCoreApplication::translate("SlackBuilder", text);
}

FitRules rulesFor(qint64 limit, bool canSplit)
{
    FitRules rules;
    rules.part = QStringLiteral("text");
    rules.platform = QStringLiteral("Slack");
    rules.unit = tr("characters");
    rules.limits = {limit};
    rules.measure = [](const RichText& piece) { return qint64(toSlack(piece).size()); };
    rules.canSplit = canSplit;
    return rules;
}

Result<QJsonArray> takeBlocks(BuildInput& input)
{
    const QString part = QStringLiteral("blocks");
    const Result<QJsonDocument> document = takeJson(input, part);
    if (!document)
        return fail(document.error());
    if (document->isNull())
        return QJsonArray();
    const QJsonValue blocks = document->isArray() ? QJsonValue(document->array()) : document->object()[part];
    if (!blocks.isArray())
        return fail(badPart(part, tr("The part “blocks” must be a list of blocks or {\"blocks\": […]}.")));
    if (const QStringList problems = slackBlockProblems(blocks.toArray()); !problems.isEmpty())
        return fail(badPart(part, problems.join(u'\n')));
    return blocks.toArray();
}

// `written` is the text as its author wrote it; it is sent so when it is sent whole.
Result<Message> messageOf(const RichText& text, const QString& written, const QJsonArray& blocks, const FitRules& rules,
                          Overflow overflow, MessageFacts& facts)
{
    const Result<QList<RichText>> pieces = fitted(text, overflow, rules, facts);
    if (!pieces)
        return fail(pieces.error());
    const bool isWhole = pieces->size() == 1 && !facts.cut;
    Message message;
    for (const RichText& piece : *pieces) {
        const QJsonObject fields{{QStringLiteral("text"), isWhole ? written : toSlack(piece)}};
        if (message.fields.isEmpty())
            message.fields = fields;
        else
            message.continuations << fields;
    }
    if (!blocks.isEmpty())
        message.fields.insert(QStringLiteral("blocks"), blocks);
    return message;
}

// Blocks without a text of their own.
Result<Message> blocksAlone(const QJsonArray& blocks, MessageFacts& facts)
{
    if (blocks.isEmpty())
        return fail(emptyPart(QStringLiteral("text")));
    const QString text = slackFallbackText(blocks);
    MessageFacts ofFallback; // that it was cut is nothing to tell: the blocks say all
    Result<Message> message
        = messageOf(readSlack(text), text, blocks, rulesFor(longestFallback, false), Overflow::Cut, ofFallback);
    facts.length = text.size();
    facts.limit = longestText;
    facts.unit = ofFallback.unit;
    return message;
}

} // namespace

Result<Message> buildSlack(BuildInput& input, MessageFacts& facts)
{
    const Result<Overflow> overflow = overflowOf(input.source);
    if (!overflow)
        return fail(overflow.error());
    const Result<QJsonArray> blocks = takeBlocks(input);
    if (!blocks)
        return fail(blocks.error());
    const QString written = takePart(input, QStringLiteral("text"));
    if (written.trimmed().isEmpty())
        return blocksAlone(*blocks, facts);
    return messageOf(readSlack(written), written, *blocks, rulesFor(longestText, blocks->isEmpty()), *overflow, facts);
}

Result<Message> buildSlackText(const RichText& text, const Template& source, MessageFacts& facts)
{
    const Result<Overflow> overflow = overflowOf(source);
    if (!overflow)
        return fail(overflow.error());
    if (text.text.trimmed().isEmpty())
        return fail(emptyPart(QStringLiteral("text")));
    return messageOf(text, toSlack(text), {}, rulesFor(longestText, true), *overflow, facts);
}

} // namespace carillon
