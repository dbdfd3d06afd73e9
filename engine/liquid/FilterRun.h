// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/liquid/Filter.h"

namespace carillon::liquid {

// Calls a filter, and sees to it that what is escaped stays escaped, that what is not becomes so when it is joined to such,
// and that nothing is escaped twice.
FilterResult runFilter(const Filter& filter, const FilterInput& in);

} // namespace carillon::liquid
