// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/WallClock.h"

#include <QDateTime>

#include <limits>

namespace carillon {

namespace {

constexpr qint64 dayMs = 86'400'000;

QDateTime utcTime(qint64 utc)
{
    return QDateTime::fromMSecsSinceEpoch(utc, Qt::UTC);
}

} // namespace

WallClock::WallClock(const QString& zone)
    : m_zone(zone.isEmpty() ? QTimeZone::utc() : QTimeZone(zone.toLatin1()))
{
    if (!m_zone.isValid())
        m_zone = QTimeZone::utc();
}

qint64 WallClock::utcOf(qint64 wall) const
{
    // No offset changes twice within two days.
    const qint64 before = spanAt(wall - dayMs).offset;
    if (spanAt(wall - before).offset == before)
        return wall - before;
    const qint64 after = spanAt(wall + dayMs).offset;
    if (spanAt(wall - after).offset == after)
        return wall - after;
    return wall - before; // skipped
}

const WallClock::Span& WallClock::spanAt(qint64 utc) const
{
    if (m_spans[m_latest].holds(utc))
        return m_spans[m_latest];
    for (size_t i = 0; i < m_spans.size(); ++i) {
        if (m_spans[i].holds(utc)) {
            m_latest = i;
            return m_spans[i];
        }
    }
    m_latest = (m_latest + 1) % m_spans.size();
    m_spans[m_latest] = findSpan(utc);
    return m_spans[m_latest];
}

WallClock::Span WallClock::findSpan(qint64 utc) const
{
    Span span{std::numeric_limits<qint64>::min(), std::numeric_limits<qint64>::max(),
              m_zone.offsetFromUtc(utcTime(utc)) * 1'000LL};
    if (!m_zone.hasTransitions())
        return span;
    const QTimeZone::OffsetData begin = m_zone.previousTransition(utcTime(utc + 1));
    if (begin.atUtc.isValid())
        span.from = begin.atUtc.toMSecsSinceEpoch();
    const QTimeZone::OffsetData end = m_zone.nextTransition(utcTime(utc));
    if (end.atUtc.isValid())
        span.until = end.atUtc.toMSecsSinceEpoch();
    return span;
}

} // namespace carillon
