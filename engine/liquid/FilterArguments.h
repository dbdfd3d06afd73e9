// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/liquid/Filter.h"

#include <optional>

// What the functions of the filter table share.
namespace carillon::liquid::filters {

// Argument `index` as text; empty when it is missing.
std::string argumentText(const FilterInput& in, std::size_t index);

// A whole number, or text that is one ("2"); nothing for anything else, as 2.2, nil and "two".
std::optional<std::int64_t> wholeNumber(const Value& value);

// The input as a list of values: a list without the lists in it, the numbers of a range, nothing for nil, else the input
// alone. An error when it is longer than it may be.
tl::expected<Array, std::string> elementsOf(const FilterInput& in);

// element[property] as Ruby has it: the member of an object, or the text `property` where a text holds it. Null when
// the element has no members (nil, true, 1.5); an error when it has none of that kind (5["a"]).
struct Property {
    Value value;
    bool exists = true; // the element can have members at all
};
tl::expected<Property, std::string> propertyOf(const Value& element, const Value& property);

tl::unexpected<std::string> textTooLarge();
tl::unexpected<std::string> listTooLarge();
tl::unexpected<std::string> noProperty(const Value& property);

} // namespace carillon::liquid::filters
