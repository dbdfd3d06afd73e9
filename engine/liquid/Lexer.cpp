// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Lexer.h"

#include "engine/liquid/Program.h"
#include "engine/liquid/Utf8.h"

#include <algorithm>

namespace carillon::liquid {

namespace {

constexpr std::size_t npos = std::string_view::npos;

Place placeOf(std::size_t from, std::size_t to)
{
    return {std::uint32_t(from), std::uint32_t(to - from)};
}

std::size_t findOpening(std::string_view source, std::size_t from)
{
    for (std::size_t at = source.find('{', from); at != npos; at = source.find('{', at + 1)) {
        if (at + 1 < source.size() && (source[at + 1] == '{' || source[at + 1] == '%'))
            return at;
    }
    return npos;
}

// {% # ... %}: whatever stands in it means nothing.
bool isInlineComment(std::string_view inner, bool isOutput)
{
    inner.remove_prefix(inner.starts_with('-'));
    return !isOutput && utf8::trimLeft(inner).starts_with('#');
}

// Where another delimiter opens inside `inner`, outside of quotes: the one before was then never closed.
std::size_t findNestedOpening(std::string_view inner)
{
    char quote = 0;
    for (std::size_t i = 0; i + 1 < inner.size(); ++i) {
        const char c = inner[i];
        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '{' && (inner[i + 1] == '{' || inner[i + 1] == '%'))
            return i;
    }
    return npos;
}

std::size_t tagNameLength(std::string_view inner)
{
    if (inner.starts_with('#'))
        return 1;
    const auto end = std::find_if_not(inner.begin(), inner.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    });
    return std::size_t(end - inner.begin());
}

// The start of the tag `name` at or behind `from`, and its end.
std::pair<std::size_t, std::size_t> findTag(std::string_view source, std::string_view name, std::size_t from)
{
    for (std::size_t open = source.find("{%", from); open != npos; open = source.find("{%", open + 2)) {
        std::string_view rest = source.substr(open + 2);
        if (rest.starts_with('-'))
            rest.remove_prefix(1);
        rest = utf8::trimLeft(rest);
        if (!rest.starts_with(name))
            continue;
        rest = utf8::trimLeft(rest.substr(name.size()));
        if (rest.starts_with("%}") || rest.starts_with("-%}"))
            return {open, std::size_t(rest.data() - source.data()) + (rest.front() == '-' ? 3 : 2)};
    }
    return {npos, npos};
}

} // namespace

void Lexer::report(Place place, std::string sentence)
{
    if (m_problems.size() < Program::maxProblems)
        m_problems.push_back(makeProblem(m_source, place, std::move(sentence)));
}

void Lexer::addText(std::size_t from, std::size_t to)
{
    std::string_view text = m_source.substr(from, to - from);
    if (std::exchange(m_trimNext, false))
        text = utf8::trimLeft(text);
    if (!text.empty())
        m_pieces.push_back({Piece::Text, text, {}, placeOf(from, to)});
}

void Lexer::addTag(std::string_view inner, Place place)
{
    inner = utf8::trimLeft(inner);
    const std::size_t length = tagNameLength(inner);
    m_pieces.push_back({Piece::Tag, inner.substr(length), inner.substr(0, length), place});
}

// {% raw %} and {% doc %}: nothing up to the end tag is read.
std::size_t Lexer::skipVerbatim(const Piece& opener, std::size_t from)
{
    const std::string endName = "end" + std::string(opener.name);
    const auto [start, end] = findTag(m_source, endName, from);
    m_pieces.pop_back();
    if (!utf8::trim(opener.text).empty())
        report(opener.place, tr("“%1” takes nothing behind its name.", {opener.name}));
    if (start == npos) {
        report(opener.place, tr("“%1” is never closed with “%2”.", {opener.name, endName}));
        return m_source.size();
    }
    m_trimNext = false;
    if (opener.name == "raw" && start > from)
        m_pieces.push_back({Piece::Verbatim, m_source.substr(from, start - from), {}, placeOf(from, start)});
    if (opener.name == "doc" && findTag(m_source.substr(0, start), "doc", from).first != npos)
        report(opener.place, tr("There is a “doc” within this one."));
    m_trimNext = m_source[end - 3] == '-';
    return end;
}

std::size_t Lexer::closingBehind(std::size_t from, bool isOutput)
{
    std::size_t& closing = m_closings[isOutput];
    if (closing < from || from <= 2)
        closing = m_source.find(isOutput ? "}}" : "%}", from);
    return closing;
}

// Takes the output or tag that opens at `open`; gives where the text behind it starts.
std::size_t Lexer::lexDelimited(std::size_t open)
{
    const bool isOutput = m_source[open + 1] == '{';
    const std::string_view closing = isOutput ? "}}" : "%}";
    const std::size_t close = closingBehind(open + 2, isOutput);
    std::string_view inner = m_source.substr(open + 2, close == npos ? npos : close - open - 2);
    const std::size_t nested = isInlineComment(inner, isOutput) ? npos : findNestedOpening(inner);
    if (close == npos || nested != npos) {
        const std::size_t resume = nested == npos ? m_source.size() : open + 2 + nested;
        report(placeOf(open, open + 2), tr("“%1” is never closed with “%2”.", {isOutput ? "{{" : "{%", closing}));
        return resume;
    }
    if (inner.starts_with('-')) {
        inner.remove_prefix(1);
        if (!m_pieces.empty() && m_pieces.back().kind == Piece::Text)
            m_pieces.back().text = utf8::trimRight(m_pieces.back().text);
    }
    m_trimNext = inner.ends_with('-');
    if (m_trimNext)
        inner.remove_suffix(1);
    const Place place = placeOf(open, close + 2);
    if (isOutput) {
        m_pieces.push_back({Piece::Output, inner, {}, place});
        return close + 2;
    }
    addTag(inner, place);
    const bool isVerbatim = m_pieces.back().name == "raw" || m_pieces.back().name == "doc";
    return isVerbatim ? skipVerbatim(Piece(m_pieces.back()), close + 2) : close + 2;
}

std::vector<Piece> linesOf(std::string_view source, std::string_view inner)
{
    std::vector<Piece> pieces;
    while (!inner.empty()) {
        const std::size_t end = std::min(inner.find('\n'), inner.size());
        const std::string_view line = utf8::trim(inner.substr(0, end));
        const std::size_t length = tagNameLength(line);
        const auto from = std::size_t(line.data() - source.data());
        if (!line.empty())
            pieces.push_back({Piece::Tag, line.substr(length), line.substr(0, length), placeOf(from, from + line.size())});
        inner.remove_prefix(std::min(inner.size(), end + 1));
    }
    return pieces;
}

std::vector<Piece> Lexer::run()
{
    std::size_t at = 0;
    while (at < m_source.size()) {
        const std::size_t open = findOpening(m_source, at);
        addText(at, std::min(open, m_source.size()));
        if (open == npos)
            break;
        at = lexDelimited(open);
    }
    return std::move(m_pieces);
}

} // namespace carillon::liquid
