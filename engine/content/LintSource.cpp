// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/LintSource.h"

#include "engine/liquid/Utf8.h"

#include <algorithm>
#include <array>

namespace carillon::lint {

namespace {

using liquid::Piece;
using liquid::Token;

constexpr qsizetype shownLength = 60;

template <std::size_t N>
bool isOneOf(std::string_view name, const std::array<std::string_view, N>& names)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

QString fromView(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

// The plain path that a head is: a word, then ".word" or ["word"]; [0] and [x] become "[]".
QString pathOf(const Token* token, const Token* end)
{
    if (token == end || token->kind != Token::Word)
        return {};
    QString path = fromView(token->text);
    for (++token; token != end; ++token) {
        if (token->is(".") && token + 1 != end) {
            path += u'.' + fromView((++token)->text);
        } else if (token->is("[") && end - token >= 3 && token[2].is("]")) {
            path += token[1].kind == Token::String ? u'.' + fromView(token[1].text) : QStringLiteral("[]");
            token += 2;
        } else {
            return {};
        }
    }
    return path;
}

} // namespace

bool Output::has(QStringView filter) const
{
    return std::any_of(filters.begin(), filters.end(), [&](const UsedFilter& used) { return used.name == filter; });
}

Source::Source(const QString& text)
    : m_text(text)
{
    encode();
    findLines();
    cover();
    m_lower = m_masked;
    for (QChar& c : m_lower) {
        if (c >= u'A' && c <= u'Z')
            c = QChar(c.unicode() + 32);
    }
}

// UTF-8 for the lexer; a half of a surrogate pair alone becomes U+FFFD.
void Source::encode()
{
    m_utf8.reserve(std::size_t(m_text.size()));
    const bool isAscii = std::all_of(m_text.cbegin(), m_text.cend(), [](QChar c) { return c.unicode() < 0x80; });
    for (qsizetype i = 0; i < m_text.size(); ++i) {
        const QChar c = m_text.at(i);
        const bool isPair = c.isHighSurrogate() && i + 1 < m_text.size() && m_text.at(i + 1).isLowSurrogate();
        const char32_t character = isPair ? QChar::surrogateToUcs4(c, m_text.at(i + 1))
                                          : (c.isSurrogate() ? QChar::ReplacementCharacter : c.unicode());
        liquid::utf8::append(character, m_utf8);
        if (!isAscii)
            m_units.resize(m_utf8.size(), quint32(i));
        i += isPair;
    }
}

void Source::findLines()
{
    m_lines.push_back(0);
    for (qsizetype at = m_text.indexOf(u'\n'); at >= 0; at = m_text.indexOf(u'\n', at + 1))
        m_lines.push_back(at + 1);
}

Span Source::spanOf(liquid::Place place) const
{
    const auto unit = [&](std::size_t byte) {
        if (byte >= m_utf8.size())
            return m_text.size();
        return m_units.empty() ? qsizetype(byte) : qsizetype(m_units[byte]);
    };
    const qsizetype from = unit(place.offset);
    return {from, unit(std::size_t(place.offset) + place.length) - from};
}

TemplateProblem Source::problemAt(Span span) const
{
    span.position = std::clamp<qsizetype>(span.position, 0, std::max<qsizetype>(0, m_text.size() - 1));
    span.length = std::clamp<qsizetype>(span.length, 1, std::max<qsizetype>(1, m_text.size() - span.position));
    const auto line = std::upper_bound(m_lines.begin(), m_lines.end(), span.position) - 1;
    TemplateProblem problem;
    problem.line = int(line - m_lines.begin()) + 1;
    problem.column = int(span.position - *line) + 1;
    problem.position = int(span.position);
    problem.length = int(span.length);
    problem.text = m_text.mid(span.position, std::min(span.length, shownLength));
    return problem;
}

// What is no text is Liquid: tags, outputs, and what stands in comments.
void Source::cover()
{
    m_masked = QString(m_text.size(), tagMark);
    std::vector<liquid::Problem> problems; // whoever compiles the part reports them
    static constexpr std::array<std::string_view, 2> unread{"comment", "doc"};
    std::string_view skipped;
    int depth = 0;
    for (const Piece& piece : liquid::Lexer(m_utf8, problems).run()) {
        if (depth > 0) {
            depth += piece.kind == Piece::Tag && piece.name == skipped;
            depth -= piece.kind == Piece::Tag && piece.name.starts_with("end") && piece.name.substr(3) == skipped;
            continue;
        }
        const Span place = spanOf(piece.place);
        if (piece.kind == Piece::Text) {
            std::copy_n(m_text.cbegin() + place.position, place.length, m_masked.begin() + place.position);
        } else if (piece.kind == Piece::Output) {
            std::fill_n(m_masked.begin() + place.position, place.length, outputMark);
            takeOutput(piece, piece.text);
        } else if (isOneOf(piece.name, unread)) {
            skipped = piece.name;
            depth = 1;
        } else {
            takeTag(piece);
        }
    }
}

void Source::takeTag(const Piece& piece)
{
    if (piece.name == "#")
        return;
    if (piece.name == "liquid") {
        for (const Piece& line : liquid::linesOf(m_utf8, piece.text))
            takeTag(line);
        return;
    }
    Tag tag{spanOf(piece.place), fromView(piece.name), liquid::tokenize(m_utf8, piece.text)};
    if (tag.tokens.back().kind == Token::End)
        tag.tokens.pop_back();
    turn(piece.name, tag.place.position);
    if (piece.name == "echo") {
        std::fill_n(m_masked.begin() + tag.place.position, tag.place.length, outputMark);
        takeOutput(piece, piece.text);
    }
    m_tags.push_back(std::move(tag));
}

void Source::takeOutput(const Piece& piece, std::string_view inner)
{
    const std::vector<Token> tokens = liquid::tokenize(m_utf8, inner);
    const auto isPipe = [](const Token& token) { return token.is("|"); };
    const Token* end = tokens.data() + tokens.size() - 1;
    const Token* pipe = std::find_if(tokens.data(), end, isPipe);
    Output output;
    output.place = spanOf(piece.place);
    if (pipe != tokens.data()) {
        const Token& last = pipe[-1];
        output.head = spanOf({tokens[0].place.offset, last.place.offset + last.place.length - tokens[0].place.offset});
        output.isString = pipe - tokens.data() == 1 && tokens[0].kind == Token::String;
        if (output.isString)
            output.text = fromView(tokens[0].text);
        output.path = pathOf(tokens.data(), pipe);
    }
    for (; pipe != end; pipe = std::find_if(pipe + 1, end, isPipe)) {
        if (pipe + 1 == end)
            break;
        output.filters.push_back({fromView(pipe[1].text), spanOf(pipe[1].place), pipe + 2 != end && pipe[2].is(":")});
    }
    m_outputs.push_back(std::move(output));
}

void Source::turn(std::string_view name, qsizetype position)
{
    static constexpr std::array<std::string_view, 5> openers{"if", "unless", "case", "for", "tablerow"};
    static constexpr std::array<std::string_view, 3> arms{"else", "elsif", "when"};
    const int arm = m_turns.empty() ? 0 : m_turns.back().arm;
    if (isOneOf(name, openers)) {
        m_arms.push_back({arm, ++m_blocks});
    } else if (isOneOf(name, arms) && arm != 0) {
        m_arms.push_back(m_arms[std::size_t(arm)]);
    } else if (name.starts_with("end") && isOneOf(name.substr(3), openers) && arm != 0) {
        m_turns.push_back({position, m_arms[std::size_t(arm)].parent});
        return;
    } else {
        return;
    }
    m_turns.push_back({position, int(m_arms.size()) - 1});
}

const Output* Source::outputAt(qsizetype position) const
{
    const auto found
        = std::lower_bound(m_outputs.begin(), m_outputs.end(), position,
                           [](const Output& output, qsizetype wanted) { return output.place.position < wanted; });
    return found != m_outputs.end() && found->place.position == position ? &*found : nullptr;
}

QString Source::literal() const
{
    QString result;
    for (const QChar c : m_masked) {
        const bool goesOn = c == outputMark && result.endsWith(outputMark);
        if (c != tagMark && !goesOn)
            result += c;
    }
    return result;
}

qsizetype Source::longest(const Cost& cost, const OutputCost& outputCost) const
{
    std::vector<qsizetype> lengths(m_arms.size());
    std::size_t next = 0;
    int arm = 0;
    for (qsizetype i = 0; i < m_masked.size(); ++i) {
        for (; next < m_turns.size() && m_turns[next].position <= i; ++next)
            arm = m_turns[next].arm;
        const QChar c = m_masked.at(i);
        if (c != tagMark && c != outputMark)
            lengths[std::size_t(arm)] += cost(c);
    }
    for (const Output& output : m_outputs)
        lengths[std::size_t(armAt(output.place.position))] += outputCost(output);
    std::vector<qsizetype> blocks(std::size_t(m_blocks) + 1); // the longest arm of each
    std::vector<std::size_t> firstArms(blocks.size());
    for (std::size_t i = m_arms.size(); i-- > 1;)
        firstArms[std::size_t(m_arms[i].block)] = i;
    for (std::size_t i = m_arms.size(); i-- > 1;) {
        const auto block = std::size_t(m_arms[i].block);
        blocks[block] = std::max(blocks[block], lengths[i]);
        if (firstArms[block] == i)
            lengths[std::size_t(m_arms[i].parent)] += blocks[block];
    }
    return lengths[0];
}

int Source::armAt(qsizetype position) const
{
    const auto next = std::upper_bound(m_turns.begin(), m_turns.end(), position,
                                       [](qsizetype wanted, const Turn& turn) { return wanted < turn.position; });
    return next == m_turns.begin() ? 0 : next[-1].arm;
}

bool Source::canMeet(int armA, int armB) const
{
    constexpr int deepest = 100; // more than that does not compile
    const auto parentOf = [&](int arm) { return m_arms[std::size_t(arm)].parent; };
    int steps = 0;
    for (int a = armA; a > 0 && steps < deepest; a = parentOf(a), ++steps) {
        int others = 0;
        for (int b = armB; b > 0 && others < deepest; b = parentOf(b), ++others) {
            if (a != b && m_arms[std::size_t(a)].block == m_arms[std::size_t(b)].block)
                return false;
        }
    }
    return true;
}

} // namespace carillon::lint
