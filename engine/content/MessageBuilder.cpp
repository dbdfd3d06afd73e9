// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/MessageBuilder.h"

#include "engine/base/Json.h"
#include "engine/content/HtmlToText.h"
#include "engine/content/MailBuilder.h"
#include "engine/model/Names.h"

#include <QCoreApplication>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("MessageBuilder", text);
}

std::string taken(RenderedParts& parts, const QString& name)
{
    const auto found = parts.find(name);
    return found == parts.end() ? std::string() : std::move(found->second);
}

// How mailbox providers count complaints about a sender: five to fifteen characters, stable.
QString feedbackSender(const Brand& brand)
{
    return QStringLiteral("carillon%1").arg(brand.id % 10'000'000);
}

void addListFields(const BuildInput& input, Mail& mail)
{
    const Topic& topic = input.content.topic;
    const Brand& brand = input.content.brand;
    mail.unsubscribeUrl = input.unsubscribeUrl;
    mail.unsubscribeMailto = brand.unsubscribeMailto;
    mail.listName = topic.name;
    mail.listKey = topic.key;
    mail.feedbackId = QStringLiteral("%1:%2:%3:%4")
                          .arg(input.delivery.campaignId)
                          .arg(topic.key, nameOf(topic.category), feedbackSender(brand));
}

Result<Message> mailMessage(BuildInput& input)
{
    const Brand& brand = input.content.brand;
    const bool derivesText = !derivedText(input.delivery.channel, input.parts).empty();
    Mail mail;
    mail.fromName = brand.fromName;
    mail.fromAddress = brand.fromAddress;
    mail.replyTo = brand.replyTo;
    mail.toName = input.contact.name;
    mail.toAddress = input.delivery.address;
    mail.subject = taken(input.parts, QStringLiteral("subject"));
    mail.html = taken(input.parts, QStringLiteral("html"));
    mail.text = derivesText ? std::string() : taken(input.parts, QStringLiteral("text"));
    mail.preheader = taken(input.parts, QStringLiteral("preheader"));
    mail.messageId = input.delivery.messageId;
    mail.date = input.now;
    mail.category = input.content.topic.category;
    if (mail.category == Category::Marketing)
        addListFields(input, mail);
    return buildMail(mail);
}

Result<Message> webhookMessage(const BuildInput& input)
{
    Message message;
    const auto body = input.parts.find(QStringLiteral("body"));
    if (body != input.parts.end())
        message.content = QByteArray::fromStdString(body->second);
    if (const Result<QJsonObject> parsed = parseJsonObject(message.content); !parsed)
        return fail(ErrorCode::InvalidInput, tr("The body is not right: %1").arg(parsed.error().message),
                    QStringLiteral("body"));
    return message;
}

Message fieldsMessage(const BuildInput& input)
{
    Message message;
    for (const auto& [name, text] : input.parts)
        message.fields.insert(name, QString::fromStdString(text));
    return message;
}

} // namespace

std::string derivedText(const QString& channel, const RenderedParts& parts)
{
    const auto html = parts.find(QStringLiteral("html"));
    if (channel != QStringLiteral("email") || html == parts.end())
        return {};
    const auto text = parts.find(QStringLiteral("text"));
    if (text != parts.end() && text->second.find_first_not_of(" \t\r\n") != std::string::npos)
        return {};
    return htmlToText(html->second);
}

Result<Message> buildMessage(BuildInput input)
{
    const QString channel = input.delivery.channel;
    Result<Message> message;
    if (channel == QStringLiteral("email"))
        message = mailMessage(input);
    else if (channel == QStringLiteral("webhook"))
        message = webhookMessage(input);
    else
        message = fieldsMessage(input);
    if (!message)
        return message;
    message->deliveryId = input.delivery.id;
    message->idempotencyKey = input.delivery.messageId;
    message->channel = channel;
    if (message->to.isEmpty())
        message->to = input.delivery.address;
    return message;
}

} // namespace carillon
