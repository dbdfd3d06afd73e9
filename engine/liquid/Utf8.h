// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

// UTF-8 by the character. Bytes that are no UTF-8 count as one character each and are kept: no function fails.
namespace carillon::liquid::utf8 {

inline bool isContinuation(char c)
{
    return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

inline bool isBlank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool isAscii(std::string_view text);

// How many bytes the character at the start of `text` has; 0 when it is no UTF-8 (RFC 3629) or `text` is empty.
std::size_t validLength(std::string_view text);

// A code point up to U+10FFFF in its one to four bytes.
void append(char32_t character, std::string& out);

// Characters in `text`.
std::size_t length(std::string_view text);

// The byte at which character `index` starts; the size when there are fewer.
std::size_t byteOf(std::string_view text, std::size_t index);

// The first `characters` characters.
std::string left(std::string_view text, std::size_t characters);

std::string_view trimLeft(std::string_view text);
std::string_view trimRight(std::string_view text);
std::string_view trim(std::string_view text);

// Case by Unicode's rules, without regard to the locale.
std::string upper(std::string_view text);
std::string lower(std::string_view text);

// The same for A to Z alone.
std::string asciiLower(std::string_view text);

} // namespace carillon::liquid::utf8
