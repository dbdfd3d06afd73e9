// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/store/DeliveryRepository.h"

#include <QList>

namespace carillon {

class Connection;

// What becomes of a delivery that was not sent in time.
DeliveryChange expiry();

struct LastLook {
    QList<Delivery> good; // those that may go
    bool isRefused = false; // some are of a campaign that is not sending
};

// The last look at deliveries before they go on the wire, in the transaction that journals them. What has
// expired while it waited for room becomes Expired. What belongs to a campaign that is not sending (any more) stays
// in the queue: once a pause or a cancel has been answered nothing of it begins, however late the dispatcher hears of it.
// Throws SqlFailure, as everything that runs on a Connection does.
LastLook lastLook(Connection& connection, const QList<Delivery>& deliveries, qint64 now);

} // namespace carillon
