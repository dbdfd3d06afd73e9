// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/liquid/Escape.h"
#include "engine/liquid/Value.h"

#include <tl/expected.hpp>

#include <array>
#include <cstdint>
#include <span>

namespace carillon::liquid {

class Notation;
class Texts;

// What a filter may know of the rendering it works in.
struct FilterContext {
    std::int64_t now = 0; // UTC milliseconds; 0: unknown
    const Notation* notation = nullptr; // of locale and time zone; nullptr: English, UTC
    const Texts* texts = nullptr; // nullptr: there are none
    Escape escape = Escape::None;
    bool strict = false;
    std::size_t maxBytes = 0; // no result may be larger; a filter that could multiply its input checks before it does
    std::size_t maxElements = 0; // the same for lists
};

struct NamedValue {
    std::string_view name;
    const Value* value = nullptr;
};

// What a filter is called with. Missing arguments are nullptr.
struct FilterInput {
    static constexpr std::size_t maxArguments = 3;
    static constexpr std::size_t maxNamed = 16;

    const Value& value;
    const FilterContext& context;
    std::array<const Value*, maxArguments> arguments{};
    std::span<const NamedValue> named = {};

    const Value* setting(std::string_view name) const; // nullptr when it was not given
};

// A value, or the sentence that says why there is none.
using FilterResult = tl::expected<Value, std::string>;

// How a filter treats text that is escaped already (Value::isMarkup), and whether its result is.
enum class Markup {
    Reads, // works on the text that is shown and gives plain text, to be escaped when it is put out
    Keeps, // changes or joins texts: escaped ones stay so, and what is plain is escaped when it is joined to such
    Passes, // hands on values as they are
    Html, // escapes for HTML itself, unless that was done before
    Json, // escapes for JSON itself
    Breaks, // adds line breaks of HTML: works on escaped text
    Strips, // takes HTML away: what was escaped stays so
    Makes, // gives escaped text itself, by FilterContext::escape
};

// One filter: a row of the table in Filter.cpp, and one function.
struct Filter {
    std::string_view name;
    std::size_t minArguments;
    std::size_t maxArguments;
    FilterResult (*apply)(const FilterInput&);
    Markup markup = Markup::Reads;
    std::string_view settings = {}; // names of the named arguments, with blanks between; "*": any
    bool searches = false; // looks for its first argument in its input, which takes up to the product of their sizes

    bool hasSetting(std::string_view name) const;
};

// nullptr when there is no filter of that name.
const Filter* findFilter(std::string_view name);

// All names in alphabetical order, for completion.
std::vector<std::string_view> filterNames();

} // namespace carillon::liquid
