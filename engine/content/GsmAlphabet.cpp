// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/GsmAlphabet.h"

#include <QList>

#include <algorithm>
#include <array>
#include <iterator>

namespace carillon {

namespace {

constexpr char32_t basic[]
    = U"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
      U"abcdefghijklmnopqrstuvwxyzäöñüà";
constexpr char32_t extension[] = U"\f^{}\\[~]|€";

struct LookAlike {
    char32_t character;
    const char* ascii;
};

// Sorted. Letters with accents are not here: what is left of them without the accent is found by Unicode's decomposition.
constexpr LookAlike lookAlikes[] = {
    {U'\t', " "},   {0x60, "'"},    {0xa0, " "},     {0xa6, "|"},    {0xa8, "\""},   {0xa9, "(c)"},   {0xaa, "a"},
    {0xab, "\""},   {0xad, ""},     {0xae, "(R)"},   {0xaf, "-"},    {0xb0, "o"},    {0xb4, "'"},     {0xb7, "."},
    {0xb8, ","},    {0xba, "o"},    {0xbb, "\""},    {0xd7, "x"},    {0xf0, "d"},    {0xf7, "/"},     {0xfe, "th"},
    {0x110, "D"},   {0x111, "d"},   {0x127, "h"},    {0x131, "i"},   {0x141, "L"},   {0x142, "l"},    {0x152, "OE"},
    {0x153, "oe"},  {0x2b9, "'"},   {0x2ba, "\""},   {0x2bb, "'"},   {0x2bc, "'"},   {0x2bd, "'"},    {0x2c6, "^"},
    {0x2c8, "'"},   {0x2dc, "~"},   {0x391, "A"},    {0x392, "B"},   {0x395, "E"},   {0x396, "Z"},    {0x397, "H"},
    {0x399, "I"},   {0x39a, "K"},   {0x39c, "M"},    {0x39d, "N"},   {0x39f, "O"},   {0x3a1, "P"},    {0x3a4, "T"},
    {0x3a5, "Y"},   {0x3a7, "X"},   {0x1e9e, "SS"},  {0x2010, "-"},  {0x2011, "-"},  {0x2012, "-"},   {0x2013, "-"},
    {0x2014, "-"},  {0x2015, "-"},  {0x2018, "'"},   {0x2019, "'"},  {0x201a, ","},  {0x201b, "'"},   {0x201c, "\""},
    {0x201d, "\""}, {0x201e, "\""}, {0x201f, "\""},  {0x2022, "-"},  {0x2023, "-"},  {0x2026, "..."}, {0x2032, "'"},
    {0x2033, "\""}, {0x2035, "'"},  {0x2036, "\""},  {0x2039, "'"},  {0x203a, "'"},  {0x203c, "!!"},  {0x2043, "-"},
    {0x2044, "/"},  {0x2052, "%"},  {0x2117, "(P)"}, {0x2122, "TM"}, {0x2190, "<-"}, {0x2192, "->"},  {0x2212, "-"},
    {0x2215, "/"},  {0x2217, "*"},  {0x2219, "."},   {0x2223, "|"},  {0x2236, ":"},  {0x223c, "~"},   {0x2248, "~"},
    {0x2264, "<="}, {0x2265, ">="}, {0x22c5, "."},   {0x25cf, "-"},  {0x2713, "+"},  {0x275b, "'"},   {0x275c, "'"},
    {0x275d, "\""}, {0x275e, "\""}, {0x3001, ","},   {0x3002, "."},
};

bool isInvisible(char32_t c)
{
    return (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x2064) || c == 0xfe0e
        || c == 0xfeff;
}

bool isBlank(char32_t c)
{
    return (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000
        || c == 0x1680;
}

bool isInAlphabet(const QString& text)
{
    const QList<uint> characters = text.toUcs4();
    return std::all_of(characters.begin(), characters.end(), [](uint c) { return septetsOf(c) > 0; });
}

// What is left of a letter without its accents, or of a full-width or ligated one.
std::optional<QString> plainLetter(char32_t character)
{
    QString plain;
    for (const QChar c : QString::fromUcs4(&character, 1).normalized(QString::NormalizationForm_KD)) {
        if (!c.isMark())
            plain += c == QChar(0x2044) ? QChar(u'/') : c;
    }
    if (plain.isEmpty() || !isInAlphabet(plain))
        return {};
    return plain;
}

constexpr std::array<signed char, 256> septets = [] {
    std::array<signed char, 256> table{};
    for (const char32_t c : basic) {
        if (c > 0 && c < 256)
            table[c] = 1;
    }
    for (const char32_t c : extension) {
        if (c > 0 && c < 256)
            table[c] = 2;
    }
    return table;
}();

} // namespace

int septetsOf(char32_t character)
{
    if (character < 256)
        return septets[character];
    if (character == U'€')
        return 2;
    if (character > U'Ω')
        return 0;
    return std::find(std::begin(basic), std::end(basic), character) == std::end(basic) ? 0 : 1;
}

std::optional<QString> gsmLookAlike(char32_t character)
{
    if (isInvisible(character))
        return QString();
    if (isBlank(character))
        return QStringLiteral(" ");
    const auto* found = std::lower_bound(std::begin(lookAlikes), std::end(lookAlikes), character,
                                         [](const LookAlike& entry, char32_t wanted) { return entry.character < wanted; });
    if (found != std::end(lookAlikes) && found->character == character)
        return QString::fromUtf8(found->ascii);
    return plainLetter(character);
}

} // namespace carillon
