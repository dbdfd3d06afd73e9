// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/content/MessageBuilder.h"

#include <QJsonArray>
#include <QJsonObject>

namespace carillon {

// What a builder made of parts, for the tests of builders.
struct Built {
    Result<Message> message;
    MessageFacts facts;

    bool isRight() const { return message.has_value(); }
    QString error() const { return message ? QString() : message.error().message; }
    QString field() const { return message ? QString() : message.error().field; }
    QJsonObject fields() const { return message ? message->fields : QJsonObject(); }
    QString text(const char* key = "text") const { return fields()[QLatin1String(key)].toString(); }

    // Of every message that it became, in order.
    QStringList texts(const char* key = "text") const
    {
        QStringList result;
        if (message) {
            result << text(key);
            for (const QJsonObject& more : message->continuations)
                result << more[QLatin1String(key)].toString();
        }
        return result;
    }
};

// `channel` is the delivery's; `templateChannel` the template's, when it is another one.
inline Built build(const QString& channel, const QMap<QString, QString>& parts, const QJsonObject& settings = {},
                   const QString& templateChannel = {}, const ContentSet& content = {})
{
    Template source;
    source.channel = templateChannel.isEmpty() ? channel : templateChannel;
    source.settings = settings;
    Delivery delivery;
    delivery.channel = channel;
    delivery.address = QStringLiteral("someone@mail.example");
    delivery.messageId = QStringLiteral("d-1");
    Contact contact;
    contact.externalId = QStringLiteral("c-7");
    RenderedParts rendered;
    for (auto part = parts.begin(); part != parts.end(); ++part)
        rendered.emplace(part.key(), part->toStdString());
    Built built;
    built.message = buildMessage({.content = content,
                                  .source = source,
                                  .parts = std::move(rendered),
                                  .delivery = delivery,
                                  .contact = contact,
                                  .now = 1'751'362'200'000,
                                  .facts = &built.facts});
    return built;
}

} // namespace carillon
