// SPDX-License-Identifier: GPL-3.0-or-later
// Where deliveries wait and by which way they go: a lane for each account of a campaign, a line for each account, and what
// is on the way through them.
#include "engine/dispatch/Dispatcher.h"

#include <algorithm>

namespace carillon {

AccountLine& Dispatcher::lineOf(qint64 accountId)
{
    std::unique_ptr<AccountLine>& line = m_lines[accountId];
    if (!line) {
        line = std::make_unique<AccountLine>(accountId, m_factory, m_clock, m_random);
        connect(line.get(), &AccountLine::roomChanged, this, &Dispatcher::pump, Qt::QueuedConnection);
        connect(line.get(), &AccountLine::outcomes, this, &Dispatcher::takeOutcomes, Qt::QueuedConnection);
    }
    return *line;
}

// Every lane has its line: a pump goes over the lines.
Lane& Dispatcher::laneOf(ActiveCampaign& active, qint64 accountId)
{
    lineOf(accountId);
    return active.lanes[accountId];
}

// A lane that is new has nothing to look for yet.
Lane& Dispatcher::restingLane(ActiveCampaign& active, qint64 accountId)
{
    const bool isNew = !active.lanes.contains(accountId);
    Lane& lane = laneOf(active, accountId);
    lane.empty = lane.empty || isNew;
    return lane;
}

Lane* Dispatcher::findLane(qint64 campaignId, qint64 accountId)
{
    const auto active = m_active.find(campaignId);
    if (active == m_active.end())
        return nullptr;
    const auto lane = active->second.lanes.find(accountId);
    return lane == active->second.lanes.end() ? nullptr : &lane->second;
}

void Dispatcher::checkIdle(qint64 campaignId)
{
    if (campaignId == 0)
        return; // triggers never end
    const auto found = m_active.find(campaignId);
    if (found != m_active.end() && isIdle(found->second))
        Q_EMIT idle(campaignId);
}

// Nothing of the campaign goes this way, or will.
bool Dispatcher::isAtRest(qint64 campaignId, qint64 accountId, const Lane& lane) const
{
    return lane.empty && lane.nextDue == 0 && !lane.claiming && !lane.move.isUnderWay && lane.holdsNothing()
        && onTheWay(campaignId, accountId) == 0;
}

bool Dispatcher::isIdle(const ActiveCampaign& active) const
{
    return std::all_of(active.lanes.begin(), active.lanes.end(),
                       [&](const auto& lane) { return isAtRest(active.campaign.id, lane.first, lane.second); });
}

int Dispatcher::onTheWay(qint64 campaignId, qint64 accountId) const
{
    const auto found = m_onTheWay.find({campaignId, accountId});
    return found == m_onTheWay.end() ? 0 : found->second;
}

void Dispatcher::addOnTheWay(qint64 campaignId, qint64 accountId, int count)
{
    const auto entry = m_onTheWay.try_emplace({campaignId, accountId}, 0).first;
    entry->second += count;
    if (entry->second == 0)
        m_onTheWay.erase(entry);
}

} // namespace carillon
