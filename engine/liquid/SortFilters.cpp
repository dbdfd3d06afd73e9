// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Filters.h"

#include "engine/liquid/Compare.h"
#include "engine/liquid/FilterArguments.h"
#include "engine/liquid/Problem.h"
#include "engine/liquid/Utf8.h"
#include "engine/liquid/ValueText.h"

#include <algorithm>
#include <unordered_set>

namespace carillon::liquid::filters {

namespace {

struct Keyed {
    Value key;
    Value element;
};

bool hasProperty(const FilterInput& in)
{
    return in.arguments[0] && !in.arguments[0]->isNil();
}

// The elements with what they are ordered by: themselves, or the property that was named. Nothing when one of them
// has no properties.
tl::expected<std::optional<std::vector<Keyed>>, std::string> keyedElements(const FilterInput& in)
{
    auto elements = elementsOf(in);
    if (!elements)
        return tl::unexpected(std::move(elements.error()));
    std::vector<Keyed> result;
    for (Value& element : *elements) {
        if (!hasProperty(in)) {
            result.push_back({element, element});
            continue;
        }
        auto property = propertyOf(element, *in.arguments[0]);
        if (!property)
            return tl::unexpected(std::move(property.error()));
        if (!property->exists)
            return std::nullopt;
        result.push_back({std::move(property->value), std::move(element)});
    }
    return result;
}

Value elementsOfKeyed(std::vector<Keyed>& keyed)
{
    Array result;
    for (Keyed& entry : keyed)
        result.push_back(std::move(entry.element));
    return result;
}

// Numbers have an order, and texts have; what is nil goes last and fits to either.
bool haveAnOrder(const std::vector<Keyed>& keyed)
{
    const Value* first = nullptr;
    std::size_t counted = 0;
    for (const Keyed& entry : keyed) {
        if (entry.key.isNil())
            continue;
        ++counted;
        first = first ? first : &entry.key;
        if ((first->isNumber() && entry.key.isNumber()) || (first->string() && entry.key.string()))
            continue;
        if (counted > 1 || keyed.size() > counted)
            return false;
    }
    return counted < 2 || first->isNumber() || first->string();
}

template <typename Less>
void sortBy(std::vector<Keyed>& keyed, Less less)
{
    std::stable_sort(keyed.begin(), keyed.end(), [&](const Keyed& a, const Keyed& b) {
        if (a.key.isNil() || b.key.isNil())
            return !a.key.isNil() && b.key.isNil();
        return less(a.key, b.key);
    });
}

// Tells values apart as Ruby's eql? does: 1, 1.0 and "1" are three.
std::string identityOf(const Value& value)
{
    std::string text(1, value.string() ? 's' : value.integer() ? 'i' : value.real() ? 'r' : 'v');
    value.real() ? appendText(value, text) : appendJson(value, text);
    return text;
}

} // namespace

FilterResult sort(const FilterInput& in)
{
    auto keyed = keyedElements(in);
    if (!keyed)
        return tl::unexpected(std::move(keyed.error()));
    if (!*keyed)
        return Value();
    if (!haveAnOrder(**keyed))
        return tl::unexpected(tr("The elements of this list have no order: they are of different kinds."));
    sortBy(**keyed, [](const Value& a, const Value& b) { return compare(a, b).value_or(0) < 0; });
    return elementsOfKeyed(**keyed);
}

FilterResult sortNatural(const FilterInput& in)
{
    auto keyed = keyedElements(in);
    if (!keyed)
        return tl::unexpected(std::move(keyed.error()));
    if (!*keyed)
        return Value();
    for (Keyed& entry : **keyed) {
        if (!entry.key.isNil())
            entry.key = Value(utf8::asciiLower(toText(entry.key)));
    }
    sortBy(**keyed, [](const Value& a, const Value& b) { return *a.string() < *b.string(); });
    return elementsOfKeyed(**keyed);
}

FilterResult uniq(const FilterInput& in)
{
    auto keyed = keyedElements(in);
    if (!keyed)
        return tl::unexpected(std::move(keyed.error()));
    if (!*keyed)
        return Value();
    std::unordered_set<std::string> seen;
    std::size_t bytes = 0;
    Array result;
    for (Keyed& entry : **keyed) {
        std::string identity = identityOf(entry.key);
        bytes += identity.size();
        if (bytes > in.context.maxBytes)
            return listTooLarge();
        if (seen.insert(std::move(identity)).second)
            result.push_back(std::move(entry.element));
    }
    return Value(std::move(result));
}

} // namespace carillon::liquid::filters
