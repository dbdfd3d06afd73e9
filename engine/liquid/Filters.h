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
FilterResult remove(const FilterInput& in);
FilterResult replace(const FilterInput& in);
FilterResult rstrip(const FilterInput& in);
FilterResult strip(const FilterInput& in);
FilterResult truncate(const FilterInput& in);
FilterResult upcase(const FilterInput& in);

// MarkupFilters.cpp
FilterResult escape(const FilterInput& in);
FilterResult escapeOnce(const FilterInput& in);
FilterResult json(const FilterInput& in);
FilterResult newlineToBr(const FilterInput& in);
FilterResult raw(const FilterInput& in);
FilterResult urlEncode(const FilterInput& in);

// MathFilters.cpp
FilterResult abs(const FilterInput& in);
FilterResult ceil(const FilterInput& in);
FilterResult dividedBy(const FilterInput& in);
FilterResult floor(const FilterInput& in);
FilterResult minus(const FilterInput& in);
FilterResult modulo(const FilterInput& in);
FilterResult plus(const FilterInput& in);
FilterResult round(const FilterInput& in);
FilterResult times(const FilterInput& in);

// ListFilters.cpp
FilterResult defaultTo(const FilterInput& in);
FilterResult first(const FilterInput& in);
FilterResult join(const FilterInput& in);
FilterResult last(const FilterInput& in);
FilterResult size(const FilterInput& in);
FilterResult split(const FilterInput& in);

// DateFilter.cpp
FilterResult date(const FilterInput& in);

} // namespace carillon::liquid::filters
