// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/LiquidTags.h"

#include <optional>
#include <utility>

namespace carillon::ui {

// The bracket at `position` (or just before it) and its partner: {{ }} and {% %} whole, with their dashes, else ( ) [ ] { },
// counting nesting of their own kind. Nothing when there is no bracket or no partner within 20,000 characters.
std::optional<std::pair<TextRange, TextRange>> matchingBrackets(const QString& text, int position);

} // namespace carillon::ui
