// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/content/ContentCache.h"
#include "engine/model/Campaign.h"
#include "engine/model/Delivery.h"

#include <map>

namespace carillon {

class Clock;
class Connection;
class CompiledContent;
struct PlanSource;

// On to the topic's next channel ("push, then SMS, if unread after ten minutes"): the follow-up of a delivery is a delivery
// of its own, inserted in the transaction that records what became of the first. So there is exactly one, whatever dies
// when, and a campaign is not finished while one waits.
//
// It is due `afterMs` after the first one was sent, and at once when that has failed for good; whom it would reach and when
// is for the Planner to say. When it falls due and the notification was read meanwhile, the dispatcher cancels it. Of a
// contact's several addresses on one channel all must have failed for the next to be due at once, and any counts as sent.
//
// Used in the store's writer alone, through a Recorder.
class NextChannel {
public:
    explicit NextChannel(const Clock& clock)
        : m_cache(clock)
    {
    }

    // The deliveries on the next channel that reaches the contact; none where there are some already. `recorded` is as it
    // was just written. Throws SqlFailure.
    QList<Delivery> follow(Connection& connection, const Delivery& recorded, qint64 afterMs, qint64 now);

private:
    std::optional<PlanSource> sourceOf(Connection& connection, const Delivery& delivery);
    // What a campaign is sent with is pinned: it never changes.
    std::shared_ptr<const CompiledContent> pinned(Connection& connection, const Campaign& campaign);

    ContentCache m_cache; // of triggers
    std::map<qint64, std::shared_ptr<const CompiledContent>> m_pinned; // by campaign, the latest few
};

} // namespace carillon
