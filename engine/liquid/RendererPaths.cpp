// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Renderer.h"

#include "engine/liquid/Filters.h"
#include "engine/liquid/ValueText.h"

#include <algorithm>

namespace carillon::liquid {

namespace {

const Value nil;

// The element at an index that may count from the end.
const Value* elementAt(const Array& array, std::int64_t index)
{
    const auto size = std::int64_t(array.size());
    if (index < 0)
        index += size;
    return index >= 0 && index < size ? &array[std::size_t(index)] : nullptr;
}

// The members that every list, text or object has: size, first and last. Whatever it gives is made in `scratch`.
const Value* builtIn(const Value& from, std::string_view name, Value& scratch)
{
    const bool isText = from.string();
    if (!from.array() && !from.object() && !from.range() && !isText)
        return nullptr;
    static const FilterContext context;
    const FilterInput in{.value = from, .context = context};
    FilterResult result;
    if (name == "size")
        result = filters::size(in);
    else if (name == "first" && !isText)
        result = filters::first(in);
    else if (name == "last" && !isText)
        result = filters::last(in);
    else
        return nullptr;
    scratch = *std::move(result);
    return &scratch;
}

const Value* memberOf(const Value& from, std::string_view name, Value& scratch)
{
    if (const Object* object = from.object()) {
        if (const Value* member = object->find(name)) {
            // The object may live in `scratch` alone: then its member must be copied out before it goes.
            return &from == &scratch ? &(scratch = Value(*member)) : member;
        }
    }
    if (const Drop* drop = from.drop()) {
        Value member;
        if (!drop->member(name, member))
            return nullptr;
        scratch = std::move(member);
        return &scratch;
    }
    return builtIn(from, name, scratch);
}

} // namespace

const Value* Renderer::evaluate(const Expression& expression, Value& scratch)
{
    switch (expression.kind) {
    case Expression::Literal: return &expression.literal;
    case Expression::Span: return evaluateSpan(expression, scratch);
    case Expression::Path: return evaluatePath(expression, scratch);
    }
    return nullptr;
}

// What is no whole number counts as 0, as in Shopify's Liquid.
const Value* Renderer::evaluateSpan(const Expression& span, Value& scratch)
{
    Value firstScratch;
    Value lastScratch;
    const Value* first = evaluate(*span.from, firstScratch);
    const Value* last = first ? evaluate(*span.to, lastScratch) : nullptr;
    if (!last)
        return nullptr;
    static constexpr std::int64_t limit = std::int64_t(1) << 62; // keeps the size of a range within 64 bits
    const auto bound = [](const Value& value) { return std::clamp(toInteger(value).value_or(0), -limit, limit); };
    scratch = Range{bound(*first), bound(*last)};
    return &scratch;
}

const Value* Renderer::evaluatePath(const Expression& path, Value& scratch)
{
    const bool isDynamic = path.root == Expression::dynamicRoot;
    const Value* value = isDynamic ? dynamicRoot(path) : m_frame->variables[std::size_t(path.root)]->get();
    for (std::size_t i = isDynamic; value && i < path.steps.size(); ++i)
        value = take(*value, path.steps[i], scratch);
    return value ? value : missing(path);
}

// [name].rest: looks the root up by a name that is only known now.
const Value* Renderer::dynamicRoot(const Expression& path)
{
    Value scratch;
    Value text;
    const Value* name = path.steps.empty() ? nullptr : evaluate(*path.steps.front().index, scratch);
    if (!name || !name->string())
        return nullptr;
    return scope().variable(*shown(*name, text).string()).get();
}

const Value* Renderer::take(const Value& from, const Step& step, Value& scratch)
{
    if (!chargeFor(from.string() ? from : nil, {}))
        return nullptr;
    if (!step.index)
        return memberOf(from, step.name, scratch);
    Value keyScratch;
    const Value* key = evaluate(*step.index, keyScratch);
    if (!key)
        return nullptr;
    Value text;
    if (key->string())
        return memberOf(from, *shown(*key, text).string(), scratch);
    const auto* index = key->integer();
    const Value* element = index && from.array() ? elementAt(*from.array(), *index) : nullptr;
    return element && &from == &scratch ? &(scratch = Value(*element)) : element;
}

// A variable that is not there is nil; in strict mode an error, unless somebody said that it may be missing.
const Value* Renderer::missing(const Expression& expression)
{
    if (m_problem)
        return nullptr;
    if (m_options.missing)
        noteMissing(expression);
    if (!isStrict() || m_missingIsFine)
        return &nil;
    fail(expression.place, tr("There is no “%1”.", {source().substr(expression.place.offset, expression.place.length)}));
    return nullptr;
}

void Renderer::noteMissing(const Expression& path)
{
    std::vector<MissingVariable>& noted = *m_options.missing;
    if (noted.size() >= RenderOptions::maxMissing)
        return;
    std::string written = writtenPath(path.root < 0 ? std::string_view() : nameOf(path.root), path.steps);
    const auto isSame = [&](const MissingVariable& other) { return other.path == written; };
    if (std::none_of(noted.begin(), noted.end(), isSame))
        noted.push_back({std::move(written), outermost(path.place)});
}

} // namespace carillon::liquid
