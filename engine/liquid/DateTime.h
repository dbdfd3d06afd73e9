// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace carillon::liquid {

class Notation;

// A moment and the zone in which it is shown.
struct DateTime {
    std::int64_t seconds = 0; // since 1970-01-01 00:00 UTC
    int milliseconds = 0;
    int offset = 0; // seconds east of UTC
    bool isDateOnly = false; // a day of the calendar, which is the same in every time zone
    std::string zoneName = {}; // "CEST"; empty: the offset says it all

    static std::optional<DateTime> fromFields(int year, int month, int day, int hour, int minute, int second);
};

// Reads "2026-07-01", "2026-07-01T09:30:00.250+02:00", "2026-07-01 09:30 UTC", "July 1, 2026", "1 Jul 2026 09:30" and
// seconds since 1970 ("1782898200"). Without a zone it is UTC. Years 1 to 9999.
std::optional<DateTime> parseDateTime(std::string_view text);

// strftime with Ruby's flags (%-d, %_d, %^a, %3N). Names of months and days, %x, %X, %c and %p are the locale's; English
// without one. At most about `maxBytes` are written.
std::string formatDateTime(const DateTime& time, std::string_view format, std::size_t maxBytes,
                           const Notation* notation = nullptr);

// The formats that have a name: "short", "medium", "long" and "full" (a date), each with " time" behind it as well, and
// "time". Written as the locale writes them; nothing when `name` is none of these.
std::optional<std::string> formatDateTimeNamed(const DateTime& time, std::string_view name, const Notation& notation);

} // namespace carillon::liquid
