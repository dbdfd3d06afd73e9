// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/DeliveryRow.h"

#include "engine/model/Names.h"

namespace carillon {

Delivery deliveryOf(const Rows& rows)
{
    Delivery d;
    d.id = rows.integer(0);
    d.campaignId = rows.integer(1);
    d.topicId = rows.integer(2);
    d.contactId = rows.integer(3);
    d.accountId = rows.integer(4);
    d.channel = rows.text(5);
    d.address = rows.text(6);
    d.state = valueOf<DeliveryState>(rows.text(7)).value_or(DeliveryState::Failed);
    d.attempts = int(rows.integer(8));
    d.dueAt = rows.integer(9);
    d.expiresAt = rows.integer(10);
    d.providerId = rows.text(11);
    d.lastError = rows.text(12);
    d.createdAt = rows.integer(13);
    d.updatedAt = rows.integer(14);
    d.triggerId = rows.integer(15);
    d.route = int(rows.integer(16));
    d.follows = rows.integer(17);
    return d;
}

QList<Delivery> deliveriesOf(Rows&& rows)
{
    QList<Delivery> deliveries;
    while (rows.next())
        deliveries << deliveryOf(rows);
    return deliveries;
}

} // namespace carillon
