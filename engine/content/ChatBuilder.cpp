// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/ChatBuilder.h"

#include "engine/content/MarkdownChat.h"
#include "engine/content/RichTextWriter.h"
#include "engine/content/SlackBuilder.h"
#include "engine/content/TelegramBuilder.h"
#include "engine/content/WhatsAppBuilder.h"

#include <QCoreApplication>
#include <QJsonObject>

#include <algorithm>

namespace carillon {

namespace {

// Platforms with a markup of their own.
struct Target {
    const char* channel;
    Result<Message> (*build)(const RichText&, const Template&, MessageFacts&);
};

constexpr Target targets[] = {
    {"slack", buildSlackText},
    {"telegram", buildTelegramText},
    {"whatsapp", buildWhatsAppText},
};

// Of platforms that get Markdown: the longest text of one message.
struct Limit {
    const char* channel;
    const char* platform;
    qint64 most;
    bool isBytes = false; // of UTF-8; else characters, as UTF-16 units: none counts more
    bool holdsTitle = false; // the title is a bold line of the text there, and counts
};

constexpr Limit limits[] = {
    {"discord", "Discord", 2'000},           {"mattermost", "Mattermost", 16'383, false, true},
    {"matrix", "Matrix", 24'000, true}, // of an event's 65,536 bytes, which hold the text twice
    {"ntfy", "ntfy", 4'096, true}, // what is longer becomes a file
    {"pushover", "Pushover", 1'024},         {"teams", "Microsoft Teams", 24'000, true}, // of 28 KB for the whole card
    {"zulip", "Zulip", 10'000, false, true}, // it cuts what is longer
};

const Limit* limitOf(const QString& channel)
{
    for (const Limit& limit : limits) {
        if (channel == QLatin1String(limit.channel))
            return &limit;
    }
    return nullptr;
}

QString tr(const char* text)
{
    return QCoreApplication::translate("ChatBuilder", text);
}

qint64 lengthOf(const QString& text, const Limit* limit)
{
    return limit && limit->isBytes ? text.toUtf8().size() : text.size();
}

// What is left for the text of the message that has the title: "**title**", and an empty line.
qint64 mostBeside(const QString& title, const Limit& limit)
{
    const qint64 taken = limit.holdsTitle && !title.isEmpty() ? title.size() + 6 : 0;
    return std::max<qint64>(1, limit.most - taken);
}

FitRules rulesFor(const Limit& limit, const QString& title)
{
    FitRules rules;
    rules.part = QStringLiteral("text");
    rules.platform = QString::fromLatin1(limit.platform);
    rules.unit = limit.isBytes ? tr("bytes") : tr("characters");
    rules.limits = {mostBeside(title, limit), limit.most};
    rules.measure = [&limit](const RichText& piece) { return lengthOf(toMarkdown(piece), &limit); };
    return rules;
}

RichText withTitle(const QString& title, const RichText& text)
{
    if (title.isEmpty())
        return text;
    RichText result{title, {{RichText::Mark::Bold, 0, title.size(), {}}}};
    if (!text.text.isEmpty())
        result.append({QStringLiteral("\n\n"), {}});
    result.append(text);
    return result;
}

QJsonObject fieldsOf(const QString& channel, const QString& title, const QString& markdown, const RichText& text)
{
    QJsonObject fields{{QStringLiteral("text"), markdown},
                       {QStringLiteral("plain"), toPlainText(text)},
                       {QStringLiteral("format"), QStringLiteral("markdown")}};
    if (!title.isEmpty())
        fields.insert(QStringLiteral("title"), title);
    if (channel != QStringLiteral("matrix"))
        return fields;
    const RichText shown = withTitle(title, text);
    if (!shown.spans.isEmpty()) // else plain text shows the same
        fields.insert(QStringLiteral("html"), toMatrixHtml(shown));
    return fields;
}

// What is sent whole is sent as it was written.
Result<Message> markdownMessage(const BuildInput& input, const QString& title, const QString& written, const RichText& text,
                                MessageFacts& facts)
{
    const QString& channel = input.delivery.channel;
    const Limit* limit = limitOf(channel);
    facts.length = lengthOf(written, limit);
    facts.unit = limit && limit->isBytes ? tr("bytes") : tr("characters");
    facts.limit = limit ? mostBeside(title, *limit) : 0;
    Message message;
    if (!limit || facts.length <= facts.limit) {
        message.fields = fieldsOf(channel, title, written, text);
        return message;
    }
    const Result<Overflow> overflow = overflowOf(input.source);
    if (!overflow)
        return fail(overflow.error());
    const Result<QList<RichText>> pieces = fitted(text, *overflow, rulesFor(*limit, title), facts);
    if (!pieces)
        return fail(pieces.error());
    for (const RichText& piece : *pieces) {
        if (message.fields.isEmpty())
            message.fields = fieldsOf(channel, title, toMarkdown(piece), piece);
        else
            message.continuations << fieldsOf(channel, {}, toMarkdown(piece), piece);
    }
    return message;
}

} // namespace

Result<Message> buildChat(BuildInput& input, MessageFacts& facts)
{
    const QString title = takeLine(input, QStringLiteral("title"));
    const QString markdown = takePart(input, QStringLiteral("text"));
    const Result<RichText> text = markdownToRichText(markdown.toStdString());
    if (!text)
        return fail(badPart(QStringLiteral("text"), text.error().message));
    for (const Target& target : targets) {
        if (input.delivery.channel == QLatin1String(target.channel))
            return target.build(withTitle(title, *text), input.source, facts);
    }
    if (title.isEmpty() && markdown.trimmed().isEmpty())
        return fail(emptyPart(QStringLiteral("text")));
    return markdownMessage(input, title, markdown, *text, facts);
}

} // namespace carillon
