// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Filters.h"

#include "engine/liquid/Compare.h"
#include "engine/liquid/FilterArguments.h"

namespace carillon::liquid::filters {

namespace {

enum class Match { No, Yes, Impossible };

// Whether an element has what `where: property, value` asks for; without a value, whether its property is true.
tl::expected<Match, std::string> match(const FilterInput& in, const Value& element)
{
    const auto property = propertyOf(element, *in.arguments[0]);
    if (!property)
        return tl::unexpected(property.error());
    if (!property->exists)
        return Match::Impossible;
    const Value* wanted = in.arguments[1];
    const bool holds = wanted && !wanted->isNil() ? isEqual(property->value, *wanted) : property->value.isTruthy();
    return holds ? Match::Yes : Match::No;
}

// The elements that match, or those that do not. nil as soon as one has no properties, as in Shopify's Liquid.
FilterResult select(const FilterInput& in, Match wanted)
{
    auto elements = elementsOf(in);
    if (!elements)
        return tl::unexpected(std::move(elements.error()));
    Array result;
    for (Value& element : *elements) {
        const auto found = match(in, element);
        if (!found)
            return tl::unexpected(found.error());
        if (*found == Match::Impossible)
            return Value();
        if (*found == wanted)
            result.push_back(std::move(element));
    }
    return Value(std::move(result));
}

struct Found {
    std::int64_t index = -1; // none
    Value element;
    bool isImpossible = false;
};

tl::expected<Found, std::string> findFirst(const FilterInput& in)
{
    auto elements = elementsOf(in);
    if (!elements)
        return tl::unexpected(std::move(elements.error()));
    for (std::size_t i = 0; i < elements->size(); ++i) {
        const auto found = match(in, (*elements)[i]);
        if (!found)
            return tl::unexpected(found.error());
        if (*found != Match::No)
            return Found{std::int64_t(i), std::move((*elements)[i]), *found == Match::Impossible};
    }
    return Found{};
}

} // namespace

FilterResult where(const FilterInput& in)
{
    return select(in, Match::Yes);
}

FilterResult reject(const FilterInput& in)
{
    return select(in, Match::No);
}

FilterResult find(const FilterInput& in)
{
    auto found = findFirst(in);
    if (!found)
        return tl::unexpected(std::move(found.error()));
    return found->isImpossible ? Value() : std::move(found->element);
}

FilterResult findIndex(const FilterInput& in)
{
    const auto found = findFirst(in);
    if (!found)
        return tl::unexpected(found.error());
    return found->isImpossible || found->index < 0 ? Value() : Value(found->index);
}

FilterResult has(const FilterInput& in)
{
    const auto found = findFirst(in);
    if (!found)
        return tl::unexpected(found.error());
    return found->isImpossible ? Value() : Value(found->index >= 0);
}

FilterResult map(const FilterInput& in)
{
    auto elements = elementsOf(in);
    if (!elements)
        return tl::unexpected(std::move(elements.error()));
    for (Value& element : *elements) {
        auto property = propertyOf(element, *in.arguments[0]);
        if (!property)
            return tl::unexpected(std::move(property.error()));
        element = std::move(property->value);
    }
    return Value(*std::move(elements));
}

FilterResult compact(const FilterInput& in)
{
    auto elements = elementsOf(in);
    if (!elements)
        return tl::unexpected(std::move(elements.error()));
    Array result;
    for (Value& element : *elements) {
        bool isNil = element.isNil();
        if (in.arguments[0] && !in.arguments[0]->isNil()) {
            const auto property = propertyOf(element, *in.arguments[0]);
            if (!property)
                return tl::unexpected(property.error());
            isNil = property->value.isNil();
        }
        if (!isNil)
            result.push_back(std::move(element));
    }
    return Value(std::move(result));
}

} // namespace carillon::liquid::filters
