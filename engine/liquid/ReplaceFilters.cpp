// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Filters.h"

#include "engine/liquid/FilterArguments.h"
#include "engine/liquid/Utf8.h"
#include "engine/liquid/ValueText.h"

namespace carillon::liquid::filters {

namespace {

enum class Which { All, First, Last };

// Nothing stands before, between and behind the characters: "ab" with "" replaced by "-" is "-a-b-".
FilterResult replaceNothing(std::string_view text, std::string_view by, const FilterInput& in)
{
    std::string result(by);
    while (!text.empty()) {
        const std::size_t character = utf8::byteOf(text, 1);
        result.append(text.substr(0, character)).append(by);
        text.remove_prefix(character);
        if (result.size() > in.context.maxBytes)
            return textTooLarge();
    }
    return Value(std::move(result));
}

FilterResult replaceAll(std::string_view text, std::string_view what, std::string_view by, const FilterInput& in)
{
    if (what.empty())
        return by.empty() ? FilterResult(Value(text)) : replaceNothing(text, by, in);
    std::string result;
    std::size_t done = 0;
    for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, done)) {
        result.append(text.substr(done, at - done)).append(by);
        done = at + what.size();
        if (result.size() > in.context.maxBytes)
            return textTooLarge();
    }
    return Value(result.append(text.substr(done)));
}

FilterResult replaceIn(const FilterInput& in, std::string_view by, Which which)
{
    std::string scratch;
    const std::string_view text = textOf(in.value, scratch);
    const std::string what = argumentText(in, 0);
    if (which == Which::All)
        return replaceAll(text, what, by, in);
    const std::size_t at = which == Which::First ? text.find(what) : text.rfind(what);
    if (at == text.npos)
        return Value(text);
    return Value(std::string(text.substr(0, at)).append(by).append(text.substr(at + what.size())));
}

} // namespace

FilterResult remove(const FilterInput& in)
{
    return replaceIn(in, {}, Which::All);
}

FilterResult removeFirst(const FilterInput& in)
{
    return replaceIn(in, {}, Which::First);
}

FilterResult removeLast(const FilterInput& in)
{
    return replaceIn(in, {}, Which::Last);
}

FilterResult replace(const FilterInput& in)
{
    return replaceIn(in, argumentText(in, 1), Which::All);
}

FilterResult replaceFirst(const FilterInput& in)
{
    return replaceIn(in, argumentText(in, 1), Which::First);
}

FilterResult replaceLast(const FilterInput& in)
{
    return replaceIn(in, argumentText(in, 1), Which::Last);
}

} // namespace carillon::liquid::filters
