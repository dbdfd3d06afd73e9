// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/DateTime.h"

#include "engine/liquid/Utf8.h"
#include "engine/liquid/ValueText.h"

#include <array>
#include <charconv>
#include <chrono>

namespace carillon::liquid {

namespace {

constexpr std::array<std::string_view, 12> monthNames{"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::int64_t latestSecond = 253'402'300'799; // the end of year 9999
constexpr std::int64_t earliestSecond = -62'135'596'800; // the start of year 1

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Takes parts off the front of a date.
class Reader {
public:
    explicit Reader(std::string_view text)
        : m_text(text)
    {
    }

    bool atEnd() const { return m_text.empty(); }
    bool nextIsDigit() const { return !m_text.empty() && isDigit(m_text.front()); }

    bool take(char c)
    {
        const bool found = m_text.starts_with(c);
        m_text.remove_prefix(found);
        return found;
    }

    void skipBlanks()
    {
        while (take(' ') || take(',')) { }
    }

    // A number of at most `digits` digits; -1 when there is none.
    int number(std::size_t digits)
    {
        std::size_t length = 0;
        while (length < digits && length < m_text.size() && isDigit(m_text[length]))
            ++length;
        int value = -1;
        std::from_chars(m_text.data(), m_text.data() + length, value);
        m_text.remove_prefix(length);
        return value;
    }

    std::string word()
    {
        std::size_t length = 0;
        while (length < m_text.size() && isLetter(m_text[length]))
            ++length;
        std::string result = utf8::lower(m_text.substr(0, length));
        m_text.remove_prefix(length);
        return result;
    }

private:
    std::string_view m_text;
};

struct Fields {
    int year = -1, month = -1, day = -1, hour = 0, minute = 0, second = 0, milliseconds = 0, offset = 0;
};

int monthOf(std::string_view word)
{
    for (std::size_t i = 0; i < monthNames.size(); ++i) {
        if (word.size() >= 3 && word.starts_with(monthNames[i]))
            return int(i) + 1;
    }
    return -1;
}

bool readNumericDate(Reader& in, Fields& fields)
{
    fields.year = in.number(4);
    if (!in.take('-') && !in.take('/'))
        return false;
    fields.month = in.number(2);
    if (!in.take('-') && !in.take('/'))
        return false;
    fields.day = in.number(2);
    return true;
}

// "July 1, 2026", "1 July 2026", "Wed, 1 Jul 2026".
bool readNamedDate(Reader& in, Fields& fields)
{
    for (int part = 0; part < 4 && (fields.year < 0 || fields.month < 0 || fields.day < 0); ++part) {
        in.skipBlanks();
        if (in.nextIsDigit()) {
            (fields.day < 0 ? fields.day : fields.year) = in.number(4);
            continue;
        }
        const int month = monthOf(in.word());
        if (month > 0)
            fields.month = month;
        else if (part > 0)
            return false;
        in.take('.');
    }
    return fields.year >= 0 && fields.month > 0 && fields.day > 0;
}

int readFraction(Reader& in)
{
    int milliseconds = 0;
    for (int scale = 100; in.nextIsDigit(); scale /= 10)
        milliseconds += in.number(1) * scale;
    return milliseconds;
}

bool readTime(Reader& in, Fields& fields)
{
    fields.hour = in.number(2);
    if (!in.take(':'))
        return false;
    fields.minute = in.number(2);
    if (!in.take(':'))
        return true;
    fields.second = in.number(2);
    if (in.take('.') || in.take(','))
        fields.milliseconds = readFraction(in);
    return true;
}

bool readZone(Reader& in, Fields& fields)
{
    in.skipBlanks();
    if (in.atEnd())
        return true;
    const bool west = in.take('-');
    if (west || in.take('+')) {
        const int hours = in.number(2);
        in.take(':');
        const int minutes = in.nextIsDigit() ? in.number(2) : 0;
        fields.offset = (west ? -1 : 1) * (hours * 3600 + minutes * 60);
        return hours >= 0 && hours < 24 && minutes < 60 && in.atEnd();
    }
    const std::string zone = in.word();
    return (zone == "z" || zone == "utc" || zone == "gmt") && in.atEnd();
}

std::optional<DateTime> fromEpoch(std::string_view text)
{
    const std::optional<std::int64_t> seconds = toInteger(Value(text));
    if (!seconds || *seconds < earliestSecond || *seconds > latestSecond)
        return std::nullopt;
    return DateTime{*seconds};
}

bool isNumeric(std::string_view text)
{
    return text.find_first_not_of("0123456789-") == text.npos && text.rfind('-') + 1 <= 1;
}

} // namespace

std::optional<DateTime> DateTime::fromFields(int year, int month, int day, int hour, int minute, int second)
{
    using namespace std::chrono;
    if (year < 1 || year > 9999 || month < 1 || day < 1 || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0
        || second > 60)
        return std::nullopt;
    const year_month_day date{std::chrono::year(year), std::chrono::month(unsigned(month)), std::chrono::day(unsigned(day))};
    if (!date.ok())
        return std::nullopt;
    return DateTime{std::int64_t(sys_days(date).time_since_epoch().count()) * 86'400 + hour * 3600 + minute * 60 + second};
}

std::optional<DateTime> parseDateTime(std::string_view text)
{
    text = utf8::trim(text);
    if (isNumeric(text))
        return fromEpoch(text);
    Reader in(text);
    Fields fields;
    const bool isNumericDate = text.size() > 4 && isDigit(text[0]) && (text[4] == '-' || text[4] == '/');
    if (!(isNumericDate ? readNumericDate(in, fields) : readNamedDate(in, fields)))
        return std::nullopt;
    if (!in.take('T'))
        in.skipBlanks();
    const bool isDateOnly = !in.nextIsDigit();
    if (!isDateOnly && !readTime(in, fields))
        return std::nullopt;
    if (!readZone(in, fields))
        return std::nullopt;
    auto result = DateTime::fromFields(fields.year, fields.month, fields.day, fields.hour, fields.minute, fields.second);
    if (result) {
        result->seconds -= fields.offset;
        result->milliseconds = fields.milliseconds;
        result->offset = fields.offset;
        result->isDateOnly = isDateOnly;
    }
    return result;
}

} // namespace carillon::liquid
