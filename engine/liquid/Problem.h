// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace carillon::liquid {

// A stretch of a template, in bytes of its UTF-8 source.
struct Place {
    std::uint32_t offset = 0;
    std::uint32_t length = 0;
};

// What is wrong with a template, or went wrong while one was rendered, and where.
struct Problem {
    int line = 1; // from 1
    int column = 1; // from 1, in characters
    Place place; // the same place, for those who underline it
    std::string text; // the offending text itself, shortened
    std::string sentence; // for people, translated, UTF-8
};

// A problem at a place of `source`: finds its line, column and text.
Problem makeProblem(std::string_view source, Place place, std::string sentence);

// The translation of `text` (marked for lupdate by its name), with %1, %2 ... replaced.
std::string tr(const char* text, std::initializer_list<std::string_view> arguments = {});

} // namespace carillon::liquid
