// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Lexer.h"
#include "engine/liquid/Token.h"

#include <cstdlib>

using namespace carillon::liquid;

namespace {

void check(bool holds)
{
    if (!holds)
        std::abort();
}

// Every piece lies within the source, the pieces do not overlap, and reading the tokens of one comes to an end.
void checkPiece(std::string_view source, const Piece& piece)
{
    check(piece.place.offset + std::size_t(piece.place.length) <= source.size());
    check(piece.text.empty() || (piece.text.data() >= source.data() && &piece.text.back() < source.data() + source.size()));
    const std::vector<Token> tokens = tokenize(source, piece.text);
    check(!tokens.empty() && (tokens.back().kind == Token::End || tokens.back().kind == Token::Wrong));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    const std::string_view source(reinterpret_cast<const char*>(data), size);
    std::vector<Problem> problems;
    std::size_t end = 0;
    for (const Piece& piece : Lexer(source, problems).run()) {
        checkPiece(source, piece);
        check(piece.place.offset >= end);
        end = piece.place.offset + piece.place.length;
        for (const Piece& line : linesOf(source, piece.text))
            checkPiece(source, line);
    }
    return 0;
}
