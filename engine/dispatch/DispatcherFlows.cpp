// SPDX-License-Identifier: GPL-3.0-or-later
// How fast campaigns go, and what holds them up.
#include "engine/base/Clock.h"
#include "engine/dispatch/Dispatcher.h"

namespace carillon {

namespace {

constexpr qint64 minuteMs = 60'000;

} // namespace

QHash<qint64, AccountCondition> Dispatcher::conditions() const
{
    QHash<qint64, AccountCondition> conditions;
    for (const auto& [account, line] : m_lines)
        conditions.insert(account, line->condition());
    return conditions;
}

QHash<qint64, CampaignFlow> Dispatcher::flows()
{
    QHash<qint64, CampaignFlow> flows;
    for (auto& [id, active] : m_active) {
        if (id != 0)
            flows.insert(id, flowOf(active));
    }
    return flows;
}

// The accounts together bound a campaign only when each of them has a limit; they hold it up only when all of them wait.
CampaignFlow Dispatcher::flowOf(ActiveCampaign& active)
{
    const qint64 now = m_clock.steady();
    CampaignFlow flow;
    const qint64 measuredMs = qBound<qint64>(1'000, now - active.since, minuteMs);
    flow.perMinute = double(active.sent.count(now)) * double(minuteMs) / double(measuredMs);
    double accounts = 0;
    bool allBound = true;
    bool allOut = true;
    qint64 slowest = 0;
    qint64 out = 0;
    qint64 opensAt = 0; // steady
    for (const auto& [account, lane] : active.lanes) {
        if (isAtRest(active.campaign.id, account, lane))
            continue;
        const AccountLine& line = lineOf(account);
        allBound = allBound && line.perSecond() > 0;
        accounts += line.perSecond() * 60;
        slowest = account;
        if (line.isOpen()) {
            allOut = false;
        } else {
            out = account;
            const qint64 opens = line.opensAt();
            opensAt = opensAt == 0 ? opens : qMin(opensAt, opens);
        }
    }
    const double throttle = active.throttle.perSecond() * 60;
    const double bound = allBound ? accounts : 0;
    flow.boundPerMinute = throttle > 0 && (bound == 0 || throttle < bound) ? throttle : bound;
    const auto allowance = m_allowances.find(active.campaign.id);
    if (allowance != m_allowances.end() && allowance->second <= 0) {
        flow.limitedBy = QStringLiteral("canary");
    } else if (active.opensAt > m_clock.now()) {
        flow.limitedBy = QStringLiteral("window");
        flow.opensAt = active.opensAt;
    } else if (allOut && out != 0) {
        flow.limitedBy = QStringLiteral("account_down:%1").arg(out);
        flow.opensAt = opensAt == 0 ? 0 : m_clock.now() + opensAt - now;
    } else if (flow.boundPerMinute > 0) {
        flow.limitedBy
            = flow.boundPerMinute == throttle ? QStringLiteral("throttle") : QStringLiteral("account:%1").arg(slowest);
    }
    return flow;
}

} // namespace carillon
