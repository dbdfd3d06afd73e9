// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/FilterRun.h"

#include "engine/liquid/MarkupText.h"
#include "engine/liquid/ValueText.h"

#include <algorithm>
#include <vector>

namespace carillon::liquid {

namespace {

constexpr int maxDepth = 100;

bool hasMarkup(const Value* value, int depth = 0)
{
    if (!value || depth > maxDepth)
        return false;
    const auto* array = value->array();
    return value->isMarkup() || (array && std::any_of(array->begin(), array->end(), [depth](const Value& element) {
                                     return hasMarkup(&element, depth + 1);
                                 }));
}

bool hasMarkup(const FilterInput& in)
{
    return hasMarkup(&in.value)
        || std::any_of(in.arguments.begin(), in.arguments.end(), [](const Value* value) { return hasMarkup(value); })
        || std::any_of(in.named.begin(), in.named.end(), [](const NamedValue& named) { return hasMarkup(named.value); });
}

// Calls `filter` with its input and arguments put through `change`.
template <typename Change>
FilterResult runChanged(const Filter& filter, const FilterInput& in, Change change)
{
    const Value value = change(in.value);
    std::array<Value, FilterInput::maxArguments> arguments;
    std::vector<Value> named(in.named.size());
    std::vector<NamedValue> namedValues(in.named.begin(), in.named.end());
    FilterInput changed{.value = value, .context = in.context};
    for (std::size_t i = 0; i < arguments.size() && in.arguments[i]; ++i) {
        arguments[i] = change(*in.arguments[i]);
        changed.arguments[i] = &arguments[i];
    }
    for (std::size_t i = 0; i < named.size(); ++i) {
        named[i] = change(*in.named[i].value);
        namedValues[i].value = &named[i];
    }
    changed.named = namedValues;
    return filter.apply(changed);
}

Value protectedValue(const Value& value, Escape escape, int depth = 0)
{
    if (const auto* text = value.string())
        return value.isMarkup() ? markup::protect(escape, *text) : markup::protectPlain(*text);
    const auto* array = value.array();
    if (value.object() || (array && depth > maxDepth))
        return markup::protectPlain(toText(value));
    if (!array)
        return value;
    Array result;
    for (const Value& element : *array)
        result.push_back(protectedValue(element, escape, depth + 1));
    return result;
}

Value restoredValue(const Value& value, Escape escape, int depth = 0)
{
    if (const auto* text = value.string())
        return Value::markup(markup::restore(escape, *text));
    const auto* array = value.array();
    if (!array || depth > maxDepth)
        return value;
    Array result;
    for (const Value& element : *array)
        result.push_back(restoredValue(element, escape, depth + 1));
    return result;
}

// For a filter that works on what the text shows.
FilterResult runReading(const Filter& filter, const FilterInput& in)
{
    if (!hasMarkup(in))
        return filter.apply(in);
    return runChanged(filter, in, [&](const Value& value) {
        return value.isMarkup() ? Value(markup::plain(in.context.escape, *value.string())) : value;
    });
}

FilterResult runKeeping(const Filter& filter, const FilterInput& in)
{
    if (!hasMarkup(in))
        return filter.apply(in);
    FilterResult result
        = runChanged(filter, in, [&](const Value& value) { return protectedValue(value, in.context.escape); });
    return result ? FilterResult(restoredValue(*result, in.context.escape)) : result;
}

FilterResult asMarkup(FilterResult result)
{
    if (!result || !result->string())
        return result;
    return Value::markup(*result->string());
}

FilterResult runOnEscaped(const Filter& filter, const FilterInput& in)
{
    std::string text;
    if (in.value.isMarkup())
        text = *in.value.string();
    else
        appendEscaped(in.context.escape, toText(in.value), text);
    const Value escaped(std::move(text));
    FilterInput changed = {.value = escaped, .context = in.context, .arguments = in.arguments, .named = in.named};
    return asMarkup(filter.apply(changed));
}

} // namespace

FilterResult runFilter(const Filter& filter, const FilterInput& in)
{
    const Escape escape = in.context.escape;
    switch (filter.markup) {
    case Markup::Keeps: return runKeeping(filter, in);
    case Markup::Passes:
    case Markup::Makes: return filter.apply(in);
    case Markup::Html:
        if (escape != Escape::Html)
            break;
        return in.value.isMarkup() ? FilterResult(in.value) : asMarkup(filter.apply(in));
    case Markup::Json: return escape == Escape::Json ? asMarkup(runReading(filter, in)) : runReading(filter, in);
    case Markup::Breaks:
        if (escape != Escape::Html)
            break;
        return runOnEscaped(filter, in);
    case Markup::Strips:
        if (escape != Escape::Html || !in.value.isMarkup())
            break;
        return runOnEscaped(filter, in);
    case Markup::Reads: break;
    }
    return runReading(filter, in);
}

} // namespace carillon::liquid
