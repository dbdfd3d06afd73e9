// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/dispatch/ActiveCampaign.h"

#include <vector>

namespace carillon {

class AccountLine;
class Clock;

// One campaign's turn on an account: picks from a lane what may go now by all limits, and keeps room for it. What may not is
// left, parked until its destination lets it go, or given back to the queue. Lives for one moment.
class Turn {
public:
    // Messages are made anew after so long: the contact, its hours and the topic's lifetime are looked at again.
    static constexpr qint64 LongestReadyMs = 60'000;

    // `allowance`: how many may go that were not tried before; nullptr: any number.
    Turn(ActiveCampaign& campaign, Lane& lane, AccountLine& line, qint64* allowance, const Clock& clock);

    qint64 campaignId() const { return m_campaign.campaign.id; }
    ActiveCampaign& campaign() { return m_campaign; }
    Lane& lane() { return m_lane; }

    // Picks up to `most`; how many there were.
    int take(int most);
    // When time alone may let more go; steady, 0: never, or now.
    qint64 nextAt() const;

    QList<ReadyDelivery> going; // room is reserved for them
    QList<qint64> returned; // to the queue, as they are
    QList<Delivery> expired;
    Deferrals deferred;

private:
    void takeParked(qsizetype upTo);
    void consider(const ReadyDelivery& ready);
    bool isSortedOut(const ReadyDelivery& ready);
    void go(const ReadyDelivery& ready);
    void park(const ReadyDelivery& ready, qint64 at);

    ActiveCampaign& m_campaign;
    Lane& m_lane;
    AccountLine& m_line;
    qint64* m_allowance;
    const Clock& m_clock;
    const qint64 m_now; // steady
};

// Lets each of them take from the line's room in turn, an equal part as long as they can use it, beginning behind the
// campaign that was served last. What is of no campaign goes before all. Gives who was served last now.
qint64 takeInTurn(std::vector<Turn>& turns, const AccountLine& line, qint64 servedLast);

// When a delivery is due again that found no place in the parking: after those that did and those put off before it, as fast
// as the destination is expected to go. Wall time.
qint64 deferralOf(Lane& lane, AccountLine& line, const QString& destination, const Clock& clock);

} // namespace carillon
