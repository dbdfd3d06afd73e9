// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/DispatchRules.h"
#include "engine/model/Limits.h"

#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>

namespace carillon {

enum class Category { Transactional, Marketing, System };

// What happens to a delivery of which nobody knows whether it was sent (the engine died between sending and recording).
enum class UncertainPolicy {
    Resend, // better twice than never
    Hold, // better never than twice: a person decides
};

// What a notification is about.
struct Topic {
    qint64 id = 0;
    QString key; // "order.assigned": lower case, digits, dots, dashes, underscores
    QString name;
    Category category = Category::Transactional;
    qint64 brandId = 0;
    UncertainPolicy uncertainPolicy = UncertainPolicy::Resend;
    qint64 lifetimeMs = 0; // a delivery older than this expires; 0: never
    int maxAttempts = 5;
    qint64 createdAt = 0;
    qint64 updatedAt = 0;
    DispatchRules rules;

    friend bool operator==(const Topic&, const Topic&) = default;
};

// Topic -> account. Routes are tried in order of `position`.
struct Route {
    qint64 id = 0;
    qint64 topicId = 0;
    qint64 accountId = 0;
    int position = 0;
    QString destination; // fixed destination; empty: the contact's own address on the account's channel

    friend bool operator==(const Route&, const Route&) = default;
};

// What a template is for.
enum class TemplateScope {
    Topic, // what one topic says on one channel
    Category, // what any topic of a category says that has no better one
    Snippet, // a piece that others put in by its name: {% render "footer" %}
    Texts, // translations: what {{ "greeting" | t }} gives in one locale
};

// Content, versioned: every part is a Liquid template (of Texts, every part is one text by its key).
//
// Which parts there are: see Channel.h; a snippet has "body". `settings` say how the message is made of them:
//     "overflow": "refuse" (default), "cut" or "split"
//     "attachments": [{"name": "terms.pdf", "type": "application/pdf", "asset": "<hash>", "content_id": "logo"}] (email;
//         with a content_id it is an inline image for <img src="cid:logo">)
//     "parse_mode": "html" (default), "markdown" or "plain", "silent": true (telegram)
//     "template_name", "template_language" (whatsapp: an approved template, filled with the part "parameters")
//     "transliterate": true (sms: look-alikes for what GSM-7 has not), "max_parts" (sms)
//     "replaces_built_in": true (Topic: goes before the template that is compiled into the program)
struct Template {
    qint64 id = 0;
    qint64 topicId = 0; // Topic
    QString channel; // Topic, Category
    QString locale; // empty: for every locale that has no better one
    QMap<QString, QString> parts;
    qint64 createdAt = 0;
    qint64 updatedAt = 0;
    TemplateScope scope = TemplateScope::Topic;
    QString key; // Category: the name of the category; Snippet: its name ("footer")
    qint64 brandId = 0; // 0: for every brand
    QString variant; // of an A/B test: "b"; empty: the one that everybody else gets
    QJsonObject settings;
    int version = 0; // number of what is in parts and settings; each save makes a new one; 0: never saved

    friend bool operator==(const Template&, const Template&) = default;
};

// One saved state of a template. Immutable.
struct TemplateVersion {
    qint64 templateId = 0;
    int number = 0; // from 1
    QMap<QString, QString> parts;
    QJsonObject settings;
    QString author;
    QString note;
    qint64 createdAt = 0;

    friend bool operator==(const TemplateVersion&, const TemplateVersion&) = default;
};

// No contact gets more than so many notifications of a category within a window of time.
struct FrequencyCap {
    Category category = Category::Marketing;
    int most = 0;
    qint64 windowMs = 0;

    friend bool operator==(const FrequencyCap&, const FrequencyCap&) = default;
};

// A sender's identity.
struct Brand {
    qint64 id = 0;
    QString name;
    QString fromName;
    QString fromAddress;
    QString replyTo;
    QString postalAddress;
    QString publicUrl; // "https://news.example.org": where unsubscribe links point; empty: mailto only
    QString unsubscribeMailto; // "unsubscribe@example.org"
    QString locale = QStringLiteral("en");
    QString timeZone = QStringLiteral("UTC");
    qint64 createdAt = 0;
    qint64 updatedAt = 0;

    friend bool operator==(const Brand&, const Brand&) = default;
};

// A configured provider. Secrets are in the vault under secretKey(); only their names are known here.
struct Account {
    qint64 id = 0;
    QString name;
    QString provider; // key in the provider registry: "smtp"
    QString channel; // the medium it serves: "email"
    QJsonObject settings; // the provider's fields that are not secret
    bool enabled = true;
    qint64 createdAt = 0;
    qint64 updatedAt = 0;
    AccountLimits limits;

    friend bool operator==(const Account&, const Account&) = default;
};

} // namespace carillon
