// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/FilterArguments.h"

#include "engine/liquid/Problem.h"
#include "engine/liquid/Utf8.h"
#include "engine/liquid/ValueText.h"

#include <algorithm>
#include <charconv>

namespace carillon::liquid::filters {

namespace {

constexpr int maxDepth = 100;

bool appendFlat(const Array& array, Array& out, std::size_t maxElements, int depth)
{
    for (const Value& element : array) {
        if (const auto* inner = element.array(); inner && depth < maxDepth) {
            if (!appendFlat(*inner, out, maxElements, depth + 1))
                return false;
        } else {
            out.push_back(element);
        }
        if (out.size() > maxElements)
            return false;
    }
    return true;
}

bool appendRange(const Range& range, Array& out, std::size_t maxElements)
{
    if (range.size() > maxElements)
        return false;
    for (std::uint64_t i = 0; i < range.size(); ++i)
        out.emplace_back(range.first + std::int64_t(i));
    return true;
}

// The character at an index that may count from the end.
Value characterAt(const std::string& text, std::int64_t index)
{
    const auto size = std::int64_t(utf8::length(text));
    if (index < 0)
        index += size;
    if (index < 0 || index >= size)
        return {};
    return utf8::left(std::string_view(text).substr(utf8::byteOf(text, std::size_t(index))), 1);
}

Value partOf(const std::string& text, const Value& property)
{
    if (const auto* index = property.integer())
        return characterAt(text, *index);
    const std::string part = toText(property);
    return text.find(part) != text.npos ? Value(part) : Value();
}

} // namespace

std::string argumentText(const FilterInput& in, std::size_t index)
{
    return in.arguments[index] ? toText(*in.arguments[index]) : std::string();
}

std::optional<std::int64_t> wholeNumber(const Value& value)
{
    if (const auto* integer = value.integer())
        return *integer;
    if (!value.string())
        return std::nullopt;
    std::string_view text = utf8::trim(*value.string());
    if (text.starts_with('+'))
        text.remove_prefix(1);
    std::int64_t result = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), result);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() ? std::optional(result) : std::nullopt;
}

tl::expected<Array, std::string> elementsOf(const FilterInput& in)
{
    Array result;
    bool fits = true;
    if (const auto* array = in.value.array())
        fits = appendFlat(*array, result, std::max(in.context.maxElements, array->size()), 0);
    else if (const auto* range = in.value.range())
        fits = appendRange(*range, result, in.context.maxElements);
    else if (!in.value.isNil())
        result.push_back(in.value);
    if (!fits)
        return listTooLarge();
    return result;
}

tl::expected<Property, std::string> propertyOf(const Value& element, const Value& property)
{
    if (const auto* object = element.object()) {
        const Value* member = property.string() ? object->find(*property.string()) : nullptr;
        return Property{member ? *member : Value()};
    }
    if (const auto* drop = element.drop()) {
        Property result;
        if (property.string())
            drop->member(*property.string(), result.value);
        return result;
    }
    if (const auto* text = element.string())
        return Property{partOf(*text, property)};
    if (const auto* number = element.integer()) {
        const auto* bit = property.integer();
        if (!bit)
            return noProperty(property);
        return Property{std::int64_t(*bit >= 0 && *bit < 64 ? (*number >> *bit) & 1 : *number < 0 && *bit >= 0)};
    }
    return Property{{}, false};
}

tl::unexpected<std::string> textTooLarge()
{
    return tl::unexpected(tr("The text grows too large here."));
}

tl::unexpected<std::string> listTooLarge()
{
    return tl::unexpected(tr("The list grows too large here."));
}

tl::unexpected<std::string> noProperty(const Value& property)
{
    return tl::unexpected(tr("The elements of this list have no “%1”.", {toText(property)}));
}

} // namespace carillon::liquid::filters
