// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Filters.h"

#include "engine/liquid/DateTime.h"
#include "engine/liquid/Notation.h"
#include "engine/liquid/Problem.h"
#include "engine/liquid/ValueText.h"

namespace carillon::liquid::filters {

namespace {

constexpr std::size_t longestFormat = 1000;

std::optional<DateTime> momentOf(const FilterInput& in)
{
    std::string scratch;
    const std::string_view text = textOf(in.value, scratch);
    if (text != "now" && text != "today")
        return parseDateTime(text);
    if (in.context.now == 0)
        return std::nullopt;
    return DateTime{in.context.now / 1000, int(in.context.now % 1000), 0};
}

void moveToZone(DateTime& moment, const Notation& notation)
{
    if (moment.isDateOnly)
        return;
    if (const std::optional<int> offset = notation.offsetAt(moment.seconds)) {
        moment.offset = *offset;
        moment.zoneName = notation.abbreviationAt(moment.seconds);
    }
}

std::string settingText(const FilterInput& in, std::string_view name)
{
    const Value* value = in.setting(name);
    return value ? toText(*value) : std::string();
}

} // namespace

// What is no date passes unchanged, and so does everything when the format is empty.
FilterResult date(const FilterInput& in)
{
    const std::string format = toText(*in.arguments[0]);
    if (format.size() > longestFormat)
        return tl::unexpected(tr("The format given to “date” is longer than %1 bytes.", {std::to_string(longestFormat)}));
    std::optional<DateTime> moment = format.empty() ? std::nullopt : momentOf(in);
    if (!moment)
        return in.value;
    const std::string locale = settingText(in, "locale");
    const std::string zone = settingText(in, "zone");
    const Notation english({}, {});
    const Notation& usual = in.context.notation ? *in.context.notation : english;
    const Notation chosen(locale.empty() ? usual.localeName() : locale, zone.empty() ? usual.zoneName() : zone);
    const Notation& notation = locale.empty() && zone.empty() ? usual : chosen;
    moveToZone(*moment, notation);
    if (std::optional<std::string> named = formatDateTimeNamed(*moment, format, notation))
        return Value(*std::move(named));
    return Value(formatDateTime(*moment, format, in.context.maxBytes, &notation));
}

} // namespace carillon::liquid::filters
