// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/liquid/Problem.h"

#include <vector>

namespace carillon::liquid {

// The smallest part of what stands inside {{ }} or {% %}.
struct Token {
    enum Kind { End, Word, String, Integer, Real, Symbol, Wrong };

    Kind kind = End;
    std::string_view text; // as written; a String without its quotes; a Wrong one is what cannot be understood
    Place place;

    bool is(std::string_view symbol) const { return kind == Symbol && text == symbol; }
    bool isWord(std::string_view word) const { return kind == Word && text == word; }
};

// The tokens of `inner`, a view into `source`; the last one is End, or Wrong where no token could be made.
std::vector<Token> tokenize(std::string_view source, std::string_view inner);

} // namespace carillon::liquid
