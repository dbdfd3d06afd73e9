// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/liquid/Compiler.h"
#include "engine/liquid/Token.h"

namespace carillon::liquid {

// Reads expressions out of the inside of one {{ }} or {% %}. The first thing it cannot read becomes a problem; from then on
// failed() is true and what it gives has no meaning.
class ExpressionParser {
public:
    ExpressionParser(Compiler& compiler, std::string_view inner);

    Expression expression();
    Pipeline pipeline();
    Condition condition();

    // The name of a variable that a tag is about to set.
    std::string_view name();
    std::string_view target(); // the same; it may stand in quotes

    const Token& next() const { return m_tokens[m_at]; }
    bool take(std::string_view symbol);
    bool takeWord(std::string_view word);
    void expect(std::string_view symbol);
    void expectEnd();

    void fail(Place place, std::string sentence);
    void failHere(); // at the next token: "... is not expected here"
    bool failed() const { return m_failed; }

private:
    Expression path();
    std::string_view staticRoot();
    Expression span();
    void steps(Expression& path);
    Comparison comparison();
    void filterCall(Pipeline& pipeline);
    void arguments(FilterCall& call);
    void checkArguments(const FilterCall& call);
    Expression literal(Value value);

    Compiler& m_compiler;
    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
    int m_depth = 0;
    bool m_failed = false;
};

} // namespace carillon::liquid
