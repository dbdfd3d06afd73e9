// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <utility>

namespace carillon::ui {

// The positions of the bracket at `position` (or just before it) and of its partner: ( ) [ ] { }, counting nesting of its
// own kind. Nothing when there is no bracket or no partner within 20,000 characters.
std::optional<std::pair<int, int>> matchingBrackets(const QString& text, int position);

} // namespace carillon::ui
