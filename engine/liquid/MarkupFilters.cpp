// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Filters.h"

#include "engine/liquid/ValueText.h"

namespace carillon::liquid::filters {

namespace {

// Characters that stand for themselves in a URL (RFC 3986 2.3), with a blank as "+": the form encoding that Liquid uses.
bool isUnreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.'
        || c == '~';
}

} // namespace

FilterResult escape(const FilterInput& in)
{
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
    std::string text = toText(in.value);
    if (in.escapesInput) {
        std::string escaped;
        appendHtmlEscaped(text, escaped);
        text.swap(escaped);
    }
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

FilterResult raw(const FilterInput& in)
{
    return in.value;
}

FilterResult urlEncode(const FilterInput& in)
{
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string scratch;
    std::string result;
    for (const char c : textOf(in.value, scratch)) {
        if (isUnreserved(c)) {
            result.push_back(c);
        } else if (c == ' ') {
            result.push_back('+');
        } else {
            const auto byte = static_cast<unsigned char>(c);
            result.append({'%', digits[byte >> 4], digits[byte & 15]});
        }
    }
    return Value(std::move(result));
}

} // namespace carillon::liquid::filters
