// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/liquid/Value.h"

namespace carillon::liquid {

enum class PluralCategory { Zero, One, Two, Few, Many, Other };

// "zero", "one", "two", "few", "many", "other".
std::string_view nameOf(PluralCategory category);

// The form of a noun behind a number (cardinal), by the plural rules of the Unicode CLDR 42 (unicode.org/cldr,
// common/supplemental/plurals.xml). `locale` is a BCP 47 tag. A number counts with the decimals it needs: 1.50 as 1.5, 1.0
// as 1. What is no number is Other; a language that is not in the table has One for 1 and Other else.
PluralCategory pluralCategory(std::string_view locale, const Value& number);

} // namespace carillon::liquid
