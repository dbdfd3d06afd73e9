// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/HtmlEntities.h"

#include "engine/liquid/Utf8.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace carillon {

namespace {

struct Entity {
    std::string_view name;
    std::uint32_t character;
};

// Sorted by name.
constexpr Entity entities[] = {
    {"AElig", 0xc6},   {"Aacute", 0xc1},  {"Acirc", 0xc2},    {"Agrave", 0xc0},   {"Aring", 0xc5},    {"Atilde", 0xc3},
    {"Auml", 0xc4},    {"Ccedil", 0xc7},  {"Dagger", 0x2021}, {"ETH", 0xd0},      {"Eacute", 0xc9},   {"Ecirc", 0xca},
    {"Egrave", 0xc8},  {"Euml", 0xcb},    {"Iacute", 0xcd},   {"Icirc", 0xce},    {"Igrave", 0xcc},   {"Iuml", 0xcf},
    {"Ntilde", 0xd1},  {"OElig", 0x152},  {"Oacute", 0xd3},   {"Ocirc", 0xd4},    {"Ograve", 0xd2},   {"Oslash", 0xd8},
    {"Otilde", 0xd5},  {"Ouml", 0xd6},    {"Prime", 0x2033},  {"Scaron", 0x160},  {"THORN", 0xde},    {"Uacute", 0xda},
    {"Ucirc", 0xdb},   {"Ugrave", 0xd9},  {"Uuml", 0xdc},     {"Yacute", 0xdd},   {"Yuml", 0x178},    {"aacute", 0xe1},
    {"acirc", 0xe2},   {"acute", 0xb4},   {"aelig", 0xe6},    {"agrave", 0xe0},   {"amp", 0x26},      {"apos", 0x27},
    {"aring", 0xe5},   {"asymp", 0x2248}, {"atilde", 0xe3},   {"auml", 0xe4},     {"bdquo", 0x201e},  {"brvbar", 0xa6},
    {"bull", 0x2022},  {"ccedil", 0xe7},  {"cedil", 0xb8},    {"cent", 0xa2},     {"check", 0x2713},  {"circ", 0x2c6},
    {"copy", 0xa9},    {"curren", 0xa4},  {"dagger", 0x2020}, {"darr", 0x2193},   {"deg", 0xb0},      {"divide", 0xf7},
    {"eacute", 0xe9},  {"ecirc", 0xea},   {"egrave", 0xe8},   {"emsp", 0x2003},   {"ensp", 0x2002},   {"eth", 0xf0},
    {"euml", 0xeb},    {"euro", 0x20ac},  {"fnof", 0x192},    {"frac12", 0xbd},   {"frac14", 0xbc},   {"frac34", 0xbe},
    {"ge", 0x2265},    {"gt", 0x3e},      {"harr", 0x2194},   {"hearts", 0x2665}, {"hellip", 0x2026}, {"iacute", 0xed},
    {"icirc", 0xee},   {"iexcl", 0xa1},   {"igrave", 0xec},   {"infin", 0x221e},  {"iquest", 0xbf},   {"iuml", 0xef},
    {"laquo", 0xab},   {"larr", 0x2190},  {"ldquo", 0x201c},  {"le", 0x2264},     {"lrm", 0x200e},    {"lsaquo", 0x2039},
    {"lsquo", 0x2018}, {"lt", 0x3c},      {"macr", 0xaf},     {"mdash", 0x2014},  {"micro", 0xb5},    {"middot", 0xb7},
    {"minus", 0x2212}, {"nbsp", 0xa0},    {"ndash", 0x2013},  {"ne", 0x2260},     {"not", 0xac},      {"ntilde", 0xf1},
    {"oacute", 0xf3},  {"ocirc", 0xf4},   {"oelig", 0x153},   {"ograve", 0xf2},   {"ordf", 0xaa},     {"ordm", 0xba},
    {"oslash", 0xf8},  {"otilde", 0xf5},  {"ouml", 0xf6},     {"para", 0xb6},     {"permil", 0x2030}, {"plusmn", 0xb1},
    {"pound", 0xa3},   {"prime", 0x2032}, {"quot", 0x22},     {"raquo", 0xbb},    {"rarr", 0x2192},   {"rdquo", 0x201d},
    {"reg", 0xae},     {"rlm", 0x200f},   {"rsaquo", 0x203a}, {"rsquo", 0x2019},  {"sbquo", 0x201a},  {"scaron", 0x161},
    {"sect", 0xa7},    {"shy", 0xad},     {"star", 0x2606},   {"starf", 0x2605},  {"sup1", 0xb9},     {"sup2", 0xb2},
    {"sup3", 0xb3},    {"szlig", 0xdf},   {"thinsp", 0x2009}, {"thorn", 0xfe},    {"tilde", 0x2dc},   {"times", 0xd7},
    {"trade", 0x2122}, {"uacute", 0xfa},  {"uarr", 0x2191},   {"ucirc", 0xfb},    {"ugrave", 0xf9},   {"uml", 0xa8},
    {"uuml", 0xfc},    {"yacute", 0xfd},  {"yen", 0xa5},      {"yuml", 0xff},     {"zwj", 0x200d},    {"zwnj", 0x200c},
};

constexpr std::size_t longestReference = 12; // without & and ;

bool isCharacter(std::uint32_t c)
{
    return c == '\t' || c == '\n' || (c >= 0x20 && c < 0x7f) || (c >= 0xa0 && c < 0xd800) || (c >= 0xe000 && c <= 0x10ffff);
}

// The character of "#233", "#xe9" or "eacute"; 0 when there is none.
std::uint32_t resolve(std::string_view reference)
{
    if (!reference.starts_with('#')) {
        const auto* found = std::lower_bound(std::begin(entities), std::end(entities), reference,
                                             [](const Entity& entity, std::string_view name) { return entity.name < name; });
        return found != std::end(entities) && found->name == reference ? found->character : 0;
    }
    const bool isHex = reference.size() > 1 && (reference[1] == 'x' || reference[1] == 'X');
    const std::string_view digits = reference.substr(isHex ? 2 : 1);
    std::uint32_t c = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), c, isHex ? 16 : 10);
    return read.ec == std::errc() && read.ptr == digits.data() + digits.size() && isCharacter(c) ? c : 0;
}

} // namespace

void appendUnescapedHtml(std::string_view html, std::string& out)
{
    while (!html.empty()) {
        const std::size_t ampersand = std::min(html.find('&'), html.size());
        out.append(html.substr(0, ampersand));
        html.remove_prefix(ampersand);
        if (html.empty())
            return;
        const std::size_t end = html.substr(0, longestReference + 2).find(';');
        const std::uint32_t c = end == html.npos ? 0 : resolve(html.substr(1, end - 1));
        if (c)
            liquid::utf8::append(c, out);
        else
            out.push_back('&');
        html.remove_prefix(c ? end + 1 : 1);
    }
}

} // namespace carillon
