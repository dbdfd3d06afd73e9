// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Token.h"

#include "engine/liquid/Utf8.h"

#include <array>

namespace carillon::liquid {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// Characters beyond ASCII may stand in names: imported columns are called "prénom" or "имя".
bool isNameStart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

std::size_t wordLength(std::string_view text)
{
    std::size_t i = 1;
    while (i < text.size() && (isNameStart(text[i]) || isDigit(text[i]) || text[i] == '-'))
        ++i;
    return i < text.size() && text[i] == '?' ? i + 1 : i;
}

// "-12", "3.5"; the dots of "1..5" belong to no number.
std::pair<std::size_t, Token::Kind> numberLength(std::string_view text)
{
    std::size_t i = text[0] == '-' ? 1 : 0;
    while (i < text.size() && isDigit(text[i]))
        ++i;
    if (i + 1 >= text.size() || text[i] != '.' || !isDigit(text[i + 1]))
        return {i, Token::Integer};
    ++i;
    while (i < text.size() && isDigit(text[i]))
        ++i;
    return {i, Token::Real};
}

std::size_t symbolLength(std::string_view text)
{
    static constexpr std::array<std::string_view, 6> doubled{"==", "!=", "<>", "<=", ">=", ".."};
    for (const std::string_view symbol : doubled) {
        if (text.starts_with(symbol))
            return 2;
    }
    return std::string_view("|:,.[]()<>=").find(text[0]) != std::string_view::npos ? 1 : 0;
}

// The token at the start of `text`, and how many bytes it takes.
std::pair<Token, std::size_t> firstToken(std::string_view text)
{
    const char c = text[0];
    if (c == '"' || c == '\'') {
        const std::size_t end = text.find(c, 1);
        if (end == text.npos)
            return {{Token::Wrong, text, {}}, text.size()};
        return {{Token::String, text.substr(1, end - 1), {}}, end + 1};
    }
    if (isNameStart(c)) {
        const std::size_t length = wordLength(text);
        return {{Token::Word, text.substr(0, length), {}}, length};
    }
    if (isDigit(c) || (c == '-' && text.size() > 1 && isDigit(text[1]))) {
        const auto [length, kind] = numberLength(text);
        return {{kind, text.substr(0, length), {}}, length};
    }
    const std::size_t length = symbolLength(text);
    return {{length ? Token::Symbol : Token::Wrong, text.substr(0, length ? length : 1), {}}, length ? length : 1};
}

} // namespace

std::vector<Token> tokenize(std::string_view source, std::string_view inner)
{
    std::vector<Token> tokens;
    for (;;) {
        inner = utf8::trimLeft(inner);
        const auto offset = std::uint32_t(inner.data() - source.data());
        if (inner.empty()) {
            tokens.push_back({Token::End, {}, {offset, 0}});
            return tokens;
        }
        auto [token, length] = firstToken(inner);
        token.place = {offset, std::uint32_t(length)};
        tokens.push_back(token);
        if (token.kind == Token::Wrong)
            return tokens;
        inner.remove_prefix(length);
    }
}

} // namespace carillon::liquid
