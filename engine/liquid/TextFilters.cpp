// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Filters.h"

#include "engine/liquid/Problem.h"
#include "engine/liquid/Utf8.h"
#include "engine/liquid/ValueText.h"

namespace carillon::liquid::filters {

namespace {

FilterResult tooLarge()
{
    return tl::unexpected(tr("The text grows too large here."));
}

std::string argumentText(const FilterInput& in, std::size_t index)
{
    return in.arguments[index] ? toText(*in.arguments[index]) : std::string();
}

FilterResult replaceAll(const FilterInput& in, std::string_view what, std::string_view by)
{
    std::string scratch;
    const std::string_view text = textOf(in.value, scratch);
    if (what.empty())
        return Value(text);
    std::string result;
    std::size_t done = 0;
    for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, done)) {
        result.append(text.substr(done, at - done)).append(by);
        done = at + what.size();
        if (result.size() > in.maxBytes)
            return tooLarge();
    }
    return Value(result.append(text.substr(done)));
}

} // namespace

FilterResult append(const FilterInput& in)
{
    return Value(toText(in.value) + argumentText(in, 0));
}

FilterResult prepend(const FilterInput& in)
{
    return Value(argumentText(in, 0) + toText(in.value));
}

FilterResult upcase(const FilterInput& in)
{
    std::string scratch;
    return Value(utf8::upper(textOf(in.value, scratch)));
}

FilterResult downcase(const FilterInput& in)
{
    std::string scratch;
    return Value(utf8::lower(textOf(in.value, scratch)));
}

FilterResult capitalize(const FilterInput& in)
{
    std::string scratch;
    const std::string_view text = textOf(in.value, scratch);
    const std::size_t first = utf8::byteOf(text, 1);
    return Value(utf8::upper(text.substr(0, first)) + utf8::lower(text.substr(first)));
}

FilterResult strip(const FilterInput& in)
{
    std::string scratch;
    return Value(utf8::trim(textOf(in.value, scratch)));
}

FilterResult lstrip(const FilterInput& in)
{
    std::string scratch;
    return Value(utf8::trimLeft(textOf(in.value, scratch)));
}

FilterResult rstrip(const FilterInput& in)
{
    std::string scratch;
    return Value(utf8::trimRight(textOf(in.value, scratch)));
}

FilterResult replace(const FilterInput& in)
{
    return replaceAll(in, argumentText(in, 0), argumentText(in, 1));
}

FilterResult remove(const FilterInput& in)
{
    return replaceAll(in, argumentText(in, 0), {});
}

FilterResult truncate(const FilterInput& in)
{
    constexpr std::int64_t usualLength = 50;
    const auto wanted = in.arguments[0] ? toInteger(*in.arguments[0]) : std::optional(usualLength);
    if (!wanted)
        return tl::unexpected(tr("The length given to “truncate” is not a number."));
    std::string scratch;
    const std::string_view text = textOf(in.value, scratch);
    const std::string ending = in.arguments[1] ? argumentText(in, 1) : "...";
    const auto length = std::size_t(std::max<std::int64_t>(*wanted, 0));
    if (utf8::length(text) <= length)
        return Value(text);
    const std::size_t endingLength = utf8::length(ending);
    return Value(utf8::left(text, length > endingLength ? length - endingLength : 0) + ending);
}

} // namespace carillon::liquid::filters
