// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <QDate>
#include <QList>
#include <QString>

#include <optional>

namespace carillon {

// A rule of recurrence by whole days: what RFC 5545 (3.3.10) calls RRULE, without what is finer or rarer than a campaign
// needs: no HOURLY and finer, no BYHOUR, BYMINUTE, BYSECOND, BYWEEKNO, BYYEARDAY.
//
//     FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR;COUNT=10      the last Friday of every other month, ten times
struct RecurrenceRule {
    enum class Frequency { Daily, Weekly, Monthly, Yearly };

    struct Weekday {
        int day = 1; // 1: Monday ... 7: Sunday
        int ordinal = 0; // 2: the second, -1: the last of the month (or year); 0: each
    };

    Frequency frequency = Frequency::Daily;
    int interval = 1;
    int count = 0; // 0: no end by number
    std::optional<qint64> untilUtc; // the last possible moment ("UNTIL=20261224T080000Z") ...
    std::optional<qint64> untilWall; // ... or wall time ("UNTIL=20261224T090000"); of a date alone, its last millisecond
    QList<Weekday> weekdays;
    QList<int> monthDays; // 1 ... 31, -1 the last ... -31
    QList<int> months; // 1 ... 12
    QList<int> positions; // BYSETPOS: of the days of each period only these, -1 the last
    int weekStart = 1; // 1: Monday

    // The longest rule, and the most occurrences that it may count.
    static constexpr qsizetype MaxLength = 500;
    static constexpr int MaxCount = 10'000;

    // InvalidInput, with the field "rule", says which part is wrong, and why.
    static Result<RecurrenceRule> parse(const QString& text);

    // With what RFC 5545 takes from the start where the rule does not say it: the day of the week, of the month, the month.
    RecurrenceRule completedBy(const QDate& start) const;
    // Of a completed rule: whether one of its periods has the day, before BYSETPOS chooses.
    bool holds(const QDate& day) const;

private:
    bool holdsWeekday(const QDate& day) const;
};

} // namespace carillon
