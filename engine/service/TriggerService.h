// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"
#include "engine/model/Caller.h"
#include "engine/model/Delivery.h"
#include "engine/service/TriggerDetail.h"

#include <QJsonObject>
#include <QStringList>

namespace carillon {

class Clock;
class ContentCache;
class Dispatch;
class Store;

// One of the recipients of a trigger: a contact by its external id or its number here, or an address (of a contact or of
// nobody known).
//
//     {"external_id": "cust-17"}    {"contact": 17}    {"channel": "email", "address": "anna@example.org", "name": "Anna",
//     "locale": "de"}
struct TriggerRecipient {
    QString externalId;
    QString channel;
    QString address;
    QString name; // of somebody who is not known yet
    QString locale;
    QString timeZone;
    qint64 contactId = 0;
};

struct TriggerRequest {
    QString topicKey;
    QList<TriggerRecipient> recipients;
    QJsonObject data; // what templates see as data.<name>
    QString idempotencyKey; // empty: none

    // Equal for equal requests, however they were written; without the key.
    QByteArray canonical() const;
};

// What a trigger made; the same again for the same request with the same key.
struct TriggerAnswer {
    struct Recipient {
        qint64 contactId = 0;
        QList<qint64> deliveryIds;
        QString leftOut; // LeftOutReason, when there are no deliveries
    };
    qint64 triggerId = 0;
    QList<Recipient> recipients; // in the order of the request
    bool replayed = false;

    //     {"trigger": 7, "recipients": [{"contact": 17, "deliveries": [981]}], "replayed": false}
    QJsonObject toJson() const;
    static TriggerAnswer fromJson(const QJsonObject& object); // but for `replayed`
};

// Sends a topic to named recipients, now. Thread-safe.
class TriggerService {
public:
    // The most recipients of one trigger; a larger audience is a campaign.
    static constexpr int MaxRecipients = 1000;
    static constexpr qint64 KeyLifetimeMs = 24 * 3'600'000;

    TriggerService(Store& store, const Clock& clock, Dispatch& dispatch, ContentCache& cache);

    // Reads a request as the API and the command line give it. `data` may also be called `metadata`; a request with both is
    // refused.
    //
    //     {"topic": "order.shipped", "to": [{"external_id": "cust-17"}], "data": {"order": 12}, "idempotency_key": "o12"}
    static Result<TriggerRequest> parse(const QJsonObject& object);

    // Operator. Trigger, deliveries, the answer under its key and the log are one transaction, durable when this answers.
    // Conflict: the key was used within a day for another request. Who repeats a request gets the first one's answer.
    Future<TriggerAnswer> trigger(const Caller& caller, const TriggerRequest& request);

    // Viewer. What has become of a trigger. An application (a token) sees its own alone: any other is NotFound.
    Future<TriggerDetail> get(const Caller& caller, qint64 id) const;

private:
    // What can be said against a request without looking at the database.
    static Status check(const TriggerRequest& request);

    Store& m_store;
    const Clock& m_clock;
    Dispatch& m_dispatch;
    ContentCache& m_cache;
};

} // namespace carillon
