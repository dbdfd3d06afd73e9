// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace carillon {

// The default alphabet of GSM and its extension (3GPP TS 23.038 6.2.1).

// How many septets a character takes: 1, 2 for one of the extension, 0 for one that is in neither.
int septetsOf(char32_t character);

// What looks like a character and is in the alphabet: "'" for a typographic apostrophe, "a" for á, nothing for a zero-width
// space. Absent when there is nothing alike.
std::optional<QString> gsmLookAlike(char32_t character);

} // namespace carillon
