// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Compiler.h"

#include "engine/liquid/ExpressionParser.h"
#include "engine/liquid/Tags.h"

#include <algorithm>

namespace carillon::liquid {

namespace {

template <typename Names>
bool holds(const Names& names, std::string_view name)
{
    return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

} // namespace

Compiler::Compiler(std::string_view source, const Options& options)
    : m_source(source)
    , m_options(options)
{
    m_pieces = Lexer(m_source, m_problems).run();
}

void Compiler::report(Place place, std::string sentence)
{
    if (m_problems.size() < Program::maxProblems)
        m_problems.push_back(makeProblem(m_source, place, std::move(sentence)));
}

std::vector<Problem> Compiler::takeProblems()
{
    std::stable_sort(m_problems.begin(), m_problems.end(),
                     [](const Problem& a, const Problem& b) { return a.place.offset < b.place.offset; });
    m_problems.resize(std::min(m_problems.size(), Program::maxProblems));
    return std::move(m_problems);
}

int Compiler::nameIndex(std::string_view name)
{
    return m_nameIndexes.emplace(name, int(m_nameIndexes.size())).first->second;
}

std::vector<std::string> Compiler::takeNames()
{
    std::vector<std::string> names(m_nameIndexes.size());
    for (const auto& [name, index] : m_nameIndexes)
        names[std::size_t(index)] = name;
    return names;
}

void Compiler::noteVariable(std::string_view root, std::string path, Place place)
{
    if (!holds(m_locals, root) && !m_assigned.contains(root))
        m_variables.push_back({std::string(root), std::move(path), place});
}

Block Compiler::run()
{
    Block result;
    while (m_at < m_pieces.size())
        compilePiece(m_pieces[m_at++], result);
    return result;
}

Block Compiler::block(const Piece& opener, std::span<const std::string_view> ends, const Piece*& endedBy)
{
    Block result;
    endedBy = nullptr;
    if (m_depth >= Program::maxNesting) {
        report(opener.place, tr("Tags are nested more than %1 deep.", {std::to_string(Program::maxNesting)}));
        m_tooDeep = true;
        m_at = m_pieces.size();
        return result;
    }
    ++m_depth;
    while (m_at < m_pieces.size() && !endedBy) {
        const Piece& piece = m_pieces[m_at++];
        if (piece.kind == Piece::Tag && holds(ends, piece.name))
            endedBy = &piece;
        else
            compilePiece(piece, result);
    }
    --m_depth;
    if (!endedBy && !m_tooDeep)
        report(opener.place, tr("“%1” is never closed with “%2”.", {opener.name, "end" + std::string(opener.name)}));
    return result;
}

Block Compiler::lines(const Piece& piece)
{
    std::vector<Piece> outer = std::exchange(m_pieces, linesOf(m_source, piece.text));
    const std::size_t at = std::exchange(m_at, 0);
    Block result;
    if (m_depth >= Program::maxNesting) {
        report(piece.place, tr("Tags are nested more than %1 deep.", {std::to_string(Program::maxNesting)}));
        m_at = m_pieces.size();
    }
    ++m_depth;
    while (m_at < m_pieces.size())
        compilePiece(m_pieces[m_at++], result);
    --m_depth;
    m_pieces = std::move(outer);
    m_at = m_tooDeep ? m_pieces.size() : at;
    return result;
}

void Compiler::skip(const Piece& opener, std::string_view end)
{
    for (std::size_t depth = 1; m_at < m_pieces.size();) {
        const Piece& piece = m_pieces[m_at++];
        if (piece.kind != Piece::Tag)
            continue;
        depth += piece.name == opener.name;
        depth -= piece.name == end;
        if (depth == 0)
            return;
    }
    report(opener.place, tr("“%1” is never closed with “%2”.", {opener.name, end}));
}

void Compiler::compilePiece(const Piece& piece, Block& into)
{
    if (piece.kind == Piece::Tag)
        return compileTag(piece, into);
    if (piece.kind == Piece::Text || piece.kind == Piece::Verbatim) {
        if (!piece.text.empty())
            into.nodes.push_back(std::make_unique<TextNode>(std::string(piece.text), piece.kind == Piece::Verbatim));
        return;
    }
    ExpressionParser parser(*this, piece.text);
    if (parser.next().kind == Token::End)
        return; // {{ }} puts out nothing
    Pipeline pipeline = parser.pipeline();
    parser.expectEnd();
    if (!parser.failed())
        into.nodes.push_back(std::make_unique<OutputNode>(std::move(pipeline)));
}

void Compiler::compileTag(const Piece& piece, Block& into)
{
    const Tag* tag = findTag(piece.name);
    if (!tag)
        return reportUnknownTag(piece);
    if (std::unique_ptr<Node> node = tag->compile(*this, piece))
        into.nodes.push_back(std::move(node));
}

void Compiler::reportUnknownTag(const Piece& piece)
{
    if (piece.name.empty())
        report(piece.place, tr("The name of a tag is missing here."));
    else if (holds(tagNames(), piece.name))
        report(piece.place, tr("“%1” does not belong to a tag that is open here.", {piece.name}));
    else
        report(piece.place, tr("There is no tag “%1”.", {piece.name}));
}

} // namespace carillon::liquid
