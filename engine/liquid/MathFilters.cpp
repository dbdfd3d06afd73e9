// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Filters.h"

#include "engine/liquid/FilterArguments.h"
#include "engine/liquid/Problem.h"
#include "engine/liquid/Utf8.h"
#include "engine/liquid/ValueText.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace carillon::liquid::filters {

namespace {

bool isDecimal(std::string_view text)
{
    const std::size_t point = text.find('.');
    const std::string_view digits = text.substr(text.starts_with('-'));
    return point != text.npos && point > 0 && text[point - 1] != '-' && point + 1 < text.size()
        && digits.find_first_not_of("0123456789.") == digits.npos && digits.find('.') == digits.rfind('.');
}

// The whole number that a text starts with: "12 items" is 12, as Ruby has it. Beyond 64 bits it is a real one.
Value leadingInteger(std::string_view text)
{
    text.remove_prefix(text.starts_with('+'));
    std::int64_t integer = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), integer);
    if (read.ec != std::errc::result_out_of_range)
        return integer;
    double real = 0;
    std::from_chars(text.data(), read.ptr, real);
    return real;
}

// What is no number counts as 0, as in Shopify's Liquid.
Value numberOf(const Value& value)
{
    if (value.isNumber())
        return value;
    if (!value.string())
        return 0;
    const std::string_view text = utf8::trim(*value.string());
    return isDecimal(text) ? toNumber(Value(text)).value_or(Value(0)) : leadingInteger(text);
}

double realOf(const Value& number)
{
    return number.real() ? *number.real() : double(*number.integer());
}

// Drops what binary fractions add to decimal ones (10.1 - 2.2 is 7.9, not 7.8999999999999995): 15 digits are exact in a
// double.
double asDecimal(double value)
{
    if (!std::isfinite(value))
        return value;
    char buffer[40];
    const auto written = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific, 14);
    double result = value;
    std::from_chars(buffer, written.ptr, result);
    return result;
}

bool isLess(const Value& a, const Value& b)
{
    return a.integer() && b.integer() ? *a.integer() < *b.integer() : realOf(a) < realOf(b);
}

Value fromReal(double value)
{
    constexpr double limit = 9.2e18;
    return std::fabs(value) < limit ? Value(std::int64_t(value)) : Value(value);
}

// By `whole`, which gives true on overflow, when both are whole numbers and the result is one; else by `real`.
template <typename Whole, typename Real>
Value combine(const Value& left, const Value& right, Whole whole, Real real)
{
    std::int64_t result = 0;
    if (left.integer() && right.integer() && !whole(*left.integer(), *right.integer(), &result))
        return result;
    return asDecimal(real(realOf(left), realOf(right)));
}

Value add(const Value& left, const Value& right)
{
    return combine(
        left, right, [](std::int64_t a, std::int64_t b, std::int64_t* r) { return __builtin_add_overflow(a, b, r); },
        [](double a, double b) { return a + b; });
}

tl::unexpected<std::string> dividedByZero()
{
    return tl::unexpected(tr("This divides by zero."));
}

} // namespace

FilterResult plus(const FilterInput& in)
{
    return add(numberOf(in.value), numberOf(*in.arguments[0]));
}

FilterResult minus(const FilterInput& in)
{
    return combine(
        numberOf(in.value), numberOf(*in.arguments[0]),
        [](std::int64_t a, std::int64_t b, std::int64_t* r) { return __builtin_sub_overflow(a, b, r); },
        [](double a, double b) { return a - b; });
}

FilterResult times(const FilterInput& in)
{
    return combine(
        numberOf(in.value), numberOf(*in.arguments[0]),
        [](std::int64_t a, std::int64_t b, std::int64_t* r) { return __builtin_mul_overflow(a, b, r); },
        [](double a, double b) { return a * b; });
}

// Whole numbers divide to the next lower whole number, as in Ruby.
FilterResult dividedBy(const FilterInput& in)
{
    const Value left = numberOf(in.value);
    const Value right = numberOf(*in.arguments[0]);
    if (realOf(right) == 0)
        return dividedByZero();
    if (!left.integer() || !right.integer())
        return Value(realOf(left) / realOf(right));
    const std::int64_t a = *left.integer();
    const std::int64_t b = *right.integer();
    if (b == -1)
        return a == std::numeric_limits<std::int64_t>::min() ? Value(-double(a)) : Value(-a);
    return Value(a / b - (a % b != 0 && (a < 0) != (b < 0)));
}

// The sign is the divisor's, as in Ruby.
FilterResult modulo(const FilterInput& in)
{
    const Value left = numberOf(in.value);
    const Value right = numberOf(*in.arguments[0]);
    if (realOf(right) == 0)
        return dividedByZero();
    if (!left.integer() || !right.integer()) {
        const double rest = std::fmod(realOf(left), realOf(right));
        return Value(asDecimal(rest != 0 && (rest < 0) != (realOf(right) < 0) ? rest + realOf(right) : rest));
    }
    const std::int64_t b = *right.integer();
    const std::int64_t rest = b == -1 ? 0 : *left.integer() % b;
    return Value(rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest);
}

FilterResult abs(const FilterInput& in)
{
    const Value number = numberOf(in.value);
    if (const auto* real = number.real())
        return Value(std::fabs(*real));
    const std::int64_t value = *number.integer();
    return value == std::numeric_limits<std::int64_t>::min() ? Value(-double(value)) : Value(value < 0 ? -value : value);
}

FilterResult ceil(const FilterInput& in)
{
    const Value number = numberOf(in.value);
    return number.real() ? fromReal(std::ceil(*number.real())) : number;
}

FilterResult floor(const FilterInput& in)
{
    const Value number = numberOf(in.value);
    return number.real() ? fromReal(std::floor(*number.real())) : number;
}

FilterResult atLeast(const FilterInput& in)
{
    const Value number = numberOf(in.value);
    const Value least = numberOf(*in.arguments[0]);
    return isLess(number, least) ? least : number;
}

FilterResult atMost(const FilterInput& in)
{
    const Value number = numberOf(in.value);
    const Value most = numberOf(*in.arguments[0]);
    return isLess(most, number) ? most : number;
}

FilterResult round(const FilterInput& in)
{
    constexpr std::int64_t maxDigits = 15;
    const std::int64_t wanted = in.arguments[0] ? toInteger(numberOf(*in.arguments[0])).value_or(0) : 0;
    const auto digits = int(std::clamp(wanted, -maxDigits, maxDigits));
    const Value number = numberOf(in.value);
    if (!number.real() && digits >= 0)
        return number;
    const double scale = std::pow(10.0, std::abs(digits));
    const double value = realOf(number);
    const double rounded = digits < 0 ? std::round(value / scale) * scale : std::round(value * scale) / scale;
    if (digits > 0)
        return Value(asDecimal(std::isfinite(rounded) ? rounded : value));
    return fromReal(rounded);
}

FilterResult sum(const FilterInput& in)
{
    auto elements = elementsOf(in);
    if (!elements)
        return tl::unexpected(std::move(elements.error()));
    Value result(0);
    for (const Value& element : *elements) {
        if (!in.arguments[0] || in.arguments[0]->isNil()) {
            result = add(result, numberOf(element));
            continue;
        }
        const auto property = propertyOf(element, *in.arguments[0]);
        if (!property)
            return tl::unexpected(property.error());
        result = add(result, numberOf(property->value));
    }
    return result;
}

} // namespace carillon::liquid::filters
