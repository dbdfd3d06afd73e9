// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/liquid/Escape.h"
#include "engine/liquid/Value.h"

#include <tl/expected.hpp>

#include <array>
#include <cstdint>

namespace carillon::liquid {

// What a filter is called with, besides its input. Missing arguments are nullptr.
struct FilterInput {
    static constexpr std::size_t maxArguments = 4;

    const Value& value;
    std::array<const Value*, maxArguments> arguments{};
    const Value* named = nullptr; // the one named argument, when given
    std::size_t maxBytes = 0; // no result may be larger; a filter that could multiply its input checks before it does
    std::size_t maxElements = 0; // the same for lists
    std::int64_t now = 0; // UTC milliseconds; 0: unknown
    bool escapesInput = false; // Markup::Adds: the input is text, to be escaped first
};

// A value, or the sentence that says why there is none.
using FilterResult = tl::expected<Value, std::string>;

// Whether the result of a filter is still plain text, to be escaped when it is put out.
enum class Markup {
    No, // plain text
    Html, // has escaped itself for HTML
    Json, // has escaped itself for JSON
    Adds, // adds HTML to its input, which it escapes before if nobody has
    Any, // "raw": the author answers for it
};

inline bool isMarkupFor(Markup markup, Escape mode)
{
    switch (markup) {
    case Markup::No: return false;
    case Markup::Json: return mode == Escape::Json;
    case Markup::Html:
    case Markup::Adds: return mode == Escape::Html;
    case Markup::Any: return true;
    }
    return false;
}

// One filter: a row of the table in Filter.cpp, and one function.
struct Filter {
    std::string_view name;
    std::size_t minArguments;
    std::size_t maxArguments;
    FilterResult (*apply)(const FilterInput&);
    Markup markup = Markup::No;
    std::string_view namedArgument = {};
    bool searches = false; // looks for its first argument in its input, which takes up to the product of their sizes
};

// nullptr when there is no filter of that name.
const Filter* findFilter(std::string_view name);

// All names in alphabetical order, for completion.
std::vector<std::string_view> filterNames();

} // namespace carillon::liquid
