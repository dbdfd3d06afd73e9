// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

namespace carillon {

// One committed fact; append-only, numbered. `type` is "<thing>.<what happened>": "delivery.sent", "campaign.paused",
// "contact.imported", "account.saved". Ids that do not apply are 0.
//
// What happens to many deliveries at once leaves one entry for all of them: "delivery.queued" (a page was planned) and
// "delivery.sending" (a batch was journalled before it went on the wire), and whatever else an operation does to thousands.
// In such a bulk entry deliveryId and contactId are 0, accountId and channel are set when they are equal for all, and data
// has
//
//     {"count": 500, "first": 1001, "last": 1500}        ids without a gap
//     {"count": 3, "ids": [7, 12, 13]}                   any others
//
// One delivery alone has an entry of its own, with its id and its address. Outcomes ("delivery.sent", "delivery.failed",
// "delivery.retrying", ...) have one entry per delivery, always; its "attempt" is the number of the attempt and "began" the
// time at which that was journalled, the time of its "delivery.sending". So everything about one delivery can be found
// (LogRepository::ofDelivery), and entries are counted with countOf().
struct LogEntry {
    qint64 seq = 0;
    qint64 time = 0;
    QString type;
    QString actor; // who did it: "engine", "window:anna", "cli:root", "token:dashboard"
    qint64 campaignId = 0;
    qint64 deliveryId = 0;
    qint64 contactId = 0;
    qint64 accountId = 0;
    QString channel;
    QJsonObject data; // details: "reason", "code", "attempt", "address", ... never a secret

    friend bool operator==(const LogEntry&, const LogEntry&) = default;
};

// How many facts an entry stands for: of a bulk entry its "count", of any other 1.
qint64 countOf(const LogEntry& entry);

// True when it tells of this delivery, be it as one of many.
bool concerns(const LogEntry& entry, qint64 deliveryId);

} // namespace carillon
