// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <QJsonObject>
#include <QString>

namespace carillon {

enum class DeliveryState {
    Queued,
    Sending, // journalled: on the wire, or about to be
    Retrying, // waiting for its next attempt
    Sent, // the provider took it
    Delivered, // the provider confirmed it
    Failed,
    Bounced,
    Uncertain, // the engine died between sending and recording
    Suppressed,
    Expired,
    Cancelled,
};

// One notification, through one account, to one address.
struct Delivery {
    qint64 id = 0;
    qint64 campaignId = 0; // 0: not of a campaign (a trigger or a test)
    qint64 topicId = 0;
    qint64 contactId = 0;
    qint64 accountId = 0;
    QString channel;
    QString address;
    DeliveryState state = DeliveryState::Queued;
    int attempts = 0; // attempts that count; throttling and outages do not
    qint64 dueAt = 0; // earliest next attempt
    qint64 expiresAt = 0; // 0: never
    QString messageId; // stable over all attempts: the Message-ID of mail, the idempotency key elsewhere
    QString providerId; // the platform's id of the message, once sent
    QString lastError;
    qint64 createdAt = 0;
    qint64 updatedAt = 0;
    qint64 triggerId = 0; // of which trigger it is
    int route = 0; // position of its route among the topic's
    qint64 follows = 0; // the delivery on another channel that it steps in for

    friend bool operator==(const Delivery&, const Delivery&) = default;
};

// The message id of a delivery, equal over all its attempts: "d42.<workspace>@example.org", without angle brackets.
// `fromAddress` gives the domain.
QString messageIdOf(const QString& workspaceId, qint64 deliveryId, const QString& fromAddress);

// The delivery of a message id of this workspace, whole or cut off by a platform; 0 when it is none. Takes any text.
qint64 deliveryIdOf(const QString& messageId, const QString& workspaceId);

// True when nothing the engine does by itself can change it any more.
bool isFinal(DeliveryState state);

// True when a delivery may go from one state to another: the one table of transitions.
bool mayBecome(DeliveryState from, DeliveryState to);

// One contact of an audience that gets nothing, and why.
struct LeftOut {
    qint64 campaignId = 0;
    qint64 contactId = 0;
    QString channel;
    QString reason; // see LeftOutReason

    friend bool operator==(const LeftOut&, const LeftOut&) = default;
};

// The stable names of the reasons for leaving a contact out.
namespace LeftOutReason {
inline const QString NoAddress = QStringLiteral("no_address");
inline const QString AddressInactive = QStringLiteral("address_inactive");
inline const QString Suppressed = QStringLiteral("suppressed");
inline const QString DuplicateAddress = QStringLiteral("duplicate_address");
inline const QString NoTemplate = QStringLiteral("no_template");
inline const QString NoRoute = QStringLiteral("no_route");
inline const QString FrequencyCap = QStringLiteral("frequency_cap");
inline const QString HourPassed = QStringLiteral("hour_passed"); // of a campaign by the contacts' own clocks
inline const QString NoSendTime = QStringLiteral("no_send_time"); // window and quiet hours exclude each other
QString sentence(const QString& reason); // for people, translated
} // namespace LeftOutReason

} // namespace carillon
