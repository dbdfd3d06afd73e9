// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Filters.h"

#include "engine/liquid/Compare.h"
#include "engine/liquid/FilterArguments.h"
#include "engine/liquid/Problem.h"
#include "engine/liquid/Utf8.h"
#include "engine/liquid/ValueText.h"

#include <algorithm>

namespace carillon::liquid::filters {

namespace {

Value pairOf(const Object::Entry& entry)
{
    return Array{Value(entry.first), entry.second};
}

// Ruby's split by one blank: words, whatever blanks are between them.
FilterResult splitWords(std::string_view text, std::size_t maxElements)
{
    Array result;
    for (text = utf8::trim(text); !text.empty(); text = utf8::trimLeft(text)) {
        if (result.size() >= maxElements)
            return listTooLarge();
        const auto end = std::size_t(std::find_if(text.begin(), text.end(), utf8::isBlank) - text.begin());
        result.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return Value(std::move(result));
}

// Where `length` elements from `offset` on lie in `size`, as Ruby's slice has it; nothing when they cannot lie in it.
std::optional<std::pair<std::size_t, std::size_t>> sliceOf(std::int64_t offset, std::int64_t length, std::size_t size)
{
    const auto count = std::int64_t(size);
    if (offset < 0)
        offset = offset < -count ? -1 : offset + count;
    if (offset < 0 || offset > count || length < 0)
        return std::nullopt;
    return std::pair(std::size_t(offset), std::size_t(std::min(length, count - offset)));
}

} // namespace

FilterResult defaultTo(const FilterInput& in)
{
    const Value* setting = in.setting("allow_false");
    const bool allowFalse = setting && setting->isTruthy();
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
    const auto elements = elementsOf(in);
    if (!elements)
        return tl::unexpected(elements.error());
    const std::string glue = in.arguments[0] ? toText(*in.arguments[0]) : " ";
    std::string result;
    for (const Value& element : *elements) {
        if (&element != &elements->front())
            result += glue;
        appendText(element, result);
        if (result.size() > in.context.maxBytes)
            return textTooLarge();
    }
    return Value(std::move(result));
}

FilterResult reverse(const FilterInput& in)
{
    auto elements = elementsOf(in);
    if (!elements)
        return tl::unexpected(std::move(elements.error()));
    std::reverse(elements->begin(), elements->end());
    return Value(*std::move(elements));
}

FilterResult concat(const FilterInput& in)
{
    auto elements = elementsOf(in);
    if (!elements)
        return tl::unexpected(std::move(elements.error()));
    const auto* more = in.arguments[0]->array();
    if (!more)
        return tl::unexpected(tr("What is given to “concat” is no list."));
    if (!elements->empty() && !more->empty() && elements->size() + more->size() > in.context.maxElements)
        return listTooLarge();
    elements->insert(elements->end(), more->begin(), more->end());
    return Value(*std::move(elements));
}

FilterResult slice(const FilterInput& in)
{
    const auto offset = wholeNumber(*in.arguments[0]);
    const bool hasLength = in.arguments[1] && !in.arguments[1]->isNil();
    const auto length = hasLength ? wholeNumber(*in.arguments[1]) : std::optional<std::int64_t>(1);
    if (!offset || !length)
        return tl::unexpected(tr("The place or length given to “slice” is not a whole number."));
    if (const auto* array = in.value.array()) {
        const auto cut = sliceOf(*offset, *length, array->size());
        const auto first = array->begin() + std::ptrdiff_t(cut ? cut->first : 0);
        return Value(Array(first, first + std::ptrdiff_t(cut ? cut->second : 0)));
    }
    std::string scratch;
    const std::string_view text = textOf(in.value, scratch);
    const auto cut = sliceOf(*offset, *length, utf8::length(text));
    return Value(cut ? utf8::left(text.substr(utf8::byteOf(text, cut->first)), cut->second) : std::string());
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
    if (by == " ")
        return splitWords(text, in.context.maxElements);
    Array result;
    while (!text.empty()) {
        if (result.size() >= in.context.maxElements)
            return listTooLarge();
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
