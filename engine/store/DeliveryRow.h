// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Delivery.h"
#include "engine/store/Connection.h"

#include <QList>

namespace carillon {

// How a delivery is read from a row: the columns to select, in this order, and from where.
#define DELIVERY_COLUMNS                                                                                                    \
    "delivery.id, campaign_id, topic_id, contact_id, account_id, channel, address, state, attempts, due_at, expires_at, "   \
    "provider_id,"                                                                                                          \
    " last_error, created_at, updated_at, trigger_id, route, follows"

// Deliveries of every campaign, and of none, in a way that the index by campaign and state can be used. A condition follows.
#define OF_EACH_CAMPAIGN                                                                                                    \
    "(SELECT id AS of_campaign FROM campaign UNION ALL SELECT NULL) CROSS JOIN delivery ON campaign_id IS of_campaign"

Delivery deliveryOf(const Rows& rows);
QList<Delivery> deliveriesOf(Rows&& rows);

} // namespace carillon
