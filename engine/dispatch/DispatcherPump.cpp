// SPDX-License-Identifier: GPL-3.0-or-later
// What goes next: each account's room is shared among the campaigns that wait for it.
#include "engine/base/Clock.h"
#include "engine/dispatch/Dispatcher.h"
#include "engine/dispatch/LastLook.h"

#include <cmath>

namespace carillon {

namespace {

// Claimed ahead where a rate is the limit: no more than goes within this time.
constexpr double claimAheadSeconds = 10;

} // namespace

void Dispatcher::pump()
{
    if (m_pumping || m_stopping || !m_problem.isEmpty())
        return;
    m_pumping = true;
    noticeWhoIsOut();
    for (auto& [account, line] : m_lines)
        pumpLine(account, *line);
    m_pumping = false;
}

void Dispatcher::pumpLine(qint64 accountId, AccountLine& line)
{
    std::vector<Turn> turns = turnsOn(accountId, line);
    if (turns.empty())
        return;
    qint64& servedLast = m_servedLast[accountId];
    servedLast = takeInTurn(turns, line, servedLast);
    qint64 wakeAt = 0;
    for (Turn& turn : turns) {
        handOver(turn, accountId);
        moveOn(turn.campaign(), accountId, turn.lane());
        claimMore(turn.campaign(), accountId, turn.lane(), line);
        if (const qint64 next = turn.nextAt(); next != 0 && (wakeAt == 0 || next < wakeAt))
            wakeAt = next;
    }
    if (wakeAt != 0)
        line.wakeAt(wakeAt);
}

std::vector<Turn> Dispatcher::turnsOn(qint64 accountId, AccountLine& line)
{
    std::vector<Turn> turns;
    for (auto& [id, active] : m_active) {
        const auto lane = active.lanes.find(accountId);
        if (lane == active.lanes.end() || active.isRefused)
            continue;
        const auto allowance = m_allowances.find(id);
        turns.emplace_back(active, lane->second, line, allowance == m_allowances.end() ? nullptr : &allowance->second,
                           m_clock);
    }
    return turns;
}

void Dispatcher::handOver(Turn& turn, qint64 accountId)
{
    const qint64 campaignId = turn.campaignId();
    for (qsizetype at = 0; at < turn.going.size(); at += WritePiece)
        journal(campaignId, accountId, turn.going.mid(at, WritePiece));
    if (!turn.returned.isEmpty())
        turn.lane().mayHaveMore();
    m_queue.release(turn.returned);
    defer(campaignId, accountId, turn.deferred);
    expire(campaignId, accountId, turn.expired);
}

void Dispatcher::expire(qint64 campaignId, qint64 accountId, const QList<Delivery>& deliveries)
{
    QList<RecordedChange> changes;
    for (const Delivery& delivery : deliveries)
        changes << RecordedChange{delivery, expiry()};
    if (changes.isEmpty())
        return;
    addOnTheWay(campaignId, accountId, int(changes.size()));
    record(changes);
}

// An account that has to wait claims no more than it has: others, and a cancel, find the rest in the queue. Unless that is
// to go on to another one.
void Dispatcher::claimMore(ActiveCampaign& active, qint64 accountId, Lane& lane, const AccountLine& line)
{
    const int limit = claimLimit(active, line);
    if (lane.claiming || lane.empty || lane.move.isUnderWay || lane.ready.size() >= limit)
        return;
    if (!line.isOpen() && (line.room() == 0 || !lane.holdsNothing()) // what is there is enough for a probe
        && !mayMoveOn(active, accountId, lane))
        return;
    const auto allowance = m_allowances.find(active.campaign.id);
    const bool triedOnly = allowance != m_allowances.end() && allowance->second <= 0;
    claim(active.campaign.id, accountId, lane, limit, triedOnly);
}

int Dispatcher::claimLimit(const ActiveCampaign& active, const AccountLine& line) const
{
    double limit = ClaimBatch;
    for (const double perSecond : {active.throttle.perSecond(), line.perSecond()}) {
        if (perSecond > 0)
            limit = qMin(limit, std::ceil(perSecond * claimAheadSeconds));
    }
    if (const auto allowance = m_allowances.find(active.campaign.id);
        allowance != m_allowances.end() && allowance->second > 0)
        limit = qMin(limit, double(allowance->second));
    return qMax(1, int(limit));
}

// It was to go and did not.
void Dispatcher::giveBack(const ReadyDelivery& ready, qint64 accountId)
{
    lineOf(accountId).unreserve(ready.destination);
    eased(accountId, ready.destination);
    if (const auto active = m_active.find(ready.delivery.campaignId); active != m_active.end())
        active->second.throttle.giveBack(1, m_clock.steady());
    if (const auto allowance = m_allowances.find(ready.delivery.campaignId);
        allowance != m_allowances.end() && ready.delivery.attempts == 0)
        ++allowance->second;
}

} // namespace carillon
