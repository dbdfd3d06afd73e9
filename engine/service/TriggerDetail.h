// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/model/Delivery.h"
#include "engine/model/Trigger.h"

#include <QHash>
#include <QMap>
#include <QStringList>

namespace carillon {

class Connection;

// What has become of a trigger.
struct TriggerDetail {
    // Deliveries that are given; a trigger has more only when its recipients have many addresses each.
    static constexpr int MaxDeliveries = 2'000;

    Trigger trigger;
    QString topicKey; // empty when the topic is gone
    QMap<DeliveryState, qint64> counts; // of all of its deliveries
    QList<Delivery> deliveries; // the newest, in the order they were made; those on the next channel among them
    QHash<qint64, QStringList> engagement; // by delivery, of those that were read: EngagementKind

    //     {"trigger": 7, "topic": "order.shipped", "created_at": "2026-05-31T18:00:00.000Z", "counts": {"sent": 1},
    //      "deliveries": [{"delivery": 981, "contact": 17, "channel": "push", "address": "...", "state": "sent",
    //                      "attempts": 1, "engagement": ["read"]}]}
    //
    // Where there are: "error", "follows", and "due_at" of what waits.
    QJsonObject toJson() const;
};

Error noSuchTrigger(qint64 id);

// NotFound (noSuchTrigger) when there is none. Throws SqlFailure.
Result<TriggerDetail> readTrigger(Connection& connection, qint64 id);

} // namespace carillon
