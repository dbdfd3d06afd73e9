// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/Turn.h"

#include "engine/base/Clock.h"
#include "engine/dispatch/AccountLine.h"

#include <algorithm>

namespace carillon {

namespace {

// Nobody knows what a destination will bear so far ahead; they are looked at again.
constexpr qint64 longestDeferralMs = 15 * 60'000;
// Deferred together, written together.
constexpr qint64 deferralGrainMs = 1'000;
constexpr qsizetype mostDeferredDestinations = 1'000;

} // namespace

Turn::Turn(ActiveCampaign& campaign, Lane& lane, AccountLine& line, qint64* allowance, const Clock& clock)
    : m_campaign(campaign)
    , m_lane(lane)
    , m_line(line)
    , m_allowance(allowance)
    , m_clock(clock)
    , m_now(clock.steady())
{
}

int Turn::take(int most)
{
    const qsizetype before = going.size();
    const qsizetype upTo = before + qMin(most, m_campaign.throttle.available(m_now));
    takeParked(upTo);
    while (going.size() < upTo && !m_lane.ready.isEmpty())
        consider(m_lane.ready.takeFirst());
    return int(going.size() - before);
}

// They have waited longest.
void Turn::takeParked(qsizetype upTo)
{
    if (m_lane.parked.isEmpty())
        return;
    for (const QString& destination : m_lane.parked.due(m_now)) {
        while (going.size() < upTo && m_line.nextAt(destination, m_now) == m_now) {
            const std::optional<ReadyDelivery> ready = m_lane.parked.take(destination);
            if (!ready)
                break;
            if (!isSortedOut(*ready))
                go(*ready);
        }
        m_lane.parked.setTime(destination, m_line.nextAt(destination, m_now));
    }
}

void Turn::consider(const ReadyDelivery& ready)
{
    if (isSortedOut(ready))
        return;
    if (const qint64 at = m_line.nextAt(ready.destination, m_now); at != m_now)
        park(ready, at);
    else
        go(ready);
}

bool Turn::isSortedOut(const ReadyDelivery& ready)
{
    const Delivery& delivery = ready.delivery;
    if (delivery.expiresAt != 0 && delivery.expiresAt <= m_clock.now()) {
        expired << delivery;
        return true;
    }
    const bool isStale = m_now - ready.composedAt > LongestReadyMs;
    const bool isBarred = m_allowance && *m_allowance <= 0 && delivery.attempts == 0;
    if (isStale || isBarred)
        returned << delivery.id;
    return isStale || isBarred;
}

void Turn::go(const ReadyDelivery& ready)
{
    m_line.reserve(ready.destination);
    m_campaign.throttle.take(1, m_now);
    if (m_allowance && ready.delivery.attempts == 0)
        --*m_allowance;
    going << ready;
}

void Turn::park(const ReadyDelivery& ready, qint64 at)
{
    if (!m_lane.parked.isFull())
        return m_lane.parked.add(ready, at);
    deferred[deferralOf(m_lane, m_line, ready.destination, m_clock)] << ready.delivery.id;
}

qint64 Turn::nextAt() const
{
    const bool mayHaveMore
        = !m_lane.ready.isEmpty() || !m_lane.empty || m_lane.claiming || !m_lane.parked.due(m_now).isEmpty();
    qint64 next = m_lane.parked.nextAt();
    if (next <= m_now)
        next = 0;
    if (!mayHaveMore)
        return next;
    const qint64 opens = qMax(m_line.opensAt(), m_campaign.throttle.nextAt(m_now));
    return opens > m_now && (next == 0 || opens < next) ? opens : next;
}

qint64 takeInTurn(std::vector<Turn>& turns, const AccountLine& line, qint64 servedLast)
{
    std::vector<Turn*> waiting;
    for (Turn& turn : turns)
        waiting.push_back(&turn);
    std::stable_sort(waiting.begin(), waiting.end(), [servedLast](const Turn* a, const Turn* b) {
        const auto place = [servedLast](const Turn* turn) {
            const qint64 id = turn->campaignId();
            return std::pair(id != 0, id <= servedLast);
        };
        return place(a) < place(b);
    });
    while (!waiting.empty() && line.room() > 0) {
        const int part = qMax(1, line.room() / int(waiting.size()));
        std::erase_if(waiting, [&](Turn* turn) {
            const int most = turn->campaignId() == 0 ? line.room() : qMin(part, line.room());
            const int taken = turn->take(most);
            if (taken > 0 && turn->campaignId() != 0)
                servedLast = turn->campaignId();
            return taken < most;
        });
    }
    return servedLast;
}

qint64 deferralOf(Lane& lane, AccountLine& line, const QString& destination, const Clock& clock)
{
    const double msEach = 1'000 / line.expectedPerSecond(destination);
    const qint64 now = clock.now();
    const qint64 behindParked = now + qint64(double(lane.parked.count(destination)) * msEach);
    if (lane.deferredTo.size() >= mostDeferredDestinations)
        lane.deferredTo.clear();
    qint64& last = lane.deferredTo[destination];
    last = qBound(now, qMax(last, behindParked) + qMax<qint64>(1, qint64(msEach)), now + longestDeferralMs);
    return (last / deferralGrainMs + 1) * deferralGrainMs;
}

} // namespace carillon
