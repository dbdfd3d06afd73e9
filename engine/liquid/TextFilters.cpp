// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Filters.h"

#include "engine/liquid/FilterArguments.h"
#include "engine/liquid/Problem.h"
#include "engine/liquid/Utf8.h"
#include "engine/liquid/ValueText.h"

#include <algorithm>

namespace carillon::liquid::filters {

namespace {

tl::unexpected<std::string> noLength(std::string_view filter)
{
    return tl::unexpected(tr("The length given to “%1” is not a whole number.", {filter}));
}

std::size_t wordLength(std::string_view text)
{
    return std::size_t(std::find_if(text.begin(), text.end(), utf8::isBlank) - text.begin());
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

FilterResult stripNewlines(const FilterInput& in)
{
    std::string text = toText(in.value);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool isBreak = text[i] == '\n' || (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n');
        if (!isBreak)
            text[kept++] = text[i];
    }
    text.resize(kept);
    return Value(std::move(text));
}

FilterResult truncate(const FilterInput& in)
{
    constexpr std::int64_t usualLength = 50;
    const auto wanted = in.arguments[0] ? wholeNumber(*in.arguments[0]) : std::optional(usualLength);
    if (!wanted)
        return noLength("truncate");
    if (in.value.isNil())
        return Value();
    std::string scratch;
    const std::string_view text = textOf(in.value, scratch);
    const std::string ending = in.arguments[1] ? argumentText(in, 1) : "...";
    const auto length = std::size_t(std::max<std::int64_t>(*wanted, 0));
    if (utf8::length(text) <= length)
        return Value(text);
    const std::size_t endingLength = utf8::length(ending);
    return Value(utf8::left(text, length > endingLength ? length - endingLength : 0) + ending);
}

// The words that are left have one blank between them; a text that is short enough stays as it is.
FilterResult truncateWords(const FilterInput& in)
{
    constexpr std::int64_t usualLength = 15;
    const auto wanted = in.arguments[0] ? wholeNumber(*in.arguments[0]) : std::optional(usualLength);
    if (!wanted)
        return noLength("truncatewords");
    if (in.value.isNil())
        return Value();
    std::string scratch;
    const std::string_view text = textOf(in.value, scratch);
    std::string_view rest = utf8::trimLeft(text);
    std::string result;
    for (std::int64_t words = std::max<std::int64_t>(*wanted, 1); words > 0 && !rest.empty(); --words) {
        if (!result.empty())
            result.push_back(' ');
        const std::size_t length = wordLength(rest);
        result += rest.substr(0, length);
        rest.remove_prefix(length);
        if (words > 1)
            rest = utf8::trimLeft(rest);
    }
    if (rest.empty())
        return Value(text);
    return Value(result + (in.arguments[1] ? argumentText(in, 1) : "..."));
}

} // namespace carillon::liquid::filters
