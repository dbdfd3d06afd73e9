// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/DateTime.h"

#include "engine/liquid/Notation.h"
#include "engine/liquid/Utf8.h"

#include <array>
#include <chrono>

namespace carillon::liquid {

namespace {

using namespace std::chrono;

constexpr std::array<std::string_view, 7> dayNames{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                   "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> monthNames{"January", "February", "March",     "April",   "May",      "June",
                                                      "July",    "August",   "September", "October", "November", "December"};
constexpr std::size_t shortName = 3;
constexpr int maxWidth = 64;

// The moment as a calendar and a clock show it in its zone.
struct Shown {
    Shown(const DateTime& time, const Notation* as)
        : local(seconds(time.seconds + time.offset))
        , midnight(floor<days>(local))
        , date(midnight)
        , weekDay(midnight)
        , clock(local - midnight)
        , source(time)
        , notation(as && as->hasLocale() ? as : nullptr)
    {
    }

    int year() const { return int(date.year()); }
    int dayOfYear() const { return int((midnight - sys_days(date.year() / January / 1)).count()) + 1; }
    int hour12() const { return int(clock.hours().count() % 12 ? clock.hours().count() % 12 : 12); }
    bool isAfternoon() const { return clock.hours().count() >= 12; }

    sys_seconds local;
    sys_days midnight;
    year_month_day date;
    weekday weekDay;
    hh_mm_ss<seconds> clock;
    const DateTime& source;
    const Notation* notation; // nullptr: English
    bool hasDay = false; // the format writes the day of the month
};

// ISO 8601: the week belongs to the year that has its Thursday.
std::pair<int, int> isoYearAndWeek(const Shown& shown)
{
    const sys_days thursday = shown.midnight + days(4 - int(shown.weekDay.iso_encoding()));
    const year_month_day date(thursday);
    return {int(date.year()), int((thursday - sys_days(date.year() / January / 1)).count()) / 7 + 1};
}

// One %-directive: %[flag][width]letter.
struct Directive {
    char flag = 0; // '-' no padding, '_' blanks, '0' zeros, '^' upper case
    int width = -1;
    char letter = 0;
};

std::string number(const Directive& directive, std::int64_t value, int width, char padding = '0')
{
    if (directive.flag == '-')
        return std::to_string(value);
    if (directive.flag == '_')
        padding = ' ';
    if (directive.flag == '0')
        padding = '0';
    width = directive.width >= 0 ? directive.width : width;
    std::string digits = std::to_string(value < 0 ? -value : value);
    if (const int missing = width - int(digits.size()) - (value < 0); missing > 0)
        digits.insert(0, std::size_t(missing), padding);
    return value < 0 ? "-" + digits : digits;
}

std::string zone(const DateTime& time, bool colon)
{
    const int minutes = std::abs(time.offset) / 60;
    const Directive plain;
    std::string text(1, time.offset < 0 ? '-' : '+');
    text += number(plain, minutes / 60, 2);
    if (colon)
        text += ':';
    return text += number(plain, minutes % 60, 2);
}

std::string fraction(const Directive& directive, int milliseconds)
{
    std::string digits = number({}, milliseconds, 3) + "000000";
    digits.resize(std::size_t(directive.width > 0 ? directive.width : directive.letter == 'L' ? 3 : 9), '0');
    return digits;
}

std::string_view combination(char letter)
{
    switch (letter) {
    case 'c': return "%a %b %e %H:%M:%S %Y";
    case 'D':
    case 'x': return "%m/%d/%y";
    case 'F': return "%Y-%m-%d";
    case 'r': return "%I:%M:%S %p";
    case 'R': return "%H:%M";
    case 'T':
    case 'X': return "%H:%M:%S";
    case 'v': return "%e-%^b-%Y";
    default: return {};
    }
}

// What the locale itself has a way to write.
std::string_view localCombination(char letter)
{
    switch (letter) {
    case 'c': return "medium time";
    case 'x': return "short";
    case 'X': return "time";
    default: return {};
    }
}

// %d, %e and their like, with any flags.
bool writesDay(std::string_view format)
{
    for (std::size_t at = format.find('%'); at != format.npos; at = format.find('%', at + 2)) {
        const std::size_t letter = format.find_first_not_of("-_0^", at + 1);
        if (letter != format.npos && (format[letter] == 'd' || format[letter] == 'e'))
            return true;
    }
    return false;
}

std::string dayName(const Shown& shown, QLocale::FormatType format)
{
    if (shown.notation)
        return shown.notation->locale().dayName(int(shown.weekDay.iso_encoding()), format).toStdString();
    const std::string_view name = dayNames[shown.weekDay.c_encoding()];
    return std::string(format == QLocale::LongFormat ? name : name.substr(0, shortName));
}

// Many languages decline the name of a month that has its day before it.
std::string monthName(const Shown& shown, QLocale::FormatType format)
{
    const unsigned month = unsigned(shown.date.month());
    if (shown.notation) {
        const QLocale& locale = shown.notation->locale();
        return (shown.hasDay ? locale.monthName(int(month), format) : locale.standaloneMonthName(int(month), format))
            .toStdString();
    }
    const std::string_view name = monthNames[month - 1];
    return std::string(format == QLocale::LongFormat ? name : name.substr(0, shortName));
}

std::string halfOfDay(const Shown& shown, bool upper)
{
    if (!shown.notation)
        return upper ? shown.isAfternoon() ? "PM" : "AM" : shown.isAfternoon() ? "pm" : "am";
    const QLocale& locale = shown.notation->locale();
    const QString text = shown.isAfternoon() ? locale.pmText() : locale.amText();
    return (upper ? text : locale.toLower(text)).toStdString();
}

std::optional<std::string> calendarField(const Directive& d, const Shown& shown)
{
    switch (d.letter) {
    case 'Y': return number(d, shown.year(), 4);
    case 'C': return number(d, shown.year() / 100, 2);
    case 'y': return number(d, shown.year() % 100, 2);
    case 'm': return number(d, unsigned(shown.date.month()), 2);
    case 'd': return number(d, unsigned(shown.date.day()), 2);
    case 'e': return number(d, unsigned(shown.date.day()), 2, ' ');
    case 'j': return number(d, shown.dayOfYear(), 3);
    case 'u': return number(d, shown.weekDay.iso_encoding(), 1);
    case 'w': return number(d, shown.weekDay.c_encoding(), 1);
    case 'G': return number(d, isoYearAndWeek(shown).first, 4);
    case 'V': return number(d, isoYearAndWeek(shown).second, 2);
    case 'U': return number(d, (shown.dayOfYear() + 6 - int(shown.weekDay.c_encoding())) / 7, 2);
    case 'W': return number(d, (shown.dayOfYear() + 7 - int(shown.weekDay.iso_encoding())) / 7, 2);
    case 'A': return dayName(shown, QLocale::LongFormat);
    case 'a': return dayName(shown, QLocale::ShortFormat);
    case 'B': return monthName(shown, QLocale::LongFormat);
    case 'b':
    case 'h': return monthName(shown, QLocale::ShortFormat);
    default: return std::nullopt;
    }
}

std::optional<std::string> clockField(const Directive& d, const Shown& shown)
{
    switch (d.letter) {
    case 'H': return number(d, shown.clock.hours().count(), 2);
    case 'k': return number(d, shown.clock.hours().count(), 2, ' ');
    case 'I': return number(d, shown.hour12(), 2);
    case 'l': return number(d, shown.hour12(), 2, ' ');
    case 'M': return number(d, shown.clock.minutes().count(), 2);
    case 'S': return number(d, shown.clock.seconds().count(), 2);
    case 'L':
    case 'N': return fraction(d, shown.source.milliseconds);
    case 'p': return halfOfDay(shown, true);
    case 'P': return halfOfDay(shown, false);
    case 's': return std::to_string(shown.source.seconds);
    case 'z': return zone(shown.source, false);
    case 'Z':
        if (!shown.source.zoneName.empty())
            return shown.source.zoneName;
        return shown.source.offset == 0 ? "UTC" : zone(shown.source, true);
    case 'n': return "\n";
    case 't': return "\t";
    case '%': return "%";
    default: return std::nullopt;
    }
}

// The directive at the start of `text` (behind the %), and how many bytes it takes.
std::pair<Directive, std::size_t> readDirective(std::string_view text)
{
    Directive directive;
    std::size_t i = 0;
    if (i < text.size() && std::string_view("-_0^").find(text[i]) != text.npos)
        directive.flag = text[i++];
    for (; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i)
        directive.width = std::min(maxWidth, std::max(directive.width, 0) * 10 + (text[i] - '0'));
    if (i < text.size())
        directive.letter = text[i++];
    return {directive, i};
}

std::string field(const Directive& directive, const Shown& shown)
{
    if (const std::string_view name = localCombination(directive.letter); shown.notation && !name.empty())
        return formatDateTimeNamed(shown.source, name, *shown.notation).value_or(std::string());
    if (const std::string_view longer = combination(directive.letter); !longer.empty())
        return formatDateTime(shown.source, longer, std::string::npos, shown.notation);
    std::optional<std::string> text = calendarField(directive, shown);
    if (!text)
        text = clockField(directive, shown);
    if (!text)
        return std::string("%") + (directive.letter ? std::string(1, directive.letter) : std::string());
    return directive.flag == '^' ? utf8::upper(*text) : *text;
}

} // namespace

std::string formatDateTime(const DateTime& time, std::string_view format, std::size_t maxBytes, const Notation* notation)
{
    Shown shown(time, notation);
    shown.hasDay = writesDay(format);
    std::string result;
    while (!format.empty() && result.size() < maxBytes) {
        const std::size_t percent = std::min(format.find('%'), format.size());
        result += format.substr(0, percent);
        format.remove_prefix(percent);
        if (format.empty())
            break;
        const auto [directive, length] = readDirective(format.substr(1));
        result += field(directive, shown);
        format.remove_prefix(length + 1);
    }
    return result;
}

} // namespace carillon::liquid
