// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/Recurrence.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>

namespace carillon {

namespace {

using Frequency = RecurrenceRule::Frequency;

constexpr int longestYears = 200;
constexpr qint64 dayMs = 86'400'000;

QDate dayOf(qint64 wall)
{
    return QDateTime::fromMSecsSinceEpoch(wall, Qt::UTC).date();
}

} // namespace

Result<Recurrence> Recurrence::of(const Schedule& schedule, const QString& zone)
{
    const Result<RecurrenceRule> rule = RecurrenceRule::parse(schedule.rule);
    if (!rule)
        return fail(rule.error());
    const std::optional<qint64> start = wallTimeOf(schedule.localTime);
    if (!start)
        return fail(ErrorCode::InvalidInput,
                    QCoreApplication::translate("Recurrence", "A recurring schedule needs its first day and hour."),
                    QStringLiteral("local_time"));
    return Recurrence(*rule, *start, schedule.zone.isEmpty() ? zone : schedule.zone);
}

Recurrence::Recurrence(const RecurrenceRule& rule, qint64 start, const QString& zone)
    : m_rule(rule.completedBy(dayOf(start)))
    , m_start(start)
    , m_startDay(dayOf(start))
    , m_clock(zone)
{
}

std::optional<qint64> Recurrence::next(qint64 after) const
{
    std::optional<qint64> found;
    walk(after, [&](qint64 utc) {
        found = utc;
        return false;
    });
    return found;
}

std::optional<qint64> Recurrence::latest(qint64 after, qint64 upTo) const
{
    std::optional<qint64> found;
    walk(after, [&](qint64 utc) {
        if (utc <= upTo)
            found = utc;
        return utc < upTo;
    });
    return found;
}

QList<qint64> Recurrence::following(qint64 after, int count) const
{
    QList<qint64> found;
    if (count > 0)
        walk(after, [&](qint64 utc) {
            found << utc;
            return found.size() < count;
        });
    return found;
}

void Recurrence::walk(qint64 after, const std::function<bool(qint64)>& take) const
{
    const qint64 timeOfDay = m_start - m_startDay.startOfDay(Qt::UTC).toMSecsSinceEpoch();
    const QDate horizon = m_startDay.addYears(longestYears);
    const qint64 wallAfter = m_clock.showsAt(after);
    int counted = 0;
    for (qint64 period = firstPeriod(wallAfter);; ++period) {
        const QDate begin = beginOf(period);
        if (begin > horizon)
            return;
        for (const QDate& day : daysOf(begin)) {
            const qint64 wall = day.startOfDay(Qt::UTC).toMSecsSinceEpoch() + timeOfDay;
            if (day < m_startDay)
                continue;
            if (day > horizon || (m_rule.count != 0 && ++counted > m_rule.count)
                || (m_rule.untilWall && wall > *m_rule.untilWall))
                return;
            if (wall < wallAfter - 2 * dayMs) // no need to ask the clock
                continue;
            const qint64 utc = m_clock.utcOf(wall);
            if (m_rule.untilUtc && utc > *m_rule.untilUtc)
                return;
            // A zone that leaves out a day, as Samoa did, has two days with the same moment.
            if (utc <= after)
                continue;
            after = utc;
            if (!take(utc))
                return;
        }
    }
}

// What is counted has to be counted from the start; else the walk begins a period or two before the moment.
qint64 Recurrence::firstPeriod(qint64 wallAfter) const
{
    if (m_rule.count != 0 || wallAfter <= m_start)
        return 0;
    const QDate day = dayOf(wallAfter);
    qint64 units = m_startDay.daysTo(day);
    if (m_rule.frequency == Frequency::Weekly)
        units /= 7;
    if (m_rule.frequency == Frequency::Monthly)
        units = (day.year() - m_startDay.year()) * 12LL + day.month() - m_startDay.month();
    if (m_rule.frequency == Frequency::Yearly)
        units = day.year() - m_startDay.year();
    return qMax<qint64>(0, units / m_rule.interval - 2);
}

QDate Recurrence::beginOf(qint64 period) const
{
    const qint64 steps = period * m_rule.interval;
    switch (m_rule.frequency) {
    case Frequency::Daily: return m_startDay.addDays(steps);
    case Frequency::Weekly: {
        const int intoWeek = (m_startDay.dayOfWeek() - m_rule.weekStart + 7) % 7;
        return m_startDay.addDays(steps * 7 - intoWeek);
    }
    case Frequency::Monthly: return QDate(m_startDay.year(), m_startDay.month(), 1).addMonths(int(steps));
    case Frequency::Yearly: return QDate(m_startDay.year(), 1, 1).addYears(int(steps));
    }
    return {};
}

QDate Recurrence::endOf(const QDate& begin) const
{
    switch (m_rule.frequency) {
    case Frequency::Daily: return begin.addDays(1);
    case Frequency::Weekly: return begin.addDays(7);
    case Frequency::Monthly: return begin.addMonths(1);
    case Frequency::Yearly: return begin.addYears(1);
    }
    return {};
}

QList<QDate> Recurrence::daysOf(const QDate& begin) const
{
    QList<QDate> days;
    const QDate end = endOf(begin);
    for (QDate day = begin; day < end; day = day.addDays(1)) {
        if (m_rule.holds(day))
            days << day;
    }
    if (m_rule.positions.isEmpty())
        return days;
    QList<QDate> chosen;
    for (qsizetype i = 0; i < days.size(); ++i) {
        if (m_rule.positions.contains(int(i) + 1) || m_rule.positions.contains(int(i - days.size())))
            chosen << days.at(i);
    }
    return chosen;
}

} // namespace carillon
