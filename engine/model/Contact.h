// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

namespace carillon {

// One place where a contact is reached.
enum class AddressState {
    Active,
    Unconfirmed, // double opt-in is waiting
    Disabled, // by hand
    Bounced, // a provider said that it does not exist
};

struct Address {
    qint64 id = 0;
    qint64 contactId = 0;
    QString channel; // see Channel.h: "email", "sms", "slack", "push", ...
    QString value;
    AddressState state = AddressState::Active;

    friend bool operator==(const Address&, const Address&) = default;
};

// Someone or something that can be notified. `externalId` is the administrator's own key; empty when there is none.
struct Contact {
    qint64 id = 0;
    QString externalId;
    QString name;
    QString locale; // BCP 47, for example "pt-BR"; empty: the brand's
    QString timeZone; // IANA, for example "Europe/Madrid"; empty: the workspace's
    QJsonObject attributes; // what templates see as contact.<name>
    qint64 createdAt = 0;
    qint64 updatedAt = 0;
    QList<Address> addresses;
    QString quietHours; // "22:00-07:00" in its time zone; "none": never quiet; empty: as the topic says

    friend bool operator==(const Contact&, const Contact&) = default;
};

// A fixed set of contacts.
struct ContactList {
    qint64 id = 0;
    QString name;
    qint64 createdAt = 0;
    qint64 memberCount = 0; // computed when read

    friend bool operator==(const ContactList&, const ContactList&) = default;
};

// An address that must not be used, and why.
struct Suppression {
    qint64 id = 0;
    QString channel;
    QString value;
    QString reason; // "bounced", "complained", "unsubscribed", "manual"
    QString note;
    qint64 createdAt = 0;

    friend bool operator==(const Suppression&, const Suppression&) = default;
};

} // namespace carillon
