// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/liquid/Filter.h"

// The functions of the filter table, by the file they are in. They behave as Shopify's Liquid documents them.
namespace carillon::liquid::filters {

// TextFilters.cpp
FilterResult append(const FilterInput& in);
FilterResult capitalize(const FilterInput& in);
FilterResult downcase(const FilterInput& in);
FilterResult lstrip(const FilterInput& in);
FilterResult prepend(const FilterInput& in);
FilterResult rstrip(const FilterInput& in);
FilterResult strip(const FilterInput& in);
FilterResult stripNewlines(const FilterInput& in);
FilterResult truncate(const FilterInput& in);
FilterResult truncateWords(const FilterInput& in);
FilterResult upcase(const FilterInput& in);

// ReplaceFilters.cpp
FilterResult remove(const FilterInput& in);
FilterResult removeFirst(const FilterInput& in);
FilterResult removeLast(const FilterInput& in);
FilterResult replace(const FilterInput& in);
FilterResult replaceFirst(const FilterInput& in);
FilterResult replaceLast(const FilterInput& in);

// MarkupFilters.cpp
FilterResult escape(const FilterInput& in);
FilterResult escapeOnce(const FilterInput& in);
FilterResult json(const FilterInput& in);
FilterResult newlineToBr(const FilterInput& in);
FilterResult raw(const FilterInput& in);
FilterResult stripHtml(const FilterInput& in);

// CodingFilters.cpp
FilterResult base64Decode(const FilterInput& in);
FilterResult base64Encode(const FilterInput& in);
FilterResult base64UrlSafeDecode(const FilterInput& in);
FilterResult base64UrlSafeEncode(const FilterInput& in);
FilterResult urlDecode(const FilterInput& in);
FilterResult urlEncode(const FilterInput& in);

// MathFilters.cpp
FilterResult abs(const FilterInput& in);
FilterResult atLeast(const FilterInput& in);
FilterResult atMost(const FilterInput& in);
FilterResult ceil(const FilterInput& in);
FilterResult dividedBy(const FilterInput& in);
FilterResult floor(const FilterInput& in);
FilterResult minus(const FilterInput& in);
FilterResult modulo(const FilterInput& in);
FilterResult plus(const FilterInput& in);
FilterResult round(const FilterInput& in);
FilterResult sum(const FilterInput& in);
FilterResult times(const FilterInput& in);

// ListFilters.cpp
FilterResult concat(const FilterInput& in);
FilterResult defaultTo(const FilterInput& in);
FilterResult first(const FilterInput& in);
FilterResult join(const FilterInput& in);
FilterResult last(const FilterInput& in);
FilterResult reverse(const FilterInput& in);
FilterResult size(const FilterInput& in);
FilterResult slice(const FilterInput& in);
FilterResult split(const FilterInput& in);

// SelectFilters.cpp
FilterResult compact(const FilterInput& in);
FilterResult find(const FilterInput& in);
FilterResult findIndex(const FilterInput& in);
FilterResult has(const FilterInput& in);
FilterResult map(const FilterInput& in);
FilterResult reject(const FilterInput& in);
FilterResult where(const FilterInput& in);

// SortFilters.cpp
FilterResult sort(const FilterInput& in);
FilterResult sortNatural(const FilterInput& in);
FilterResult uniq(const FilterInput& in);

// DateFilter.cpp
FilterResult date(const FilterInput& in);

// NumberFilters.cpp
FilterResult money(const FilterInput& in);
FilterResult number(const FilterInput& in);

// TranslationFilters.cpp
FilterResult plural(const FilterInput& in);
FilterResult t(const FilterInput& in);

} // namespace carillon::liquid::filters
