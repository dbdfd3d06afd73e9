// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/liquid/Lexer.h"
#include "engine/liquid/Node.h"
#include "engine/liquid/Program.h"

#include <span>
#include <unordered_map>
#include <unordered_set>

namespace carillon::liquid {

// Turns pieces into a tree of nodes, collecting every problem on the way. Lives for one compilation.
//
// A tag is a row of the table in Tags.cpp and a function that is given the compiler and the tag's piece; it reads its inside
// with an ExpressionParser and its body with block().
class Compiler {
public:
    Compiler(std::string_view source, const Options& options);

    Block run();

    // The nodes up to one of the tags `ends`, which is taken and returned in `endedBy`; nullptr there, and a problem, when
    // the template ends before.
    Block block(const Piece& opener, std::span<const std::string_view> ends, const Piece*& endedBy);

    // Skips pieces up to the end tag that belongs to `opener`; what stands between means nothing.
    void skip(const Piece& opener, std::string_view end);

    // The nodes of {% liquid %}: each line of `piece` is a tag. What is opened there ends there.
    Block lines(const Piece& piece);

    void report(Place place, std::string sentence);

    // The position of a variable's name in the program's table of names. `name` must live as long as the compiler does.
    int nameIndex(std::string_view name);
    bool mentions(std::string_view name) const { return m_nameIndexes.contains(name); }

    // Between beginLocal and endLocal `name` is a variable of the template's own; an assigned one is for good.
    void beginLocal(std::string_view name) { m_locals.emplace_back(name); }
    void endLocal() { m_locals.pop_back(); }
    void assigned(std::string_view name) { m_assigned.insert(name); }
    void noteVariable(std::string_view root, std::string path, Place place);

    void notePartial(PartialUse use) { m_partials.push_back(std::move(use)); }

    std::string_view source() const { return m_source; }
    Escape escape() const { return m_options.escape; }
    std::vector<std::string> takeNames();
    std::vector<VariableUse> takeVariables() { return std::move(m_variables); }
    std::vector<PartialUse> takePartials() { return std::move(m_partials); }
    std::vector<Problem> takeProblems();

private:
    void compilePiece(const Piece& piece, Block& into);
    void compileTag(const Piece& piece, Block& into);
    void reportUnknownTag(const Piece& piece);

    std::string_view m_source;
    Options m_options;
    std::vector<Problem> m_problems;
    std::vector<Piece> m_pieces;
    std::size_t m_at = 0;
    int m_depth = 0;
    bool m_tooDeep = false; // reading was given up: what is not closed is no problem of its own
    std::unordered_map<std::string_view, int> m_nameIndexes; // views into the source
    std::vector<std::string_view> m_locals;
    std::unordered_set<std::string_view> m_assigned;
    std::vector<VariableUse> m_variables;
    std::vector<PartialUse> m_partials;
};

} // namespace carillon::liquid
