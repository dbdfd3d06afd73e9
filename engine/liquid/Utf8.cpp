// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Utf8.h"

#include <QString>

#include <algorithm>

namespace carillon::liquid::utf8 {

namespace {

QString unicode(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

} // namespace

bool isAscii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::size_t validLength(std::string_view text)
{
    const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    if (text.empty())
        return 0;
    if (byte(0) < 0x80)
        return 1;
    const std::size_t length = byte(0) >= 0xf0 ? 4 : byte(0) >= 0xe0 ? 3 : 2;
    if (byte(0) < 0xc2 || byte(0) > 0xf4 || text.size() < length)
        return 0;
    if (!std::all_of(text.begin() + 1, text.begin() + std::ptrdiff_t(length), isContinuation))
        return 0;
    const bool isTooLong = (byte(0) == 0xe0 && byte(1) < 0xa0) || (byte(0) == 0xf0 && byte(1) < 0x90);
    const bool isNoCharacter = (byte(0) == 0xed && byte(1) > 0x9f) || (byte(0) == 0xf4 && byte(1) > 0x8f);
    return isTooLong || isNoCharacter ? 0 : length;
}

void append(char32_t c, std::string& out)
{
    if (c < 0x80) {
        out.push_back(char(c));
    } else if (c < 0x800) {
        out.append({char(0xc0 | (c >> 6)), char(0x80 | (c & 63))});
    } else if (c < 0x10000) {
        out.append({char(0xe0 | (c >> 12)), char(0x80 | ((c >> 6) & 63)), char(0x80 | (c & 63))});
    } else {
        out.append(
            {char(0xf0 | (c >> 18)), char(0x80 | ((c >> 12) & 63)), char(0x80 | ((c >> 6) & 63)), char(0x80 | (c & 63))});
    }
}

std::size_t length(std::string_view text)
{
    return text.size() - std::size_t(std::count_if(text.begin(), text.end(), isContinuation));
}

std::size_t byteOf(std::string_view text, std::size_t index)
{
    std::size_t byte = 0;
    while (byte < text.size() && isContinuation(text[byte]))
        ++byte; // a stray tail belongs to no character
    while (byte < text.size() && index > 0) {
        ++byte;
        while (byte < text.size() && isContinuation(text[byte]))
            ++byte;
        --index;
    }
    return byte;
}

std::string left(std::string_view text, std::size_t characters)
{
    return std::string(text.substr(0, byteOf(text, characters)));
}

std::string_view trimLeft(std::string_view text)
{
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    return text;
}

std::string_view trimRight(std::string_view text)
{
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

std::string_view trim(std::string_view text)
{
    return trimRight(trimLeft(text));
}

std::string upper(std::string_view text)
{
    if (!isAscii(text))
        return unicode(text).toUpper().toStdString();
    std::string result(text);
    for (char& c : result) {
        if (c >= 'a' && c <= 'z')
            c = char(c - 'a' + 'A');
    }
    return result;
}

std::string lower(std::string_view text)
{
    return isAscii(text) ? asciiLower(text) : unicode(text).toLower().toStdString();
}

std::string asciiLower(std::string_view text)
{
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z')
            c = char(c - 'A' + 'a');
    }
    return result;
}

} // namespace carillon::liquid::utf8
