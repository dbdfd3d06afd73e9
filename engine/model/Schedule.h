// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace carillon {

enum class ScheduleKind {
    At, // one moment for everybody: Campaign::scheduledAt
    ContactZone, // localTime in each contact's own time zone
    Recurring, // again and again by `rule`; each occurrence is a campaign of its own
};

// What happens to a campaign whose hour passed while the engine was off or the machine asleep.
enum class MissedPolicy {
    Ask, // it is paused, and a person decides
    Send, // sent after all when less than missedWithinMs late, else as Ask
    Skip, // sent after all when less than missedWithinMs late, else left alone: cancelled, or its next occurrence
};

// Part of a day, in minutes after midnight. From later than to runs over midnight: 22:00-07:00. The whole day: 00:00-24:00.
struct DayPart {
    int from = 0;
    int to = 0;

    // "22:00-07:00"; InvalidInput says what is expected.
    static Result<DayPart> parse(const QString& text);
    QString text() const;
    bool holds(int minuteOfDay) const; // [from, to)

    friend bool operator==(const DayPart&, const DayPart&) = default;
};

// When deliveries may go out at all; what falls outside waits for the next opening.
struct SendWindow {
    DayPart hours{9 * 60, 18 * 60};
    int days = 0b1111111; // bit 0: Monday ... bit 6: Sunday; hours over midnight belong to the day on which they begin
    QString zone; // IANA; empty: each contact's own

    friend bool operator==(const SendWindow&, const SendWindow&) = default;
};

// When a campaign goes out.
//
//     {"kind": "recurring", "local_time": "2026-12-01T09:00", "zone": "Europe/Madrid", "rule": "FREQ=WEEKLY;BYDAY=MO,TH",
//      "window": {"hours": "09:00-18:00", "days": "MO,TU,WE,TH,FR", "zone": ""},
//      "missed": "send", "missed_within_ms": 3600000, "expires_after_ms": 86400000}
struct Schedule {
    ScheduleKind kind = ScheduleKind::At;
    QString localTime; // ContactZone, Recurring: "2026-12-24T09:00", on the wall clock
    QString zone; // Recurring: whose wall clock, IANA; empty: the brand's. ContactZone: of contacts without one
    QString rule; // Recurring: RFC 5545 RRULE (see engine/dispatch/Recurrence.h)
    std::optional<SendWindow> window;
    MissedPolicy missed = MissedPolicy::Ask;
    qint64 missedWithinMs = 0;
    qint64 expiresAfterMs = 0; // deliveries not sent so long after they were due expire; 0: by the topic's lifetime alone

    friend bool operator==(const Schedule&, const Schedule&) = default;
};

QJsonObject toJson(const Schedule& schedule);
Result<Schedule> scheduleOf(const QJsonObject& object);

// What a wall clock shows as "2026-12-24T09:00", in milliseconds since it showed 1970-01-01T00:00; nothing when that is no
// date and time. In which zone it hangs says somebody else, so every hour of a day is there.
std::optional<qint64> wallTimeOf(const QString& text);
QString wallTimeText(qint64 wall);

// "MO,TU" and back; the names of RFC 5545.
QString weekdaysText(int days);
std::optional<int> weekdaysOf(const QString& text);

} // namespace carillon
