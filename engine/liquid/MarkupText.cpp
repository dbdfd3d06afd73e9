// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/MarkupText.h"

#include "engine/liquid/Utf8.h"

#include <algorithm>

namespace carillon::liquid::markup {

namespace {

// The first of the 32 noncharacters in a row, U+FDD0..U+FDEF: EF B7 90..AF.
constexpr std::string_view lead = "\xEF\xB7";
constexpr unsigned char firstTail = 0x90;
constexpr unsigned char lastTail = 0xAF;
constexpr std::string_view replacement = "\xEF\xBF\xBD"; // U+FFFD

// What each mode's escaping changes; never more than there are noncharacters. Control characters of a header or of JSON
// cannot be told apart here and need not be: behind an escape they are literal text of the template.
constexpr std::string_view special(Escape mode)
{
    switch (mode) {
    case Escape::None: return {};
    case Escape::Html: return "&<>\"'";
    case Escape::Json: return "\"\\\n\r\t";
    case Escape::Header: return {};
    case Escape::Slack: return "&<>";
    case Escape::TelegramMarkdown: return "_*[]()~`>#+-=|{}.!\\";
    case Escape::Markdown: return "\\`*_{}[]()<>#+-.!|~&";
    }
    return {};
}

// An escape at the start of `text`: how many bytes it has, and the character it stands for. Length 0: none is there.
struct Unit {
    std::size_t length = 0;
    char character = 0;
};

Unit entityAt(std::string_view text)
{
    struct Entity {
        std::string_view text;
        char character;
    };
    static constexpr Entity entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};
    for (const Entity& entity : entities) {
        if (text.starts_with(entity.text))
            return {entity.text.size(), entity.character};
    }
    return {};
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

Unit jsonEscapeAt(std::string_view text)
{
    if (text.size() < 2 || text[0] != '\\')
        return {};
    switch (text[1]) {
    case '"':
    case '\\': return {2, text[1]};
    case 'n': return {2, '\n'};
    case 'r': return {2, '\r'};
    case 't': return {2, '\t'};
    default: break;
    }
    const bool isByte = text.size() >= 6 && text.substr(0, 4) == "\\u00" && hexDigit(text[4]) >= 0 && hexDigit(text[4]) < 8
        && hexDigit(text[5]) >= 0;
    return isByte ? Unit{6, char(hexDigit(text[4]) * 16 + hexDigit(text[5]))} : Unit{};
}

Unit unitAt(Escape mode, std::string_view text)
{
    switch (mode) {
    case Escape::Html: return text[0] == '&' ? entityAt(text) : Unit{};
    case Escape::Slack: {
        const Unit unit = text[0] == '&' ? entityAt(text) : Unit{};
        return special(mode).find(unit.character) != std::string_view::npos ? unit : Unit{};
    }
    case Escape::Json: return jsonEscapeAt(text);
    case Escape::TelegramMarkdown:
    case Escape::Markdown:
        return text.size() > 1 && text[0] == '\\' && special(mode).find(text[1]) != std::string_view::npos ? Unit{2, text[1]}
                                                                                                           : Unit{};
    default: return {};
    }
}

bool isProtected(std::string_view text)
{
    return text.size() >= 3 && text.starts_with(lead) && static_cast<unsigned char>(text[2]) >= firstTail
        && static_cast<unsigned char>(text[2]) <= lastTail;
}

// Copies the first character and gives its length. What is no UTF-8 is replaced: its bytes, put together by a filter, could
// become a protected character.
std::size_t appendClean(std::string_view text, std::string& out)
{
    const std::size_t length = utf8::validLength(text);
    if (length == 0 || isProtected(text))
        out += replacement;
    else
        out += text.substr(0, length);
    return std::max<std::size_t>(length, 1);
}

void appendProtected(std::size_t index, std::string& out)
{
    out += lead;
    out.push_back(char(firstTail + index));
}

} // namespace

std::string protect(Escape mode, std::string_view escaped)
{
    std::string out;
    out.reserve(escaped.size());
    const std::string_view specials = special(mode);
    for (std::size_t i = 0; i < escaped.size();) {
        const std::string_view rest = escaped.substr(i);
        if (const Unit unit = unitAt(mode, rest); unit.length) {
            out.push_back(unit.character);
            i += unit.length;
        } else if (const std::size_t index = specials.find(rest[0]); index != specials.npos) {
            appendProtected(index, out);
            ++i;
        } else {
            i += appendClean(rest, out);
        }
    }
    return out;
}

std::string protectPlain(std::string_view plain)
{
    if (utf8::isAscii(plain))
        return std::string(plain);
    std::string out;
    out.reserve(plain.size());
    while (!plain.empty())
        plain.remove_prefix(appendClean(plain, out));
    return out;
}

std::string restore(Escape mode, std::string_view protectedText)
{
    std::string out;
    const std::string_view specials = special(mode);
    std::size_t done = 0;
    for (std::size_t at = protectedText.find(lead); at != protectedText.npos; at = protectedText.find(lead, at + 1)) {
        if (!isProtected(protectedText.substr(at)))
            continue;
        appendEscaped(mode, protectedText.substr(done, at - done), out);
        const auto index = std::size_t(static_cast<unsigned char>(protectedText[at + 2]) - firstTail);
        if (index < specials.size())
            out.push_back(specials[index]);
        done = at + 3;
    }
    appendEscaped(mode, protectedText.substr(done), out);
    return out;
}

std::string plain(Escape mode, std::string_view escaped)
{
    std::string out;
    out.reserve(escaped.size());
    for (std::size_t i = 0; i < escaped.size();) {
        const Unit unit = unitAt(mode, escaped.substr(i));
        out.push_back(unit.length ? unit.character : escaped[i]);
        i += unit.length ? unit.length : 1;
    }
    return out;
}

} // namespace carillon::liquid::markup
