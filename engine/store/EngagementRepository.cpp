// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/EngagementRepository.h"

#include "engine/model/Names.h"
#include "engine/store/Connection.h"

namespace carillon {

void EngagementRepository::add(qint64 deliveryId, const QString& kind, qint64 time)
{
    m_connection.run("INSERT INTO engagement (delivery_id, kind, time) VALUES (?, ?, ?)", deliveryId, kind, time);
}

bool EngagementRepository::has(qint64 deliveryId, const QString& kind, qint64 time)
{
    return m_connection.integer("SELECT EXISTS (SELECT 1 FROM engagement WHERE delivery_id = ?1 AND kind = ?2"
                                " AND (?3 = 0 OR time = ?3))",
                                deliveryId, kind, time)
        != 0;
}

QStringList EngagementRepository::kinds(qint64 deliveryId)
{
    QStringList kinds;
    Rows rows = m_connection.query("SELECT kind FROM engagement WHERE delivery_id = ? ORDER BY id", deliveryId);
    while (rows.next())
        kinds << rows.text(0);
    return kinds;
}

QHash<qint64, QStringList> EngagementRepository::kindsOfTrigger(qint64 triggerId)
{
    QHash<qint64, QStringList> kinds;
    Rows rows = m_connection.query("SELECT delivery_id, kind FROM delivery"
                                   " JOIN engagement ON engagement.delivery_id = delivery.id"
                                   " WHERE trigger_id = ? GROUP BY delivery_id, kind ORDER BY MIN(engagement.id)",
                                   triggerId);
    while (rows.next())
        kinds[rows.integer(0)] << rows.text(1);
    return kinds;
}

QMap<DeliveryState, qint64> EngagementRepository::readCounts(qint64 campaignId)
{
    QMap<DeliveryState, qint64> counts;
    for (const DeliveryState state : {DeliveryState::Sent, DeliveryState::Delivered})
        counts[state]
            = m_connection.integer("SELECT COUNT(*) FROM delivery WHERE campaign_id = ? AND state = ?"
                                   " AND EXISTS (SELECT 1 FROM engagement WHERE engagement.delivery_id = delivery.id)",
                                   campaignId, nameOf(state));
    return counts;
}

bool EngagementRepository::isRead(const Delivery& delivery)
{
    return m_connection.integer(
               "SELECT EXISTS (SELECT 1 FROM delivery JOIN engagement ON engagement.delivery_id = delivery.id"
               " WHERE delivery.contact_id = ? AND delivery.campaign_id IS ? AND delivery.trigger_id IS ?)",
               delivery.contactId, NullableId{delivery.campaignId}, NullableId{delivery.triggerId})
        != 0;
}

} // namespace carillon
