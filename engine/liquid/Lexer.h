// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/liquid/Problem.h"

#include <vector>

namespace carillon::liquid {

// One stretch of a template: text to copy, {{ an output }}, or {% a tag %}. The views point into the source.
struct Piece {
    enum Kind { Text, Verbatim, Output, Tag }; // Verbatim: what stood inside {% raw %}, which no dash trims

    Kind kind = Text;
    std::string_view text; // text; or what stands between the delimiters, without the tag's name
    std::string_view name; // Tag only: "if", "endfor"; empty when there is none
    Place place; // with the delimiters
};

// Cuts a template into pieces, applies {{- -}} and {%- -%}, takes what stands inside {% raw %} as text and leaves out what
// stands inside {% doc %}.
// Reports delimiters that are never closed, and goes on behind them.
class Lexer {
public:
    Lexer(std::string_view source, std::vector<Problem>& problems)
        : m_source(source)
        , m_problems(problems)
    {
    }

    std::vector<Piece> run();

private:
    void addText(std::size_t from, std::size_t to);
    std::size_t lexDelimited(std::size_t open);
    std::size_t skipVerbatim(const Piece& opener, std::size_t from);
    void addTag(std::string_view inner, Place place);
    std::size_t closingBehind(std::size_t from, bool isOutput);
    void report(Place place, std::string sentence);

    std::string_view m_source;
    std::vector<Problem>& m_problems;
    std::vector<Piece> m_pieces;
    std::size_t m_closings[2] = {0, 0}; // the last "%}" and "}}" found: many openings may wait for the same one
    bool m_trimNext = false; // the piece before ended in a dash
};

// The lines of {% liquid %} as tags: `inner` is a view into `source`.
std::vector<Piece> linesOf(std::string_view source, std::string_view inner);

} // namespace carillon::liquid
