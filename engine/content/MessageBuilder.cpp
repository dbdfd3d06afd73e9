// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/MessageBuilder.h"

#include "engine/content/CardBuilder.h"
#include "engine/content/ChatBuilder.h"
#include "engine/content/EmailBuilder.h"
#include "engine/content/HtmlToText.h"
#include "engine/content/MarkdownMail.h"
#include "engine/content/SlackBuilder.h"
#include "engine/content/SmsBuilder.h"
#include "engine/content/TelegramBuilder.h"
#include "engine/content/WebhookBuilder.h"
#include "engine/content/WhatsAppBuilder.h"

namespace carillon {

namespace {

struct Row {
    const char* channel;
    Builder build;
};

// A channel that is not here is a chat platform that gets Markdown.
constexpr Row builders[] = {
    {"email", buildEmail},       {"sms", buildSms},      {"slack", buildSlack},     {"telegram", buildTelegram},
    {"whatsapp", buildWhatsApp}, {"push", buildPush},    {"web_push", buildPush},   {"fcm", buildPush},
    {"apns", buildPush},         {"in_app", buildInApp}, {"webhook", buildWebhook},
};

// A template of the channel "chat" is Markdown, whatever platform it is for.
Builder builderFor(const Template& source, const QString& channel)
{
    for (const Row& row : builders) {
        if (channel == QLatin1String(row.channel) && source.channel != QStringLiteral("chat"))
            return row.build;
    }
    return buildChat;
}

bool isBlank(const RenderedParts& parts, const char* name)
{
    const auto part = parts.find(QString::fromLatin1(name));
    return part == parts.end() || part->second.find_first_not_of(" \t\r\n") == std::string::npos;
}

} // namespace

std::string derivedText(const QString& channel, const RenderedParts& parts)
{
    if (channel != QStringLiteral("email") || !isBlank(parts, "text"))
        return {};
    if (!isBlank(parts, "html"))
        return htmlToText(parts.at(QStringLiteral("html")));
    if (isBlank(parts, "markdown"))
        return {};
    const Result<std::string> html = markdownToMailHtml(parts.at(QStringLiteral("markdown")));
    return html ? htmlToText(*html) : std::string();
}

Result<Message> buildMessage(BuildInput input)
{
    MessageFacts unasked;
    MessageFacts& facts = input.facts ? *input.facts : unasked;
    Result<Message> message = builderFor(input.source, input.delivery.channel)(input, facts);
    if (!message)
        return message;
    message->deliveryId = input.delivery.id;
    message->idempotencyKey = input.delivery.messageId;
    message->channel = input.delivery.channel;
    message->expiresAt = input.delivery.expiresAt;
    if (message->to.isEmpty())
        message->to = input.delivery.address;
    return message;
}

} // namespace carillon
