// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Loop.h"

#include "engine/liquid/ExpressionParser.h"
#include "engine/liquid/Renderer.h"
#include "engine/liquid/ValueText.h"

#include <algorithm>

namespace carillon::liquid {

Elements::Elements(const Value& list)
    : m_list(list)
{
    if (const Object* object = list.object()) {
        Array pairs;
        for (const auto& [name, value] : object->entries())
            pairs.emplace_back(Array{Value(name), value});
        m_list = std::move(pairs);
    } else if (list.string() && !list.string()->empty()) {
        m_list = Array{list};
    }
}

std::uint64_t Elements::size() const
{
    return m_list.array() ? m_list.array()->size() : m_list.range() ? m_list.range()->size() : 0;
}

const Value* Elements::at(std::uint64_t index, Value& scratch) const
{
    if (m_list.array())
        return &(*m_list.array())[index];
    scratch = m_list.range()->first + std::int64_t(index);
    return &scratch;
}

bool ForLoop::member(std::string_view name, Value& result) const
{
    if (name == "parentloop")
        result = m_parent;
    else if (name == "name")
        result = m_name;
    else if (name == "first")
        result = m_index == 0;
    else if (name == "last")
        result = m_index == m_length - 1;
    else
        return countOf(name, m_index, m_length, result);
    return true;
}

bool countOf(std::string_view name, std::int64_t index, std::int64_t length, Value& result)
{
    if (name == "index")
        result = index + 1;
    else if (name == "index0")
        result = index;
    else if (name == "rindex")
        result = length - index;
    else if (name == "rindex0")
        result = length - index - 1;
    else if (name == "length")
        result = length;
    else
        return false;
    return true;
}

void LoopHead::parse(ExpressionParser& parser)
{
    variable = parser.name();
    if (!parser.failed() && !parser.takeWord("in"))
        parser.fail(parser.next().place, tr("“%1” is missing here.", {"in"}));
    list = parser.expression();
}

bool LoopHead::parseBound(ExpressionParser& parser, bool& offsetContinues)
{
    if (parser.takeWord("limit")) {
        parser.expect(":");
        limit = parser.expression();
        return true;
    }
    if (!parser.takeWord("offset"))
        return false;
    parser.expect(":");
    offsetContinues = parser.takeWord("continue");
    if (!offsetContinues)
        offset = parser.expression();
    return true;
}

std::optional<std::int64_t> evaluateCount(Renderer& renderer, const std::optional<Expression>& expression,
                                          std::int64_t otherwise)
{
    Value scratch;
    const Value* value = expression ? renderer.evaluate(*expression, scratch) : nullptr;
    if (!expression || (value && value->isNil()))
        return otherwise;
    const auto number = value ? toInteger(*value) : std::nullopt;
    if (!number)
        renderer.fail(expression->place, tr("This is not a whole number."));
    return number;
}

std::optional<Slice> sliceOfLoop(Renderer& renderer, std::uint64_t size, std::int64_t offset, std::int64_t limit,
                                 Place place)
{
    Slice slice;
    slice.from = std::min(size, std::uint64_t(std::max<std::int64_t>(offset, 0)));
    slice.to = slice.from + std::min(size - slice.from, std::uint64_t(std::max<std::int64_t>(limit, 0)));
    const std::size_t longest = renderer.limits().loopLength;
    if (slice.length() <= longest)
        return slice;
    renderer.fail(place, tr("The loop is longer than %1 elements.", {std::to_string(longest)}));
    return std::nullopt;
}

} // namespace carillon::liquid
