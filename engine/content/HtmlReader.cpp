// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/HtmlReader.h"

#include "engine/liquid/Utf8.h"

#include <algorithm>

namespace carillon {

namespace {

namespace utf8 = liquid::utf8;

constexpr std::size_t npos = std::string_view::npos;
constexpr std::size_t longestName = 32;

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isNameEnd(char c)
{
    return utf8::isBlank(c) || c == '/' || c == '>';
}

// The position of the > that ends a tag: one within quotes does not.
std::size_t tagEnd(std::string_view text)
{
    char quote = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '>')
            return i;
        else if ((c == '"' || c == '\'') && i > 0 && text[i - 1] == '=')
            quote = c;
    }
    return npos;
}

bool equalsIgnoringCase(std::string_view a, std::string_view lower)
{
    return a.size() == lower.size() && std::equal(a.begin(), a.end(), lower.begin(), [](char x, char y) {
               return (x >= 'A' && x <= 'Z' ? char(x - 'A' + 'a') : x) == y;
           });
}

// Takes a quoted or bare value off the front.
std::string_view takeValue(std::string_view& rest)
{
    const char quote = rest.empty() ? ' ' : rest.front();
    const bool isQuoted = quote == '"' || quote == '\'';
    rest.remove_prefix(isQuoted);
    const std::size_t end = std::min(isQuoted ? rest.find(quote) : rest.find_first_of(" \t\r\n\f"), rest.size());
    const std::string_view value = rest.substr(0, end);
    rest.remove_prefix(std::min(rest.size(), end + isQuoted));
    return value;
}

} // namespace

std::string_view HtmlToken::attribute(std::string_view wanted) const
{
    std::string_view rest = utf8::trimLeft(attributes);
    while (!rest.empty()) {
        const std::size_t end = std::max<std::size_t>(1, std::min(rest.find_first_of("= \t\r\n\f/"), rest.size()));
        const std::string_view name = rest.substr(0, end);
        rest = utf8::trimLeft(rest.substr(end));
        std::string_view value;
        if (rest.starts_with('=')) {
            rest = utf8::trimLeft(rest.substr(1));
            value = takeValue(rest);
            rest = utf8::trimLeft(rest);
        }
        if (equalsIgnoringCase(name, wanted))
            return value;
    }
    return {};
}

// <!-- comment -->, <!DOCTYPE ...>, <?xml ...>: what is never closed reaches to the end.
bool HtmlReader::skipDeclaration()
{
    if (m_rest.size() < 2 || (m_rest[1] != '!' && m_rest[1] != '?'))
        return false;
    const bool isComment = m_rest.starts_with("<!--");
    const std::size_t end = m_rest.find(isComment ? "-->" : ">", isComment ? 4 : 2);
    m_rest.remove_prefix(end == npos ? m_rest.size() : end + (isComment ? 3 : 1));
    return true;
}

void HtmlReader::skipRawText(std::string_view name)
{
    for (std::size_t at = m_rest.find("</"); at != npos; at = m_rest.find("</", at + 2)) {
        if (equalsIgnoringCase(m_rest.substr(at + 2, name.size()), name)) {
            m_rest.remove_prefix(at);
            return;
        }
    }
    m_rest = {};
}

bool HtmlReader::readTag(HtmlToken& token)
{
    const bool isClose = m_rest.size() > 1 && m_rest[1] == '/';
    const std::size_t start = isClose ? 2 : 1;
    if (start >= m_rest.size() || !isLetter(m_rest[start]))
        return false;
    const std::size_t end = tagEnd(m_rest);
    const std::string_view inner = m_rest.substr(start, end == npos ? npos : end - start);
    m_rest.remove_prefix(end == npos ? m_rest.size() : end + 1);
    const auto nameEnd = std::size_t(std::find_if(inner.begin(), inner.end(), isNameEnd) - inner.begin());
    token.kind = isClose ? HtmlToken::Close : HtmlToken::Open;
    token.name = utf8::lower(inner.substr(0, std::min(nameEnd, longestName)));
    token.attributes = inner.substr(nameEnd);
    if (!isClose && (token.name == "script" || token.name == "style" || token.name == "title"))
        skipRawText(token.name);
    return true;
}

bool HtmlReader::next(HtmlToken& token)
{
    while (!m_rest.empty()) {
        if (m_rest.front() == '<') {
            if (skipDeclaration())
                continue;
            if (readTag(token))
                return true;
        }
        const std::size_t end = std::min(m_rest.find('<', 1), m_rest.size()); // a < that opens nothing is text
        token.kind = HtmlToken::Text;
        token.text = m_rest.substr(0, end);
        m_rest.remove_prefix(end);
        return true;
    }
    return false;
}

} // namespace carillon
