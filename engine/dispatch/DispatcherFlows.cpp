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

// What the accounts that a campaign goes through allow together.
class Dispatcher::Ways {
public:
    void add(qint64 account, const AccountLine& line)
    {
        if (line.isOpen() && !m_isOpen) // what the others would allow does not count any more
            *this = {};
        if (!line.isOpen() && m_isOpen)
            return;
        m_isOpen = line.isOpen();
        m_isBound = m_isBound && line.perSecond() > 0;
        m_perMinute += line.perSecond() * 60;
        if (const qint64 opens = line.opensAt(); m_account == 0 || isSooner(opens))
            m_opensAt = opens;
        if (m_account == 0 || line.perSecond() < m_leastPerSecond) {
            m_account = account;
            m_leastPerSecond = line.perSecond();
            m_isDown = line.outSince() >= 0;
        }
    }

    bool areNone() const { return m_account == 0; }
    bool isOpen() const { return m_isOpen; }
    // 0: without a limit, as soon as one of them has none.
    double perMinute() const { return m_isBound ? m_perMinute : 0; }
    qint64 opensAt() const { return m_opensAt; } // the first of them; steady, 0: nobody knows
    QString name() const
    {
        return (m_isDown ? QStringLiteral("account_down:%1") : QStringLiteral("account:%1")).arg(m_account);
    }

private:
    bool isSooner(qint64 opens) const { return opens != 0 && (m_opensAt == 0 || opens < m_opensAt); }

    bool m_isOpen = false; // at least one; then only those that are count
    bool m_isBound = true;
    bool m_isDown = false;
    double m_perMinute = 0;
    double m_leastPerSecond = 0;
    qint64 m_account = 0; // the slowest of them
    qint64 m_opensAt = 0;
};

Dispatcher::Ways Dispatcher::waysOf(const ActiveCampaign& active)
{
    Ways ways;
    for (const auto& [account, lane] : active.lanes) {
        if (!isAtRest(active.campaign.id, account, lane))
            ways.add(account, lineOf(account));
    }
    return ways;
}

CampaignFlow Dispatcher::flowOf(ActiveCampaign& active)
{
    const qint64 now = m_clock.steady();
    const Ways ways = waysOf(active);
    const double throttle = active.throttle.perSecond() * 60;
    const bool isThrottled = throttle > 0 && (ways.perMinute() == 0 || throttle < ways.perMinute());
    CampaignFlow flow;
    const qint64 measuredMs = qBound<qint64>(1'000, now - active.since, minuteMs);
    flow.perMinute = double(active.sent.count(now)) * double(minuteMs) / double(measuredMs);
    flow.boundPerMinute = isThrottled ? throttle : ways.perMinute();
    const auto allowance = m_allowances.find(active.campaign.id);
    if (allowance != m_allowances.end() && allowance->second <= 0) {
        flow.limitedBy = QStringLiteral("canary");
    } else if (active.opensAt > m_clock.now()) {
        flow.limitedBy = QStringLiteral("window");
        flow.opensAt = active.opensAt;
    } else if (!ways.areNone() && !ways.isOpen()) {
        flow.limitedBy = ways.name();
        flow.opensAt = ways.opensAt() == 0 ? 0 : m_clock.now() + ways.opensAt() - now;
    } else if (!ways.areNone() && flow.boundPerMinute > 0) { // else nothing of it waits
        flow.limitedBy = isThrottled ? QStringLiteral("throttle") : ways.name();
    }
    return flow;
}

} // namespace carillon
