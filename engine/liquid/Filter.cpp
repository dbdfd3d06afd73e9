// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Filter.h"

#include "engine/liquid/Filters.h"

#include <algorithm>

namespace carillon::liquid {

namespace {

// name, least and most arguments, function, what it makes, named argument, whether it searches; in alphabetical order.
constexpr Filter table[] = {
    {"abs", 0, 0, filters::abs},
    {"append", 1, 1, filters::append},
    {"capitalize", 0, 0, filters::capitalize},
    {"ceil", 0, 0, filters::ceil},
    {"date", 1, 1, filters::date},
    {"default", 0, 1, filters::defaultTo, Markup::No, "allow_false"},
    {"divided_by", 1, 1, filters::dividedBy},
    {"downcase", 0, 0, filters::downcase},
    {"escape", 0, 0, filters::escape, Markup::Html},
    {"escape_once", 0, 0, filters::escapeOnce, Markup::Html},
    {"first", 0, 0, filters::first},
    {"floor", 0, 0, filters::floor},
    {"join", 0, 1, filters::join},
    {"json", 0, 0, filters::json, Markup::Json},
    {"last", 0, 0, filters::last},
    {"lstrip", 0, 0, filters::lstrip},
    {"minus", 1, 1, filters::minus},
    {"modulo", 1, 1, filters::modulo},
    {"newline_to_br", 0, 0, filters::newlineToBr, Markup::Adds},
    {"plus", 1, 1, filters::plus},
    {"prepend", 1, 1, filters::prepend},
    {"raw", 0, 0, filters::raw, Markup::Any},
    {"remove", 1, 1, filters::remove, Markup::No, {}, true},
    {"replace", 1, 2, filters::replace, Markup::No, {}, true},
    {"round", 0, 1, filters::round},
    {"rstrip", 0, 0, filters::rstrip},
    {"size", 0, 0, filters::size},
    {"split", 1, 1, filters::split, Markup::No, {}, true},
    {"strip", 0, 0, filters::strip},
    {"times", 1, 1, filters::times},
    {"truncate", 0, 2, filters::truncate},
    {"upcase", 0, 0, filters::upcase},
    {"url_encode", 0, 0, filters::urlEncode},
};

} // namespace

const Filter* findFilter(std::string_view name)
{
    const auto* found
        = std::find_if(std::begin(table), std::end(table), [&](const Filter& filter) { return filter.name == name; });
    return found == std::end(table) ? nullptr : found;
}

std::vector<std::string_view> filterNames()
{
    std::vector<std::string_view> names;
    for (const Filter& filter : table)
        names.push_back(filter.name);
    return names;
}

} // namespace carillon::liquid
