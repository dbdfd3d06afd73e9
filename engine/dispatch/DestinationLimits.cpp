// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/DestinationLimits.h"

#include <algorithm>

namespace carillon {

void DestinationLimits::setLimits(const AccountLimits& limits, qint64 now)
{
    m_limits = limits;
    for (Entry& entry : m_entries) {
        if (!limits.adapt)
            entry.rate = AdaptiveRate(limits.destinationPerSecond);
        entry.rate.setLimit(limits.destinationPerSecond);
        applyRate(entry, now);
    }
}

void DestinationLimits::applyRate(Entry& entry, qint64 now) const
{
    // A large burst would undo what a destination that complained was slowed down to.
    const double perSecond = entry.rate.perSecond();
    const int burst = entry.rate.isSlowed() ? qMax(1, int(perSecond / 10)) : m_limits.destinationBurst;
    entry.bucket.setRate(perSecond, burst, now);
}

qint64 DestinationLimits::nextAt(const QString& destination, qint64 now) const
{
    const auto found = m_byName.constFind(destination);
    if (found == m_byName.cend())
        return now;
    const Entry& entry = **found;
    if (m_limits.destinationInFlight > 0 && entry.inFlight >= m_limits.destinationInFlight)
        return WithAnswer;
    return qMax(entry.waitUntil, entry.bucket.nextAt(now));
}

void DestinationLimits::take(const QString& destination, qint64 now)
{
    Entry& entry = touch(destination, now);
    entry.bucket.take(1, now);
    entry.meter.add(1, now);
    ++entry.inFlight;
}

void DestinationLimits::giveBack(const QString& destination, qint64 now)
{
    Entry& entry = touch(destination, now);
    entry.bucket.giveBack(1, now);
    entry.meter.add(-1, now);
    entry.inFlight = qMax(0, entry.inFlight - 1);
}

void DestinationLimits::answered(const QString& destination, bool taken, qint64 now)
{
    Entry& entry = touch(destination, now);
    entry.inFlight = qMax(0, entry.inFlight - 1);
    if (taken && m_limits.adapt && entry.rate.succeed(1))
        applyRate(entry, now);
}

void DestinationLimits::complained(const QString& destination, qint64 waitMs, qint64 now)
{
    Entry& entry = touch(destination, now);
    entry.waitUntil = qMax(entry.waitUntil, now + waitMs);
    if (m_limits.adapt && entry.rate.complain(now, entry.meter.perSecond(now), entry.waitUntil))
        applyRate(entry, now);
}

double DestinationLimits::expectedPerSecond(const QString& destination, qint64 now)
{
    const auto found = m_byName.constFind(destination);
    if (found == m_byName.cend())
        return 1;
    Entry& entry = **found;
    return entry.bucket.isLimited() ? entry.bucket.perSecond() : qMax(1.0, entry.meter.perSecond(now));
}

int DestinationLimits::slowCount(qint64 now) const
{
    return int(std::count_if(m_entries.begin(), m_entries.end(),
                             [now](const Entry& entry) { return entry.rate.isSlowed() || entry.waitUntil > now; }));
}

DestinationLimits::Entry& DestinationLimits::touch(const QString& destination, qint64 now)
{
    const auto found = m_byName.constFind(destination);
    if (found != m_byName.cend()) {
        m_entries.splice(m_entries.end(), m_entries, *found);
        return **found;
    }
    if (qsizetype(m_entries.size()) >= m_mostRemembered)
        forget();
    m_entries.push_back({destination, TokenBucket(m_limits.destinationPerSecond, m_limits.destinationBurst, now),
                         AdaptiveRate(m_limits.destinationPerSecond), RateMeter(), 0, 0});
    m_byName.insert(destination, std::prev(m_entries.end()));
    return m_entries.back();
}

// What is in flight must be counted until it is answered; there is no more of that than the account has in flight.
void DestinationLimits::forget()
{
    const auto idle
        = std::find_if(m_entries.begin(), m_entries.end(), [](const Entry& entry) { return entry.inFlight == 0; });
    if (idle == m_entries.end())
        return;
    m_byName.remove(idle->destination);
    m_entries.erase(idle);
}

} // namespace carillon
