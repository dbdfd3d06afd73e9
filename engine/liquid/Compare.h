// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/liquid/Value.h"

#include <optional>

namespace carillon::liquid {

// Equal as Liquid sees it: 1 == 1.0, but "1" != 1; x == empty for "", [] and {}; x == blank also for nil, false and blanks.
bool isEqual(const Value& a, const Value& b);

// Less than zero, zero or more when a stands before, with or after b; nothing when they have no order (text and a list).
// A number and text that is a number compare as numbers: imported attributes are often text.
std::optional<int> compare(const Value& a, const Value& b);

// Text holds text, a list holds an element, an object holds a name. Nothing contains nil.
bool contains(const Value& whole, const Value& part);

} // namespace carillon::liquid
