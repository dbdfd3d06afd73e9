// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/dispatch/RecurrenceRule.h"
#include "engine/dispatch/WallClock.h"
#include "engine/model/Schedule.h"

#include <functional>

namespace carillon {

// The occurrences of a recurring schedule: days by the rule, always at the wall time of the start.
//
// - The first is the first day at or after the start that the rule holds; the start itself is none when it does not fit.
// - A wall time that a day skips or shows twice: see WallClock::utcOf().
// - There is none later than 200 years after the start, so that a rule that holds no day (30 February) comes to an end.
//
//     const Result<Recurrence> recurrence = Recurrence::of(schedule, brand.timeZone);
//     const std::optional<qint64> next = recurrence->next(clock.now());
//
// Cheap to ask: a jump near to `after`, then a few days; with COUNT from the start on, below a millisecond.
// A value; not thread-safe.
class Recurrence {
public:
    // A schedule's, in its zone or the given one. InvalidInput names the member of the schedule: "rule", "local_time".
    static Result<Recurrence> of(const Schedule& schedule, const QString& zone);

    // The first occurrence after a moment, UTC; nothing when there is none.
    std::optional<qint64> next(qint64 after) const;
    // The last one after a moment, up to and with another.
    std::optional<qint64> latest(qint64 after, qint64 upTo) const;
    // At the most `count` after a moment.
    QList<qint64> following(qint64 after, int count) const;

private:
    Recurrence(const RecurrenceRule& rule, qint64 start, const QString& zone);

    // Gives the occurrences after a moment in order, each once, until `take` says no.
    void walk(qint64 after, const std::function<bool(qint64)>& take) const;
    qint64 firstPeriod(qint64 wallAfter) const;
    QDate beginOf(qint64 period) const;
    QDate endOf(const QDate& begin) const;
    QList<QDate> daysOf(const QDate& begin) const;

    RecurrenceRule m_rule;
    qint64 m_start; // wall time
    QDate m_startDay;
    WallClock m_clock;
};

} // namespace carillon
