// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace carillon {

// The text of an HTML mail, for those who read no HTML: links as "text (url)", lists with dashes or numbers, one line a
// table row, headings underlined or by themselves, images by their alt text; hidden elements and character references
// resolved. UTF-8, LF line ends.
//
// Takes any bytes; time and size grow with their number alone.
std::string htmlToText(std::string_view html);

} // namespace carillon
