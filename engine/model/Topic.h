// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
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

// A topic's content for one channel and locale. Every part is a Liquid template.
//
// Parts by channel: email has "subject", "html", "text" (empty text: derived from the HTML) and "preheader"; webhook has
// "body" (JSON); every other channel has "text" and, where it shows one, "title".
struct Template {
    qint64 id = 0;
    qint64 topicId = 0;
    QString channel;
    QString locale; // empty: for every locale that has no better one
    QMap<QString, QString> parts;
    qint64 createdAt = 0;
    qint64 updatedAt = 0;

    friend bool operator==(const Template&, const Template&) = default;
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

    friend bool operator==(const Account&, const Account&) = default;
};

} // namespace carillon
