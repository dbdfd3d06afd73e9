// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/liquid/Escape.h"

#include <string>
#include <string_view>

// What filters do with text that is escaped already, so that they see characters and not the marks of an escape:
// "O&#39;Neil" has 7 characters, its upper case is "O&#39;NEIL", and no cut goes through "&#39;".
//
// While a filter works on it, an escape is the one character it stands for, and a character that means something in the
// markup itself (the < of a tag) is a noncharacter of Unicode, which no text holds. Afterwards both are written back.
namespace carillon::liquid::markup {

// Escaped text to protected text.
std::string protect(Escape mode, std::string_view escaped);

// Plain text to protected text: only takes out what could be mistaken for a protected character.
std::string protectPlain(std::string_view plain);

// Protected text to escaped text.
std::string restore(Escape mode, std::string_view protectedText);

// The text that escaped text shows: every escape is its character, all else as it is.
std::string plain(Escape mode, std::string_view escaped);

} // namespace carillon::liquid::markup
