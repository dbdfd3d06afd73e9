// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/AdaptiveRate.h"

namespace carillon {

namespace {

// One complaint is heeded in this time, even when the platform asks for no wait.
constexpr qint64 shortestDeafMs = 1'000;
// Half a minute of success at the full rate brings back what a complaint that halved it took, twice.
constexpr double secondsToBlamed = 30;
constexpr double leastStep = 0.1;

} // namespace

void AdaptiveRate::setLimit(double limit)
{
    const bool learned = isSlowed();
    m_limit = limit;
    if (!learned || (limit != 0 && m_rate > limit))
        m_rate = limit;
}

bool AdaptiveRate::complain(qint64 now, double usedPerSecond, qint64 heedUntil)
{
    if (now < m_deafUntil)
        return false;
    m_deafUntil = qMax(now + shortestDeafMs, heedUntil);
    // Half of what is allowed would be no less when only a part of it was used. A message or two after a rest say little
    // about a rate, so the part counts as one a second at least.
    const double used = qMax(1.0, usedPerSecond);
    m_blamed = m_rate > 0 ? qMin(m_rate, used) : used;
    const double least = m_limit > 0 ? qMin(m_limit, Least) : Least;
    m_rate = qMax(least, m_blamed / 2);
    return true;
}

bool AdaptiveRate::succeed(int count)
{
    if (!isSlowed() || count <= 0)
        return false;
    const double step = qMax(leastStep, m_blamed / secondsToBlamed);
    m_rate += count * step / m_rate; // `step` a second when all of the rate is used
    if (m_limit > 0)
        m_rate = qMin(m_rate, m_limit);
    else if (m_rate > 2 * m_blamed)
        m_rate = 0;
    return true;
}

} // namespace carillon
