// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/TokenBucket.h"

#include <cmath>
#include <limits>

namespace carillon {

namespace {

constexpr qint64 token = 1'000'000'000'000;
constexpr double most = 1'000'000; // a second, and in a burst: all products stay within 64 bits

} // namespace

TokenBucket::TokenBucket(double perSecond, int burst, qint64 now)
{
    setRate(perSecond, burst, now);
    m_level = m_capacity;
}

void TokenBucket::setRate(double perSecond, int burst, qint64 now)
{
    settle(now);
    if (!(perSecond > 0)) {
        *this = {};
        return;
    }
    m_perSecond = qMin(perSecond, most);
    m_perMs = qMax<qint64>(1, qint64(std::floor(m_perSecond * (double(token) / 1'000))));
    const double tokens = burst > 0 ? qMin<double>(burst, most) : std::floor(m_perSecond);
    m_capacity = qint64(qMax(1.0, tokens)) * token;
    m_level = qMin(m_level, m_capacity);
    m_at = now;
}

qint64 TokenBucket::levelAt(qint64 now) const
{
    const qint64 missing = m_capacity - m_level;
    const qint64 elapsed = qMax<qint64>(0, now - m_at);
    // The product only when it is no more than what is missing: it could be too large.
    return elapsed > missing / m_perMs ? m_capacity : m_level + elapsed * m_perMs;
}

void TokenBucket::settle(qint64 now)
{
    if (!isLimited())
        return;
    m_level = levelAt(now);
    m_at = qMax(m_at, now);
}

int TokenBucket::available(qint64 now) const
{
    return isLimited() ? int(levelAt(now) / token) : std::numeric_limits<int>::max();
}

void TokenBucket::take(int count, qint64 now)
{
    if (!isLimited())
        return;
    settle(now);
    m_level -= count * token;
    Q_ASSERT(m_level >= 0);
}

void TokenBucket::giveBack(int count, qint64 now)
{
    if (!isLimited())
        return;
    settle(now);
    m_level = qMin(m_capacity, m_level + qMin<qint64>(count, qint64(most)) * token);
}

qint64 TokenBucket::nextAt(qint64 now) const
{
    if (!isLimited())
        return now;
    const qint64 missing = token - levelAt(now);
    if (missing <= 0)
        return now;
    return qMax(m_at, now) + (missing + m_perMs - 1) / m_perMs;
}

} // namespace carillon
