// SPDX-License-Identifier: GPL-3.0-or-later
// What waits for an account that is down goes on through the topic's next one, a batch whenever that one has nothing left:
// so a short outage moves no more than is sent meanwhile, and the rest goes where it was planned.
#include "engine/base/Clock.h"
#include "engine/content/Composer.h"
#include "engine/dispatch/Dispatcher.h"

namespace carillon {

namespace {

constexpr qint64 moveAgainMs = 1'000;
// What cannot move while others do makes room for them, and is looked at again after so long at the latest.
constexpr qint64 longestAsideMs = 60'000;

QList<qint64> idsOf(const QList<ReadyDelivery>& held)
{
    QList<qint64> ids;
    for (const ReadyDelivery& ready : held)
        ids << ready.delivery.id;
    return ids;
}

} // namespace

QSet<qint64> Dispatcher::accountsOut() const
{
    QSet<qint64> out;
    for (const auto& [account, line] : m_lines) {
        if (line->outSince() >= 0)
            out.insert(account);
    }
    return out;
}

void Dispatcher::noticeWhoIsOut()
{
    const QSet<qint64> out = accountsOut();
    if (out == m_out)
        return;
    m_out = out;
    for (auto& [id, active] : m_active) {
        for (auto& [account, lane] : active.lanes)
            lane.move = {};
    }
}

// What an answer means for the way of a delivery; nothing when it stays on it.
std::optional<MoveOn> Dispatcher::moveOnAfter(const Outcome& outcome, const InFlight& answered)
{
    const Delivery& delivery = answered.delivery;
    const Topic& topic = answered.composer->content().topic;
    if (!topic.rules.nextAccount)
        return std::nullopt;
    if (outcome.kind == OutcomeKind::Refused && !outcome.suppressAddress && delivery.attempts + 1 < topic.maxAttempts)
        return MoveOn{MoveOn::Why::Refused, accountsOut()};
    if (outcome.kind == OutcomeKind::ProviderDown && lineOf(delivery.accountId).outSince() >= 0)
        return MoveOn{MoveOn::Why::Down, accountsOut()};
    return std::nullopt;
}

bool Dispatcher::mayMoveOn(const ActiveCampaign& active, qint64 accountId, const Lane& lane) const
{
    const bool isAllowed = active.campaign.id == 0 || active.topic.rules.nextAccount; // of triggers each one's topic says
    if (!isAllowed || !m_out.contains(accountId) || lane.move.isUnderWay || lane.move.isInVain)
        return false;
    const auto target = active.lanes.find(lane.move.target);
    return target == active.lanes.end()
        || (target->second.empty && !target->second.claiming && target->second.holdsNothing());
}

void Dispatcher::moveOn(ActiveCampaign& active, qint64 accountId, Lane& lane)
{
    if (lane.holdsNothing() || !mayMoveOn(active, accountId, lane))
        return;
    const QList<ReadyDelivery> held = lane.parked.all() + lane.ready;
    QList<Delivery> waiting;
    for (const ReadyDelivery& ready : held) {
        if (ready.composer->content().topic.rules.nextAccount)
            waiting << ready.delivery;
    }
    lane.ready.clear();
    lane.parked = {};
    lane.move.isUnderWay = true;
    moveHeld(active.campaign.id, accountId, held, waiting);
}

void Dispatcher::moveHeld(qint64 campaignId, qint64 accountId, const QList<ReadyDelivery>& held,
                          const QList<Delivery>& waiting)
{
    ++m_writing;
    whenReady(m_recorder.moveOn(waiting, {MoveOn::Why::Down, m_out}), this,
              [this, campaignId, accountId, held, waiting](const Result<QList<Delivery>>& moved) {
                  if (moved)
                      takeMoved(campaignId, accountId, held, *moved);
                  else
                      m_clock.after(moveAgainMs, this, [this, campaignId, accountId, held, waiting] {
                          moveHeld(campaignId, accountId, held, waiting);
                      });
                  written();
              });
}

void Dispatcher::takeMoved(qint64 campaignId, qint64 accountId, const QList<ReadyDelivery>& held,
                           const QList<Delivery>& moved)
{
    QList<qint64> stay = idsOf(held);
    for (const Delivery& delivery : moved) {
        stay.removeOne(delivery.id);
        m_queue.release({delivery.id});
        expect(delivery);
    }
    Lane* lane = findLane(campaignId, accountId);
    if (!lane) // paused or cancelled meanwhile
        return putBack(campaignId, accountId, stay);
    lane->move.isUnderWay = false;
    lane->move.isInVain = moved.isEmpty();
    if (moved.isEmpty()) {
        lane->ready = held + lane->ready;
    } else {
        lane->mayHaveMore();
        lane->move.target = moved.last().accountId;
        setAside(campaignId, accountId, stay);
    }
    pump();
}

void Dispatcher::setAside(qint64 campaignId, qint64 accountId, const QList<qint64>& ids)
{
    if (ids.isEmpty())
        return;
    const qint64 opens = lineOf(accountId).opensAt();
    const qint64 wait = opens == 0 ? longestAsideMs : qBound<qint64>(1, opens - m_clock.steady(), longestAsideMs);
    defer(campaignId, accountId, {{m_clock.now() + wait, ids}});
}

} // namespace carillon
