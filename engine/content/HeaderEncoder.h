// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace carillon {

// Header fields of a mail (RFC 5322, RFC 2047), appended with their CRLF. Lines are folded at 76 characters where there is a
// blank to fold at. What is not ASCII becomes encoded-words of at most 75 characters that never split a character. Control
// characters in values become blanks: no value can start a new header.

// Free text, such as Subject. `name` is ASCII, values are UTF-8.
void appendTextHeader(std::string_view name, std::string_view value, std::string& out);

// `"Display name" <address>`. The address is taken as it is: the caller has checked it.
void appendAddressHeader(std::string_view name, std::string_view displayName, std::string_view address, std::string& out);

// ASCII with blanks where it may be folded, such as List-Unsubscribe; never encoded.
void appendStructuredHeader(std::string_view name, std::string_view value, std::string& out);

// True when the text has a control character (CR, LF and NUL among them): what users give for a header or an address must
// not.
bool hasControlCharacter(std::string_view text);

} // namespace carillon
