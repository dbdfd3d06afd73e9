// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Filters.h"

#include "engine/liquid/Compare.h"
#include "engine/liquid/Problem.h"
#include "engine/liquid/Utf8.h"
#include "engine/liquid/ValueText.h"

namespace carillon::liquid::filters {

namespace {

Value pairOf(const Object::Entry& entry)
{
    return Array{Value(entry.first), entry.second};
}

tl::unexpected<std::string> tooLarge()
{
    return tl::unexpected(tr("The list grows too large here."));
}

// Calls `take` with each element of a list, a range or an object (as pairs); false when there are too many or it says so.
template <typename Take>
bool forEach(const FilterInput& in, Take take)
{
    if (const auto* array = in.value.array()) {
        for (const Value& element : *array) {
            if (!take(element))
                return false;
        }
    } else if (const auto* object = in.value.object()) {
        for (const Object::Entry& entry : object->entries()) {
            if (!take(pairOf(entry)))
                return false;
        }
    } else if (const auto* range = in.value.range()) {
        for (std::uint64_t i = 0; i < range->size(); ++i) {
            if (i >= in.maxElements || !take(Value(range->first + std::int64_t(i))))
                return false;
        }
    } else {
        return take(in.value);
    }
    return true;
}

// Lists within lists are joined as one.
bool appendJoined(const Value& element, std::string_view glue, std::string& out, bool& isFirst, std::size_t maxBytes,
                  int depth = 0)
{
    constexpr int maxDepth = 100;
    if (const auto* array = element.array(); array && depth < maxDepth) {
        for (const Value& inner : *array) {
            if (!appendJoined(inner, glue, out, isFirst, maxBytes, depth + 1))
                return false;
        }
        return true;
    }
    if (!std::exchange(isFirst, false))
        out += glue;
    appendText(element, out);
    return out.size() <= maxBytes;
}

} // namespace

FilterResult defaultTo(const FilterInput& in)
{
    const bool allowFalse = in.named && in.named->isTruthy();
    const bool isFalse = in.value.boolean() && !*in.value.boolean();
    const bool isMissing = in.value.isNil() || isEqual(in.value, Special::Empty) || (isFalse && !allowFalse);
    return isMissing ? in.arguments[0] ? *in.arguments[0] : Value() : in.value;
}

FilterResult first(const FilterInput& in)
{
    if (const auto* array = in.value.array())
        return array->empty() ? Value() : array->front();
    if (const auto* range = in.value.range())
        return range->size() ? Value(range->first) : Value();
    if (const auto* object = in.value.object())
        return object->entries().empty() ? Value() : pairOf(object->entries().front());
    if (const auto* text = in.value.string())
        return Value(utf8::left(*text, 1));
    return Value();
}

FilterResult last(const FilterInput& in)
{
    if (const auto* array = in.value.array())
        return array->empty() ? Value() : array->back();
    if (const auto* range = in.value.range())
        return range->size() ? Value(range->last) : Value();
    if (const auto* text = in.value.string(); text && !text->empty())
        return Value(text->substr(utf8::byteOf(*text, utf8::length(*text) - 1)));
    return Value();
}

FilterResult join(const FilterInput& in)
{
    const std::string glue = in.arguments[0] ? toText(*in.arguments[0]) : " ";
    std::string result;
    bool isFirst = true;
    if (!forEach(in, [&](const Value& element) { return appendJoined(element, glue, result, isFirst, in.maxBytes); }))
        return tooLarge();
    return Value(std::move(result));
}

FilterResult size(const FilterInput& in)
{
    if (const auto* text = in.value.string())
        return Value(std::int64_t(utf8::length(*text)));
    if (const auto* array = in.value.array())
        return Value(std::int64_t(array->size()));
    if (const auto* object = in.value.object())
        return Value(std::int64_t(object->entries().size()));
    if (const auto* range = in.value.range())
        return Value(std::int64_t(range->size()));
    return Value(0);
}

FilterResult split(const FilterInput& in)
{
    std::string scratch;
    std::string_view text = textOf(in.value, scratch);
    const std::string by = toText(*in.arguments[0]);
    Array result;
    while (!text.empty()) {
        if (result.size() >= in.maxElements)
            return tooLarge();
        std::size_t end = by.empty() ? utf8::byteOf(text, 1) : text.find(by);
        end = std::min(end, text.size());
        result.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(text.size(), end + by.size()));
    }
    while (!result.empty() && result.back().string()->empty())
        result.pop_back(); // as Ruby's split does
    return Value(std::move(result));
}

} // namespace carillon::liquid::filters
