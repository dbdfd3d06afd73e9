// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Campaign.h"
#include "engine/model/Delivery.h"
#include "engine/model/Message.h"
#include "engine/model/Topic.h"

#include <QList>

#include <map>
#include <memory>

namespace carillon {

class Composer;

// A delivery whose message is made and that waits for room on the wire.
struct ReadyDelivery {
    Delivery delivery;
    Message message;
    std::shared_ptr<const Composer> composer; // with the topic that it is of
};

// The deliveries of one campaign through one account on their way: claimed -> ready -> journalled -> in flight. Bounded by
// the claim batch and the sender's capacity.
struct Lane {
    QList<ReadyDelivery> ready;
    bool claiming = false; // a batch is being claimed or composed
    bool empty = false; // the last claim found nothing due
    qint64 nextDue = 0; // when something will be; 0: nothing waits
};

// What the dispatcher holds of a campaign that is sending. Number 0 is for what is of no campaign: each of its deliveries is
// of a trigger, with content of its own.
struct ActiveCampaign {
    Campaign campaign;
    Topic topic;
    Brand brand;
    std::shared_ptr<const Composer> composer;
    std::map<qint64, Lane> lanes; // by account
};

} // namespace carillon
