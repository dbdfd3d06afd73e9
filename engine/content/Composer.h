// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/content/CompiledContent.h"

#include <QMap>

#include <memory>

namespace carillon {

// One contact's message with all that is to be known about it, for previews and rehearsals.
struct Composition {
    Status status; // why there is no message, the same for all contacts that fail alike; what was made before that is here
    Message message;
    MessageFacts facts;
    QMap<QString, QByteArray> parts; // rendered, UTF-8; for mail "text" is there even when it was derived from the HTML
    Resolution resolution; // which template was taken, of Composer::content(); why: Composer::explain()
    QList<MissingVariable> missing; // each once
};

// Makes messages out of one topic's content: one per campaign (or per topic and data), then any number of messages.
//
// Everything is compiled by the constructor, or before; afterwards it is immutable, cheap to copy and safe to use from
// several threads at once. A template that does not compile is stepped over: ask problems() before a campaign starts.
//
// Templates see: contact.{id, external_id, name, locale, time_zone, email} and contact.<attribute>, data.<campaign data>,
// topic.{key, name}, brand.{name, from_name, from_address, postal_address, public_url}, unsubscribe_url, message_id. A
// contact's own field wins over an attribute of its name unless it is empty. What is not there renders as nothing.
// Snippets, translations, dates and numbers follow the language of the message (see messageLocale()); moments are shown in
// the contact's time zone, else the brand's.
class Composer {
public:
    explicit Composer(const ContentSet& content, const QJsonObject& data = {});
    explicit Composer(std::shared_ptr<const CompiledContent> content, const QJsonObject& data = {});

    // With the built-in templates behind the topic's own (see CompiledContent).
    const ContentSet& content() const;
    const QList<CompileProblem>& problems() const;
    QStringList channels() const; // that the topic or its category has templates for, each once

    // Which template a contact gets on a channel, and why no better one: sentences for people.
    QStringList explain(const QString& channel, const Contact& contact) const;

    // The message of one delivery. The same delivery at the same time is the same bytes. An error names the part, the line
    // and column, and the contact.
    Result<Message> compose(const Delivery& delivery, const Contact& contact, qint64 now,
                            const QString& unsubscribeUrl = {}) const;

    // The same, with what is to be known about it. Slower.
    Composition inspect(const Delivery& delivery, const Contact& contact, qint64 now,
                        const QString& unsubscribeUrl = {}) const;

private:
    struct Data;
    std::shared_ptr<const Data> m_data;
};

} // namespace carillon
