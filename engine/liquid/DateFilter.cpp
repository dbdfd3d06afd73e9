// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Filters.h"

#include "engine/liquid/DateTime.h"
#include "engine/liquid/ValueText.h"

namespace carillon::liquid::filters {

namespace {

std::optional<DateTime> momentOf(const FilterInput& in)
{
    std::string scratch;
    const std::string_view text = textOf(in.value, scratch);
    if (text != "now" && text != "today")
        return parseDateTime(text);
    if (in.now == 0)
        return std::nullopt;
    return DateTime{in.now / 1000, int(in.now % 1000), 0};
}

} // namespace

// What is no date passes unchanged, and so does everything when the format is empty.
FilterResult date(const FilterInput& in)
{
    const std::string format = toText(*in.arguments[0]);
    const std::optional<DateTime> moment = format.empty() ? std::nullopt : momentOf(in);
    return moment ? Value(formatDateTime(*moment, format, in.maxBytes)) : in.value;
}

} // namespace carillon::liquid::filters
