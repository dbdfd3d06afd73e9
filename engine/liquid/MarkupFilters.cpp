// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Filters.h"

#include "engine/liquid/ValueText.h"

namespace carillon::liquid::filters {

namespace {

constexpr int maxDepth = 100;

Value rawValue(const Value& value, int depth)
{
    if (value.isNil() || value.isMarkup() || depth > maxDepth)
        return value;
    const auto* array = value.array();
    if (!array)
        return Value::markup(toText(value));
    Array result;
    for (const Value& element : *array)
        result.push_back(rawValue(element, depth + 1));
    return result;
}

// Removes what goes from `open` to the next `close`, wherever both are.
void removeBetween(std::string& text, std::string_view open, std::string_view close)
{
    std::string result;
    std::size_t done = 0;
    for (std::size_t at = text.find(open); at != text.npos; at = text.find(open, done)) {
        const std::size_t end = text.find(close, at + open.size());
        if (end == text.npos)
            break;
        result.append(text, done, at - done);
        done = end + close.size();
    }
    text = result.append(text, done);
}

} // namespace

FilterResult escape(const FilterInput& in)
{
    if (in.value.isNil())
        return Value();
    std::string scratch;
    std::string result;
    appendHtmlEscaped(textOf(in.value, scratch), result);
    return Value(std::move(result));
}

FilterResult escapeOnce(const FilterInput& in)
{
    std::string scratch;
    std::string result;
    appendHtmlEscapedOnce(textOf(in.value, scratch), result);
    return Value(std::move(result));
}

FilterResult json(const FilterInput& in)
{
    std::string result;
    appendJson(in.value, result);
    return Value(std::move(result));
}

FilterResult newlineToBr(const FilterInput& in)
{
    const std::string text = toText(in.value);
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n')
            continue;
        if (text[i] == '\n')
            result += "<br />";
        result.push_back(text[i]);
    }
    return Value(std::move(result));
}

// The author answers for it. What a part escapes for nothing needs no mark.
FilterResult raw(const FilterInput& in)
{
    return in.context.escape == Escape::None ? in.value : rawValue(in.value, 0);
}

FilterResult stripHtml(const FilterInput& in)
{
    std::string text = toText(in.value);
    removeBetween(text, "<script", "</script>");
    removeBetween(text, "<!--", "-->");
    removeBetween(text, "<style", "</style>");
    removeBetween(text, "<", ">");
    return Value(std::move(text));
}

} // namespace carillon::liquid::filters
