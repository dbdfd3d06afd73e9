// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/PluralRules.h"

#include "engine/liquid/Utf8.h"
#include "engine/liquid/ValueText.h"

#include <charconv>
#include <cmath>

namespace carillon::liquid {

namespace {

using enum PluralCategory;

// The operands of Unicode TR35, part 3, section 5.1. As trailing zeros are never written, f is t and v is w there.
struct Number {
    std::uint64_t i = 0; // whole part, without the sign
    std::uint64_t f = 0; // digits behind the point, as a number
    int v = 0; // how many these are

    bool isWhole() const { return v == 0; }
    bool is(std::uint64_t n) const { return isWhole() && i == n; }
    bool isBetween(std::uint64_t from, std::uint64_t to) const { return isWhole() && i >= from && i <= to; }
    bool isMillions() const { return isWhole() && i != 0 && i % 1'000'000 == 0; }
};

bool between(std::uint64_t value, std::uint64_t from, std::uint64_t to)
{
    return value >= from && value <= to;
}

bool endsInOne(std::uint64_t value)
{
    return value % 10 == 1 && value % 100 != 11;
}

bool endsInTwoToFour(std::uint64_t value)
{
    return between(value % 10, 2, 4) && !between(value % 100, 12, 14);
}

PluralCategory never(const Number&)
{
    return Other;
}

PluralCategory one(const Number& n)
{
    return n.is(1) ? One : Other;
}

PluralCategory oneOrMillions(const Number& n)
{
    return n.is(1) ? One : n.isMillions() ? Many : Other;
}

PluralCategory belowTwo(const Number& n)
{
    return n.i < 2 ? One : Other;
}

PluralCategory belowTwoOrMillions(const Number& n)
{
    return n.i < 2 ? One : n.isMillions() ? Many : Other;
}

PluralCategory zeroOrOne(const Number& n)
{
    return n.isBetween(0, 1) ? One : Other;
}

PluralCategory belowOneOrOne(const Number& n)
{
    return n.i == 0 || n.is(1) ? One : Other;
}

PluralCategory danish(const Number& n)
{
    return n.is(1) || (!n.isWhole() && n.i < 2) ? One : Other;
}

PluralCategory icelandic(const Number& n)
{
    return (n.isWhole() && endsInOne(n.i)) || endsInOne(n.f) ? One : Other;
}

PluralCategory hebrew(const Number& n)
{
    return n.is(1) || (n.i == 0 && !n.isWhole()) ? One : n.is(2) ? Two : Other;
}

PluralCategory polish(const Number& n)
{
    if (!n.isWhole())
        return Other;
    return n.i == 1 ? One : endsInTwoToFour(n.i) ? Few : Many;
}

PluralCategory czech(const Number& n)
{
    return !n.isWhole() ? Many : n.i == 1 ? One : n.isBetween(2, 4) ? Few : Other;
}

PluralCategory russian(const Number& n)
{
    if (!n.isWhole())
        return Other;
    return endsInOne(n.i) ? One : endsInTwoToFour(n.i) ? Few : Many;
}

PluralCategory croatian(const Number& n)
{
    if ((n.isWhole() && endsInOne(n.i)) || endsInOne(n.f))
        return One;
    return (n.isWhole() && endsInTwoToFour(n.i)) || endsInTwoToFour(n.f) ? Few : Other;
}

PluralCategory macedonian(const Number& n)
{
    return (n.isWhole() && endsInOne(n.i)) || endsInOne(n.f) ? One : Other;
}

PluralCategory slovenian(const Number& n)
{
    if (!n.isWhole())
        return Few;
    const std::uint64_t rest = n.i % 100;
    return rest == 1 ? One : rest == 2 ? Two : between(rest, 3, 4) ? Few : Other;
}

PluralCategory lithuanian(const Number& n)
{
    if (!n.isWhole())
        return Many;
    if (between(n.i % 100, 11, 19))
        return Other;
    return n.i % 10 == 1 ? One : between(n.i % 10, 2, 9) ? Few : Other;
}

PluralCategory latvian(const Number& n)
{
    if (n.isWhole() && (n.i % 10 == 0 || between(n.i % 100, 11, 19)))
        return Zero;
    if (n.v == 2 && between(n.f % 100, 11, 19))
        return Zero;
    const bool fractionEndsInOne = n.v == 2 ? endsInOne(n.f) : n.f % 10 == 1;
    return (n.isWhole() && endsInOne(n.i)) || fractionEndsInOne ? One : Other;
}

PluralCategory romanian(const Number& n)
{
    if (n.is(1))
        return One;
    return !n.isWhole() || n.i == 0 || between(n.i % 100, 1, 19) ? Few : Other;
}

PluralCategory arabic(const Number& n)
{
    if (!n.isWhole())
        return Other;
    if (n.i < 3)
        return n.i == 0 ? Zero : n.i == 1 ? One : Two;
    return between(n.i % 100, 3, 10) ? Few : between(n.i % 100, 11, 99) ? Many : Other;
}

PluralCategory irish(const Number& n)
{
    return n.is(1) ? One : n.is(2) ? Two : n.isBetween(3, 6) ? Few : n.isBetween(7, 10) ? Many : Other;
}

PluralCategory scottish(const Number& n)
{
    if (n.is(1) || n.is(11))
        return One;
    if (n.is(2) || n.is(12))
        return Two;
    return n.isBetween(3, 10) || n.isBetween(13, 19) ? Few : Other;
}

PluralCategory welsh(const Number& n)
{
    return n.is(0) ? Zero : n.is(1) ? One : n.is(2) ? Two : n.is(3) ? Few : n.is(6) ? Many : Other;
}

PluralCategory maltese(const Number& n)
{
    if (!n.isWhole())
        return Other;
    if (n.i == 1 || n.i == 2)
        return n.i == 1 ? One : Two;
    return n.i == 0 || between(n.i % 100, 3, 10) ? Few : between(n.i % 100, 11, 19) ? Many : Other;
}

PluralCategory filipino(const Number& n)
{
    const std::uint64_t last = (n.isWhole() ? n.i : n.f) % 10;
    return n.isBetween(1, 3) || (last != 4 && last != 6 && last != 9) ? One : Other;
}

struct Rule {
    std::string_view languages; // with blanks around each
    PluralCategory (*category)(const Number&);
};

constexpr Rule rules[] = {
    {" ja zh ko vi th id ms lo my km yue jv su bo dz ig wo yo ", never},
    {" it ca es pt-pt ", oneOrMillions},
    {" fr pt ", belowTwoOrMillions},
    {" hy ff kab ", belowTwo},
    {" pa mg ln ak ti wa nso bho guw ", zeroOrOne},
    {" hi bn fa gu kn am as zu doi pcm ", belowOneOrOne},
    {" da ", danish},
    {" is ", icelandic},
    {" he iw ", hebrew},
    {" pl ", polish},
    {" cs sk ", czech},
    {" ru uk be ", russian},
    {" hr sr bs sh ", croatian},
    {" mk ", macedonian},
    {" sl ", slovenian},
    {" lt ", lithuanian},
    {" lv prg ", latvian},
    {" ro mo ", romanian},
    {" ar ars ", arabic},
    {" ga ", irish},
    {" gd ", scottish},
    {" cy ", welsh},
    {" mt ", maltese},
    {" fil tl ceb ", filipino},
};

std::optional<Number> operandsOf(const Value& value)
{
    const std::optional<Value> number = toNumber(value);
    if (!number)
        return std::nullopt;
    if (const auto* integer = number->integer())
        return Number{*integer < 0 ? 0 - std::uint64_t(*integer) : std::uint64_t(*integer)};
    constexpr double limit = 1e15; // from here on there are no decimals worth a rule
    const double size = std::fabs(*number->real());
    if (!(size < limit))
        return std::nullopt;
    char buffer[340];
    const auto written = std::to_chars(buffer, buffer + sizeof buffer, size, std::chars_format::fixed);
    const std::string_view text(buffer, std::size_t(written.ptr - buffer));
    const std::string_view whole = text.substr(0, text.find('.'));
    const std::string_view fraction = text.substr(std::min(text.size(), whole.size() + 1)).substr(0, 15);
    Number result;
    std::from_chars(whole.data(), whole.data() + whole.size(), result.i);
    std::from_chars(fraction.data(), fraction.data() + fraction.size(), result.f);
    result.v = int(fraction.size());
    return result;
}

const Rule* findRule(std::string_view language)
{
    const std::string wanted = " " + utf8::lower(language) + " ";
    for (const Rule& rule : rules) {
        if (rule.languages.find(wanted) != rule.languages.npos)
            return &rule;
    }
    return nullptr;
}

} // namespace

std::string_view nameOf(PluralCategory category)
{
    static constexpr std::string_view names[] = {"zero", "one", "two", "few", "many", "other"};
    return names[std::size_t(category)];
}

PluralCategory pluralCategory(std::string_view locale, const Value& number)
{
    const std::optional<Number> operands = operandsOf(number);
    if (!operands)
        return Other;
    const Rule* rule = findRule(locale); // "pt-PT" differs from "pt"
    if (!rule)
        rule = findRule(locale.substr(0, locale.find_first_of("-_")));
    return rule ? rule->category(*operands) : one(*operands);
}

} // namespace carillon::liquid
