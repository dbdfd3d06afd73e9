// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Delivery.h"

#include <QHash>
#include <QMap>
#include <QStringList>

namespace carillon {

class Connection;

// What contacts did with what they got, as rows. Throws SqlFailure, as everything that runs on a Connection does.
class EngagementRepository {
public:
    explicit EngagementRepository(Connection& connection)
        : m_connection(connection)
    {
    }

    // `kind`: see engine/model/Engagement.h.
    void add(qint64 deliveryId, const QString& kind, qint64 time);
    // Whether there is one of this kind; `time` 0: at any time.
    bool has(qint64 deliveryId, const QString& kind, qint64 time);
    QStringList kinds(qint64 deliveryId);
    // What was done with each delivery of a trigger, every kind once; nothing of those with which nothing was.
    QHash<qint64, QStringList> kindsOfTrigger(qint64 triggerId);
    // How many of a campaign's deliveries were read, opened, clicked or answered, by their state. Looks at every delivery
    // that went out.
    QMap<DeliveryState, qint64> readCounts(qint64 campaignId);
    // True when the contact has read any delivery of the same notification: of the same campaign or trigger.
    bool isRead(const Delivery& delivery);

private:
    Connection& m_connection;
};

} // namespace carillon
