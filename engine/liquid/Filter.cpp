// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Filter.h"

#include "engine/liquid/Filters.h"

#include <algorithm>

namespace carillon::liquid {

namespace {

constexpr auto reads = Markup::Reads;
constexpr auto keeps = Markup::Keeps;
constexpr auto passes = Markup::Passes;

// name, least and most arguments, function, what it does to markup, named arguments, whether it searches; in alphabetical
// order.
constexpr Filter table[] = {
    {"abs", 0, 0, filters::abs},
    {"append", 1, 1, filters::append, keeps},
    {"at_least", 1, 1, filters::atLeast},
    {"at_most", 1, 1, filters::atMost},
    {"base64_decode", 0, 0, filters::base64Decode},
    {"base64_encode", 0, 0, filters::base64Encode},
    {"base64_url_safe_decode", 0, 0, filters::base64UrlSafeDecode},
    {"base64_url_safe_encode", 0, 0, filters::base64UrlSafeEncode},
    {"capitalize", 0, 0, filters::capitalize, keeps},
    {"ceil", 0, 0, filters::ceil},
    {"compact", 0, 1, filters::compact, passes},
    {"concat", 1, 1, filters::concat, passes},
    {"date", 1, 1, filters::date, reads, "locale zone"},
    {"default", 0, 1, filters::defaultTo, passes, "allow_false"},
    {"divided_by", 1, 1, filters::dividedBy},
    {"downcase", 0, 0, filters::downcase, keeps},
    {"escape", 0, 0, filters::escape, Markup::Html},
    {"escape_once", 0, 0, filters::escapeOnce, Markup::Html},
    {"find", 1, 2, filters::find, passes},
    {"find_index", 1, 2, filters::findIndex, passes},
    {"first", 0, 0, filters::first, passes},
    {"floor", 0, 0, filters::floor},
    {"h", 0, 0, filters::escape, Markup::Html},
    {"has", 1, 2, filters::has, passes},
    {"join", 0, 1, filters::join, keeps},
    {"json", 0, 0, filters::json, Markup::Json},
    {"last", 0, 0, filters::last, passes},
    {"lstrip", 0, 0, filters::lstrip, keeps},
    {"map", 1, 1, filters::map, passes},
    {"minus", 1, 1, filters::minus},
    {"modulo", 1, 1, filters::modulo},
    {"money", 1, 1, filters::money, reads, "locale"},
    {"newline_to_br", 0, 0, filters::newlineToBr, Markup::Breaks},
    {"number", 0, 1, filters::number, reads, "locale"},
    {"plural", 0, 0, filters::plural, keeps, "few locale many one other two zero"},
    {"plus", 1, 1, filters::plus},
    {"prepend", 1, 1, filters::prepend, keeps},
    {"raw", 0, 0, filters::raw, Markup::Makes},
    {"reject", 1, 2, filters::reject, passes},
    {"remove", 1, 1, filters::remove, keeps, {}, true},
    {"remove_first", 1, 1, filters::removeFirst, keeps, {}, true},
    {"remove_last", 1, 1, filters::removeLast, keeps, {}, true},
    {"replace", 1, 2, filters::replace, keeps, {}, true},
    {"replace_first", 1, 2, filters::replaceFirst, keeps, {}, true},
    {"replace_last", 1, 2, filters::replaceLast, keeps, {}, true},
    {"reverse", 0, 0, filters::reverse, passes},
    {"round", 0, 1, filters::round},
    {"rstrip", 0, 0, filters::rstrip, keeps},
    {"size", 0, 0, filters::size, keeps},
    {"slice", 1, 2, filters::slice, keeps},
    {"sort", 0, 1, filters::sort, passes},
    {"sort_natural", 0, 1, filters::sortNatural, passes},
    {"split", 1, 1, filters::split, keeps, {}, true},
    {"strip", 0, 0, filters::strip, keeps},
    {"strip_html", 0, 0, filters::stripHtml, Markup::Strips},
    {"strip_newlines", 0, 0, filters::stripNewlines, keeps},
    {"sum", 0, 1, filters::sum},
    {"t", 0, 0, filters::t, Markup::Makes, "*"},
    {"times", 1, 1, filters::times},
    {"truncate", 0, 2, filters::truncate, keeps},
    {"truncatewords", 0, 2, filters::truncateWords, keeps},
    {"uniq", 0, 1, filters::uniq, passes},
    {"upcase", 0, 0, filters::upcase, keeps},
    {"url_decode", 0, 0, filters::urlDecode},
    {"url_encode", 0, 0, filters::urlEncode},
    {"where", 1, 2, filters::where, passes},
};

} // namespace

const Value* FilterInput::setting(std::string_view name) const
{
    const auto found
        = std::find_if(named.begin(), named.end(), [name](const NamedValue& argument) { return argument.name == name; });
    return found == named.end() ? nullptr : found->value;
}

bool Filter::hasSetting(std::string_view wanted) const
{
    if (settings == "*")
        return true;
    for (std::string_view rest = settings; !rest.empty();) {
        const std::size_t end = std::min(rest.find(' '), rest.size());
        if (rest.substr(0, end) == wanted)
            return true;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return false;
}

const Filter* findFilter(std::string_view name)
{
    const auto* found = std::lower_bound(std::begin(table), std::end(table), name,
                                         [](const Filter& filter, std::string_view key) { return filter.name < key; });
    return found == std::end(table) || found->name != name ? nullptr : found;
}

std::vector<std::string_view> filterNames()
{
    std::vector<std::string_view> names;
    for (const Filter& filter : table)
        names.push_back(filter.name);
    return names;
}

} // namespace carillon::liquid
