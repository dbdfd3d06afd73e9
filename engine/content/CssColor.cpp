// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/CssReader.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace carillon::lint {

namespace {

struct NamedColor {
    QStringView name;
    int rgb;
};

// Those that mails use; another name is taken as unknown.
constexpr std::array<NamedColor, 44> namedColors{{
    {u"black", 0x000000},     {u"white", 0xffffff},      {u"red", 0xff0000},       {u"green", 0x008000},
    {u"blue", 0x0000ff},      {u"yellow", 0xffff00},     {u"orange", 0xffa500},    {u"purple", 0x800080},
    {u"gray", 0x808080},      {u"grey", 0x808080},       {u"silver", 0xc0c0c0},    {u"maroon", 0x800000},
    {u"olive", 0x808000},     {u"lime", 0x00ff00},       {u"aqua", 0x00ffff},      {u"cyan", 0x00ffff},
    {u"teal", 0x008080},      {u"navy", 0x000080},       {u"fuchsia", 0xff00ff},   {u"magenta", 0xff00ff},
    {u"pink", 0xffc0cb},      {u"brown", 0xa52a2a},      {u"gold", 0xffd700},      {u"beige", 0xf5f5dc},
    {u"ivory", 0xfffff0},     {u"tomato", 0xff6347},     {u"crimson", 0xdc143c},   {u"indigo", 0x4b0082},
    {u"violet", 0xee82ee},    {u"salmon", 0xfa8072},     {u"coral", 0xff7f50},     {u"khaki", 0xf0e68c},
    {u"snow", 0xfffafa},      {u"whitesmoke", 0xf5f5f5}, {u"gainsboro", 0xdcdcdc}, {u"lightgray", 0xd3d3d3},
    {u"lightgrey", 0xd3d3d3}, {u"darkgray", 0xa9a9a9},   {u"darkgrey", 0xa9a9a9},  {u"dimgray", 0x696969},
    {u"dimgrey", 0x696969},   {u"darkblue", 0x00008b},   {u"darkgreen", 0x006400}, {u"darkred", 0x8b0000},
}};

Color fromNumber(int rgb)
{
    return {rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255};
}

int hexDigit(QChar c)
{
    if (c >= u'0' && c <= u'9')
        return c.unicode() - u'0';
    return c >= u'a' && c <= u'f' ? c.unicode() - u'a' + 10 : -1;
}

std::optional<Color> fromHex(QStringView digits)
{
    int rgb = 0;
    const bool isShort = digits.size() == 3;
    if (!isShort && digits.size() != 6)
        return std::nullopt; // with an alpha channel it depends on what is behind
    for (const QChar c : digits) {
        const int digit = hexDigit(c);
        if (digit < 0)
            return std::nullopt;
        rgb = isShort ? rgb << 8 | digit * 17 : rgb << 4 | digit;
    }
    return fromNumber(rgb);
}

std::optional<Color> fromFunction(QStringView text)
{
    const bool hasAlpha = text.startsWith(u"rgba(");
    if ((!hasAlpha && !text.startsWith(u"rgb(")) || !text.endsWith(u')'))
        return std::nullopt;
    const QStringView inner = text.mid(hasAlpha ? 5 : 4).chopped(1);
    std::array<int, 3> values{};
    std::size_t count = 0;
    for (const QStringView number : inner.split(u',')) {
        bool isNumber = false;
        const double value = number.trimmed().toDouble(&isNumber);
        if (!isNumber || count > 3 || (count == 3 && value < 1))
            return std::nullopt;
        if (count < 3)
            values[count] = std::clamp(int(value), 0, 255);
        ++count;
    }
    return count >= 3 ? std::optional(Color{values[0], values[1], values[2]}) : std::nullopt;
}

double luminance(Color color)
{
    const auto linear = [](int channel) {
        const double c = channel / 255.0;
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue);
}

} // namespace

std::optional<Color> colorOf(QStringView text)
{
    text = text.trimmed();
    if (text.startsWith(u'#'))
        return fromHex(text.mid(1));
    const auto found
        = std::find_if(namedColors.begin(), namedColors.end(), [&](const NamedColor& color) { return color.name == text; });
    return found != namedColors.end() ? std::optional(fromNumber(found->rgb)) : fromFunction(text);
}

double contrast(Color a, Color b)
{
    const double first = luminance(a) + 0.05;
    const double second = luminance(b) + 0.05;
    return std::max(first, second) / std::min(first, second);
}

} // namespace carillon::lint
