// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/LastLook.h"

#include "engine/model/Names.h"
#include "engine/store/Connection.h"
#include "engine/store/DeliveryRepository.h"

#include <QCoreApplication>
#include <QHash>

namespace carillon {

namespace {

bool isSending(Connection& connection, qint64 campaignId)
{
    if (campaignId == 0) // a trigger's: nobody pauses it
        return true;
    Rows rows = connection.query("SELECT state FROM campaign WHERE id = ?", campaignId);
    return rows.next() && rows.text(0) == nameOf(CampaignState::Sending);
}

} // namespace

DeliveryChange expiry()
{
    const QString reason = QCoreApplication::translate("Dispatcher", "It was not sent within the topic's lifetime.");
    return {DeliveryState::Expired, false, 0, {}, reason, QStringLiteral("engine"), {}};
}

LastLook lastLook(Connection& connection, const QList<Delivery>& deliveries, qint64 now)
{
    QHash<qint64, bool> sending; // by campaign
    LastLook look;
    look.good.reserve(deliveries.size());
    for (Delivery delivery : deliveries) {
        if (!sending.contains(delivery.campaignId))
            sending.insert(delivery.campaignId, isSending(connection, delivery.campaignId));
        if (delivery.expiresAt != 0 && delivery.expiresAt <= now)
            DeliveryRepository(connection).change(delivery, expiry(), now);
        else if (sending.value(delivery.campaignId))
            look.good << delivery;
        else
            look.isRefused = true;
    }
    return look;
}

} // namespace carillon
