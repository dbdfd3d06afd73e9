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
    if (!isAscii(text))
        return unicode(text).toLower().toStdString();
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z')
            c = char(c - 'A' + 'a');
    }
    return result;
}

} // namespace carillon::liquid::utf8
