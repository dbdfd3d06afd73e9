// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/ValueText.h"

#include "engine/liquid/Escape.h"
#include "engine/liquid/Utf8.h"

#include <charconv>
#include <cmath>

namespace carillon::liquid {

namespace {

// Values deeper than this are cut: they come from JSON that nobody nests so by good will.
constexpr int maxDepth = 100;

void appendInteger(std::int64_t value, std::string& out)
{
    char buffer[24];
    out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr);
}

// The shortest text that reads back as the same number; whole numbers keep ".0", as Ruby's Liquid writes them.
void appendReal(double value, std::string& out)
{
    if (!std::isfinite(value)) {
        out += std::isnan(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
        return;
    }
    const double size = std::fabs(value);
    const bool plain = value == 0 || (size >= 1e-4 && size < 1e16);
    char buffer[40];
    const auto format = plain ? std::chars_format::fixed : std::chars_format::scientific;
    const std::string_view text(buffer,
                                std::size_t(std::to_chars(buffer, buffer + sizeof buffer, value, format).ptr - buffer));
    out += text;
    if (plain && text.find('.') == text.npos)
        out += ".0";
}

void appendText(const Value& value, std::string& out, int depth);
void appendJson(const Value& value, std::string& out, int depth);

void appendJsonString(std::string_view text, std::string& out)
{
    out.push_back('"');
    appendJsonEscaped(text, out);
    out.push_back('"');
}

void appendJsonObject(const Object& object, std::string& out, int depth)
{
    out.push_back('{');
    for (const auto& [key, member] : object.entries()) {
        if (&key != &object.entries().front().first)
            out.push_back(',');
        appendJsonString(key, out);
        out.push_back(':');
        appendJson(member, out, depth + 1);
    }
    out.push_back('}');
}

void appendJsonArray(const Array& array, std::string& out, int depth)
{
    out.push_back('[');
    for (const Value& element : array) {
        if (&element != &array.front())
            out.push_back(',');
        appendJson(element, out, depth + 1);
    }
    out.push_back(']');
}

void appendJson(const Value& value, std::string& out, int depth)
{
    if (depth > maxDepth)
        out += "null";
    else if (const auto* text = value.string())
        appendJsonString(*text, out);
    else if (const auto* object = value.object())
        appendJsonObject(*object, out, depth);
    else if (const auto* array = value.array())
        appendJsonArray(*array, out, depth);
    else if (const auto* real = value.real(); real && !std::isfinite(*real))
        out += "null";
    else if (value.boolean() || value.isNumber())
        appendText(value, out, depth);
    else
        out += "null";
}

void appendText(const Value& value, std::string& out, int depth)
{
    if (const auto* text = value.string()) {
        out += *text;
    } else if (const auto* integer = value.integer()) {
        appendInteger(*integer, out);
    } else if (const auto* real = value.real()) {
        appendReal(*real, out);
    } else if (const auto* boolean = value.boolean()) {
        out += *boolean ? "true" : "false";
    } else if (const auto* array = value.array()) {
        for (const Value& element : *array) {
            if (depth < maxDepth)
                appendText(element, out, depth + 1);
        }
    } else if (value.object()) {
        appendJson(value, out, depth);
    } else if (const auto* range = value.range()) {
        appendInteger(range->first, out);
        out += "..";
        appendInteger(range->last, out);
    }
}

std::optional<Value> parseNumber(std::string_view text)
{
    text = utf8::trim(text);
    if (text.starts_with('+'))
        text.remove_prefix(1);
    if (text.empty() || !(text.back() >= '0' && text.back() <= '9'))
        return std::nullopt;
    const char* end = text.data() + text.size();
    std::int64_t integer = 0;
    if (const auto read = std::from_chars(text.data(), end, integer); read.ec == std::errc() && read.ptr == end)
        return Value(integer);
    double real = 0;
    const auto read = std::from_chars(text.data(), end, real);
    if (read.ec != std::errc() || read.ptr != end || !std::isfinite(real))
        return std::nullopt;
    return Value(real);
}

} // namespace

void appendText(const Value& value, std::string& out)
{
    appendText(value, out, 0);
}

std::string toText(const Value& value)
{
    std::string out;
    appendText(value, out, 0);
    return out;
}

std::string_view textOf(const Value& value, std::string& scratch)
{
    if (const auto* text = value.string())
        return *text;
    scratch = toText(value);
    return scratch;
}

void appendJson(const Value& value, std::string& out)
{
    appendJson(value, out, 0);
}

std::optional<Value> toNumber(const Value& value)
{
    if (value.isNumber())
        return value;
    if (const auto* text = value.string())
        return parseNumber(*text);
    return std::nullopt;
}

std::optional<std::int64_t> toInteger(const Value& value)
{
    const std::optional<Value> number = toNumber(value);
    if (!number)
        return std::nullopt;
    if (const auto* integer = number->integer())
        return *integer;
    constexpr double limit = 9.2e18; // below 2^63, where the conversion is defined
    const double real = *number->real();
    return std::fabs(real) < limit ? std::optional(std::int64_t(real)) : std::nullopt;
}

} // namespace carillon::liquid
