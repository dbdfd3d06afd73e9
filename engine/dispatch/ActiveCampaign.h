// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/dispatch/Parking.h"
#include "engine/dispatch/RateMeter.h"
#include "engine/dispatch/SendTimes.h"
#include "engine/dispatch/TokenBucket.h"
#include "engine/model/Campaign.h"
#include "engine/model/Topic.h"

#include <QMap>

#include <map>

namespace carillon {

// How what waits in a lane goes on to other accounts while its own is out. Begins anew when another one is out or well
// again.
struct LaneMove {
    bool isUnderWay = false;
    bool isInVain = false; // nothing of what the lane holds has anywhere to go
    qint64 target = 0; // where the last of it went
};

// The deliveries of one campaign through one account on their way: claimed -> ready -> journalled -> in flight. Bounded by
// the claim batch, the parking and the sender's capacity.
struct Lane {
    QList<ReadyDelivery> ready;
    bool claiming = false; // a batch is being claimed or composed
    int claimNumber = 0; // of the last claim: an older one's answer is not about this lane as it is now
    bool empty = false; // the last claim found nothing due, and nothing came to the queue since it began
    bool cameMore = false; // something did
    qint64 nextDue = 0; // when something will be; 0: nothing waits
    qint64 wakesAt = 0; // steady time of the timer for that; 0: none runs
    Parking parked; // those of `ready` whose destination has to wait
    LaneMove move;
    QHash<QString, qint64> deferredTo; // by destination: how far those that found no place there were put off; wall time

    bool holdsNothing() const { return ready.isEmpty() && parked.isEmpty(); }
    // Something may be due that the last claim did not see, nor one that is under way.
    void mayHaveMore()
    {
        empty = false;
        cameMore = true;
    }
};

// What the dispatcher holds of a campaign that is sending. Number 0 is for what is of no campaign: each of its deliveries is
// of a trigger, with content of its own.
struct ActiveCampaign {
    Campaign campaign;
    Topic topic;
    Brand brand;
    std::shared_ptr<const Composer> composer;
    std::optional<SendTimes> times; // when its deliveries may go out; none: number 0
    std::map<qint64, Lane> lanes; // by account
    bool isRefused = false; // the database says that it is not sending; nobody has said so here yet
    TokenBucket throttle; // CampaignControl::perMinute
    RateMeter sent{6'000}; // of the last minute
    qint64 since = 0; // steady time: from when on that counts
    qint64 opensAt = 0; // wall time: what was to be composed last waits for its hour until then
};

// Deliveries that go back to the queue, by when they are due again.
using Deferrals = QMap<qint64, QList<qint64>>;

} // namespace carillon
