// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/RecurrenceRule.h"

#include "engine/dispatch/RecurrenceParser.h"

namespace carillon {

Result<RecurrenceRule> RecurrenceRule::parse(const QString& text)
{
    return RecurrenceParser(text).parse();
}

RecurrenceRule RecurrenceRule::completedBy(const QDate& start) const
{
    RecurrenceRule complete = *this;
    if (!weekdays.isEmpty() || !monthDays.isEmpty())
        return complete;
    if (frequency == Frequency::Weekly)
        complete.weekdays << Weekday{start.dayOfWeek(), 0};
    if (frequency == Frequency::Monthly || frequency == Frequency::Yearly)
        complete.monthDays << start.day();
    if (frequency == Frequency::Yearly && months.isEmpty())
        complete.months << start.month();
    return complete;
}

bool RecurrenceRule::holds(const QDate& day) const
{
    if (!months.isEmpty() && !months.contains(day.month()))
        return false;
    if (!monthDays.isEmpty() && !monthDays.contains(day.day()) && !monthDays.contains(day.day() - day.daysInMonth() - 1))
        return false;
    return weekdays.isEmpty() || holdsWeekday(day);
}

bool RecurrenceRule::holdsWeekday(const QDate& day) const
{
    const bool ofYear = frequency == Frequency::Yearly && months.isEmpty();
    const int index = (ofYear ? day.dayOfYear() : day.day()) - 1;
    const int length = ofYear ? day.daysInYear() : day.daysInMonth();
    const int fromStart = index / 7 + 1;
    const int fromEnd = -((length - 1 - index) / 7 + 1);
    for (const Weekday& weekday : weekdays) {
        if (weekday.day == day.dayOfWeek()
            && (weekday.ordinal == 0 || weekday.ordinal == fromStart || weekday.ordinal == fromEnd))
            return true;
    }
    return false;
}

} // namespace carillon
