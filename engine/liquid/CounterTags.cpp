// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/ExpressionParser.h"
#include "engine/liquid/Renderer.h"
#include "engine/liquid/Tags.h"
#include "engine/liquid/ValueText.h"

#include <algorithm>

namespace carillon::liquid {

namespace {

// {% increment x %} puts out 0, 1, 2 ...; {% decrement x %} -1, -2 ... Both count the same x, which no assign touches.
class CounterNode final : public Node {
public:
    CounterNode(int name, bool isUp)
        : m_name(name)
        , m_isUp(isUp)
    {
    }

    Flow render(Renderer& renderer) const override
    {
        const std::string_view name = renderer.nameOf(m_name);
        const std::int64_t before = renderer.scope().counter(name);
        std::int64_t after = before;
        if (__builtin_add_overflow(before, m_isUp ? 1 : -1, &after))
            after = before; // it stays at the last number there is
        renderer.scope().setCounter(name, after);
        return renderer.put(Value(m_isUp ? before : after)) ? Flow::Next : Flow::Failed;
    }

private:
    int m_name;
    bool m_isUp;
};

// {% cycle 'a', 'b' %} puts out the next of its values each time; {% cycle 'group': 'a', 'b' %} counts with all of that
// group.
class CycleNode final : public Node {
public:
    // Without a group and a name it is a cycle of its own.
    CycleNode(std::optional<Expression> group, std::vector<Expression> values, std::string name)
        : m_group(std::move(group))
        , m_values(std::move(values))
        , m_name(name.empty() ? " @" + std::to_string(reinterpret_cast<std::uintptr_t>(this)) : std::move(name))
    {
    }

    Flow render(Renderer& renderer) const override
    {
        Value groupScratch;
        const Value* group = m_group ? renderer.evaluateTested(*m_group, groupScratch) : nullptr;
        if (m_group && (!group || !renderer.chargeFor(*group, m_group->place)))
            return Flow::Failed;
        // A group's name cannot be an unnamed one's: that starts with a blank.
        std::size_t& next = renderer.scope().cycle(group ? 'g' + toText(*group) : m_name);
        Value scratch;
        const Value nothing;
        const Value* value = next < m_values.size() ? renderer.evaluate(m_values[next], scratch) : &nothing;
        if (!value || !renderer.put(*value))
            return Flow::Failed;
        next = next + 1 >= m_values.size() ? 0 : next + 1;
        return Flow::Next;
    }

private:
    std::optional<Expression> m_group;
    std::vector<Expression> m_values;
    std::string m_name; // unless there is a group
};

// Unnamed cycles of the same literals are one; one with a variable in it is alone.
std::string nameOfCycle(const Compiler& compiler, const std::vector<Expression>& values)
{
    std::string name(" ");
    for (const Expression& value : values) {
        if (value.kind != Expression::Literal)
            return {};
        name.append(compiler.source().substr(value.place.offset, value.place.length)).append(",");
    }
    return name;
}

std::unique_ptr<Node> compileCounter(Compiler& compiler, const Piece& piece, bool isUp)
{
    ExpressionParser parser(compiler, piece.text);
    const std::string_view name = parser.target();
    parser.expectEnd();
    compiler.assigned(name);
    return std::make_unique<CounterNode>(compiler.nameIndex(name), isUp);
}

} // namespace

std::unique_ptr<Node> tags::compileIncrement(Compiler& compiler, const Piece& piece)
{
    return compileCounter(compiler, piece, true);
}

std::unique_ptr<Node> tags::compileDecrement(Compiler& compiler, const Piece& piece)
{
    return compileCounter(compiler, piece, false);
}

std::unique_ptr<Node> tags::compileCycle(Compiler& compiler, const Piece& piece)
{
    ExpressionParser parser(compiler, piece.text);
    std::optional<Expression> group;
    std::vector<Expression> values;
    values.push_back(parser.expression());
    if (parser.take(":")) {
        group = std::move(values.front());
        values.front() = parser.expression();
    }
    while (!parser.failed() && parser.take(",") && parser.next().kind != Token::End)
        values.push_back(parser.expression());
    parser.expectEnd();
    std::string name = nameOfCycle(compiler, values);
    return std::make_unique<CycleNode>(std::move(group), std::move(values), std::move(name));
}

} // namespace carillon::liquid
