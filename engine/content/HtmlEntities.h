// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace carillon {

// Appends HTML text to `out` with its character references ("&eacute;", "&#8364;", "&#x20ac;") resolved to UTF-8. Knows the
// names of Latin-1 and of the signs that mails use; what it does not know stays as it is written.
void appendUnescapedHtml(std::string_view html, std::string& out);

} // namespace carillon
