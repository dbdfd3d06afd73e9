// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Filters.h"

#include "engine/liquid/Problem.h"
#include "engine/liquid/ValueText.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace carillon::liquid::filters {

namespace {

// What is no number counts as 0, as in Shopify's Liquid.
Value numberOf(const Value& value)
{
    return toNumber(value).value_or(Value(0));
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

Value fromReal(double value)
{
    constexpr double limit = 9.2e18;
    return std::fabs(value) < limit ? Value(std::int64_t(value)) : Value(value);
}

template <typename Whole, typename Real>
Value combine(const FilterInput& in, Whole whole, Real real)
{
    const Value left = numberOf(in.value);
    const Value right = numberOf(*in.arguments[0]);
    std::int64_t result = 0;
    if (left.integer() && right.integer() && !whole(*left.integer(), *right.integer(), &result))
        return result;
    return asDecimal(real(realOf(left), realOf(right)));
}

tl::unexpected<std::string> dividedByZero()
{
    return tl::unexpected(tr("This divides by zero."));
}

} // namespace

FilterResult plus(const FilterInput& in)
{
    return combine(
        in, [](std::int64_t a, std::int64_t b, std::int64_t* r) { return __builtin_add_overflow(a, b, r); },
        [](double a, double b) { return a + b; });
}

FilterResult minus(const FilterInput& in)
{
    return combine(
        in, [](std::int64_t a, std::int64_t b, std::int64_t* r) { return __builtin_sub_overflow(a, b, r); },
        [](double a, double b) { return a - b; });
}

FilterResult times(const FilterInput& in)
{
    return combine(
        in, [](std::int64_t a, std::int64_t b, std::int64_t* r) { return __builtin_mul_overflow(a, b, r); },
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

FilterResult round(const FilterInput& in)
{
    constexpr std::int64_t maxDigits = 15;
    const std::int64_t digits = in.arguments[0] ? toInteger(*in.arguments[0]).value_or(0) : 0;
    const Value number = numberOf(in.value);
    if (!number.real())
        return number;
    const double scale = std::pow(10.0, double(std::clamp<std::int64_t>(digits, -maxDigits, maxDigits)));
    const double rounded = std::round(*number.real() * scale) / scale;
    return digits > 0 ? Value(asDecimal(std::isfinite(rounded) ? rounded : *number.real())) : fromReal(rounded);
}

} // namespace carillon::liquid::filters
