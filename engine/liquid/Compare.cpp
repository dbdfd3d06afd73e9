// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Compare.h"

#include "engine/liquid/Utf8.h"
#include "engine/liquid/ValueText.h"

#include <algorithm>

namespace carillon::liquid {

namespace {

constexpr int maxDepth = 100;

bool isEmpty(const Value& value)
{
    if (const auto* text = value.string())
        return text->empty();
    if (const auto* array = value.array())
        return array->empty();
    if (const auto* object = value.object())
        return object->entries().empty();
    return false;
}

bool isBlank(const Value& value)
{
    if (const auto* text = value.string())
        return utf8::trim(*text).empty();
    return !value.isTruthy() || isEmpty(value);
}

bool isWhat(const Value& value, Special special)
{
    return special == Special::Empty ? isEmpty(value) : isBlank(value);
}

int compareNumbers(const Value& a, const Value& b)
{
    if (a.integer() && b.integer())
        return *a.integer() < *b.integer() ? -1 : *a.integer() > *b.integer();
    const double left = a.real() ? *a.real() : double(*a.integer());
    const double right = b.real() ? *b.real() : double(*b.integer());
    return left < right ? -1 : left > right;
}

bool isEqual(const Value& a, const Value& b, int depth);

bool isEqual(const Array& a, const Array& b, int depth)
{
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [&](const Value& x, const Value& y) {
               return isEqual(x, y, depth + 1);
           });
}

bool isEqual(const Object& a, const Object& b, int depth)
{
    const auto inB = [&](const Object::Entry& entry) {
        const Value* other = b.find(entry.first);
        return other && isEqual(entry.second, *other, depth + 1);
    };
    return a.entries().size() == b.entries().size() && std::all_of(a.entries().begin(), a.entries().end(), inB);
}

bool isEqual(const Value& a, const Value& b, int depth)
{
    if (depth > maxDepth)
        return false;
    if (a.special() && b.special())
        return false; // as in Shopify's Liquid: neither word is empty or blank itself
    if (b.special())
        return isWhat(a, *b.special());
    if (a.special())
        return isWhat(b, *a.special());
    if (a.isNumber() && b.isNumber())
        return compareNumbers(a, b) == 0;
    if (a.string() && b.string())
        return *a.string() == *b.string();
    if (a.boolean() && b.boolean())
        return *a.boolean() == *b.boolean();
    if (a.array() && b.array())
        return isEqual(*a.array(), *b.array(), depth);
    if (a.object() && b.object())
        return isEqual(*a.object(), *b.object(), depth);
    if (a.range() && b.range())
        return *a.range() == *b.range();
    return (a.isNil() && b.isNil()) || (a.drop() && a.drop() == b.drop());
}

} // namespace

bool isEqual(const Value& a, const Value& b)
{
    return isEqual(a, b, 0);
}

std::optional<int> compare(const Value& a, const Value& b)
{
    if (a.string() && b.string())
        return a.string()->compare(*b.string());
    const std::optional<Value> left = toNumber(a);
    const std::optional<Value> right = toNumber(b);
    if (!left || !right)
        return std::nullopt;
    return compareNumbers(*left, *right);
}

bool contains(const Value& whole, const Value& part)
{
    if (part.isNil())
        return false;
    if (const auto* array = whole.array())
        return std::any_of(array->begin(), array->end(), [&](const Value& element) { return isEqual(element, part); });
    std::string scratch;
    if (const auto* text = whole.string())
        return text->find(textOf(part, scratch)) != text->npos;
    if (const auto* object = whole.object())
        return object->find(textOf(part, scratch)) != nullptr;
    if (const auto* range = whole.range())
        return part.integer() && *part.integer() >= range->first && *part.integer() <= range->last;
    return false;
}

} // namespace carillon::liquid
