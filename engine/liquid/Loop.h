// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/liquid/Expression.h"

#include <optional>

namespace carillon::liquid {

class ExpressionParser;
class Renderer;

// What a loop runs over. Ranges stay unwritten; an object is its [name, value] pairs; text that is not empty is one element.
class Elements {
public:
    explicit Elements(const Value& list);

    std::uint64_t size() const;
    const Value* at(std::uint64_t index, Value& scratch) const; // the element itself, or `scratch`

private:
    Value m_list; // a copy: the template may assign to the variable it came from
};

// The elements from..to of a loop.
struct Slice {
    std::uint64_t from = 0;
    std::uint64_t to = 0;

    std::uint64_t length() const { return to - from; }
};

// "name in list" and what limits it, as `for` and `tablerow` have it.
struct LoopHead {
    std::string_view variable;
    Expression list;
    std::optional<Expression> limit;
    std::optional<Expression> offset;

    void parse(ExpressionParser& parser); // "name in list"
    bool parseBound(ExpressionParser& parser, bool& offsetContinues); // "limit: 2" or "offset: 1", if that is next
};

// A whole number that a tag is given: `otherwise` when it is not given or nil; nothing and a problem when it is no number.
std::optional<std::int64_t> evaluateCount(Renderer& renderer, const std::optional<Expression>& expression,
                                          std::int64_t otherwise);

// The part of `size` elements that a loop runs over; nothing and a problem when it is longer than a loop may be.
std::optional<Slice> sliceOfLoop(Renderer& renderer, std::uint64_t size, std::int64_t offset, std::int64_t limit,
                                 Place place);

// The members index, index0, rindex, rindex0 and length of a loop that is at `index`; false when `name` is none of them.
bool countOf(std::string_view name, std::int64_t index, std::int64_t length, Value& result);

// The object `forloop`. The loop moves it on; a template cannot tell from a copy, which moves along.
class ForLoop final : public Drop {
public:
    ForLoop(std::string name, std::int64_t length, Value parent)
        : m_name(std::move(name))
        , m_length(length)
        , m_parent(std::move(parent))
    {
    }

    void next() { ++m_index; }

    bool member(std::string_view name, Value& result) const override;

private:
    std::string m_name;
    std::int64_t m_index = 0;
    std::int64_t m_length;
    Value m_parent;
};

} // namespace carillon::liquid
