// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/ExpressionParser.h"
#include "engine/liquid/Renderer.h"
#include "engine/liquid/Tags.h"
#include "engine/liquid/ValueText.h"

#include <algorithm>

namespace carillon::liquid {

namespace {

// {% for name in list reversed limit: 2 offset: 1 %}
struct ForHead {
    std::string_view variable;
    Expression list;
    std::optional<Expression> limit;
    std::optional<Expression> offset;
    bool offsetContinues = false; // "offset: continue": where the last loop over the same list ended
    bool reversed = false;
};

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

    bool member(std::string_view name, Value& result) const override
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
            return number(name, result);
        return true;
    }

private:
    bool number(std::string_view name, Value& result) const
    {
        if (name == "index")
            result = m_index + 1;
        else if (name == "index0")
            result = m_index;
        else if (name == "rindex")
            result = m_length - m_index;
        else if (name == "rindex0")
            result = m_length - m_index - 1;
        else if (name == "length")
            result = m_length;
        else
            return false;
        return true;
    }

    std::string m_name;
    std::int64_t m_index = 0;
    std::int64_t m_length;
    Value m_parent;
};

// What a loop runs over. Ranges stay unwritten; an object is its [name, value] pairs; text that is not empty is one element.
class Elements {
public:
    explicit Elements(const Value& list)
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

    std::uint64_t size() const
    {
        return m_list.array() ? m_list.array()->size() : m_list.range() ? m_list.range()->size() : 0;
    }

    const Value* at(std::uint64_t index, Value& scratch) const
    {
        if (m_list.array())
            return &(*m_list.array())[index];
        scratch = m_list.range()->first + std::int64_t(index);
        return &scratch;
    }

private:
    Value m_list; // a copy: the template may assign to the variable it came from
};

// The elements from..to of a loop, in the order of `reversed`.
struct Slice {
    std::uint64_t from = 0;
    std::uint64_t to = 0;

    std::uint64_t length() const { return to - from; }
};

class ForNode final : public Node {
public:
    ForNode(ForHead head, std::string name, int variable, int forloop, Block body, Block otherwise)
        : m_head(std::move(head))
        , m_name(std::move(name))
        , m_variable(variable)
        , m_forloop(forloop)
        , m_body(std::move(body))
        , m_otherwise(std::move(otherwise))
        , m_isBlank(m_body.isBlank() && m_otherwise.isBlank())
    {
        if (m_isBlank) {
            m_body.dropText();
            m_otherwise.dropText();
        }
    }

    bool isBlank() const override { return m_isBlank; }

    Flow render(Renderer& renderer) const override
    {
        Value scratch;
        const Value* list = renderer.evaluate(m_head.list, scratch);
        if (!list || !renderer.chargeFor(*list, m_head.list.place))
            return Flow::Failed;
        const Elements elements(*list);
        const std::optional<Slice> slice = cut(renderer, elements.size());
        if (!slice)
            return Flow::Failed;
        return slice->length() ? loop(renderer, elements, *slice) : renderer.render(m_otherwise);
    }

private:
    std::optional<Slice> cut(Renderer& renderer, std::uint64_t size) const
    {
        std::int64_t& end = renderer.loopEnd(m_name);
        const auto offset = m_head.offsetContinues ? std::optional(end) : bound(renderer, m_head.offset, 0);
        const auto limit = offset ? bound(renderer, m_head.limit, std::int64_t(size)) : std::nullopt;
        if (!limit)
            return std::nullopt;
        Slice slice;
        slice.from = std::min(size, std::uint64_t(std::max<std::int64_t>(*offset, 0)));
        slice.to = slice.from + std::min(size - slice.from, std::uint64_t(std::max<std::int64_t>(*limit, 0)));
        end = std::int64_t(slice.to);
        if (slice.length() > renderer.limits().loopLength) {
            renderer.fail(m_head.list.place,
                          tr("The loop is longer than %1 elements.", {std::to_string(renderer.limits().loopLength)}));
            return std::nullopt;
        }
        return slice;
    }

    static std::optional<std::int64_t> bound(Renderer& renderer, const std::optional<Expression>& expression,
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

    Flow loop(Renderer& renderer, const Elements& elements, Slice slice) const
    {
        const Value* const before = renderer.setLocal(m_variable, nullptr);
        const std::shared_ptr<ForLoop> forloop = makeForLoop(renderer, std::int64_t(slice.length()));
        const Value forloopValue = forloop ? Value(std::shared_ptr<const Drop>(forloop)) : Value();
        const Value* const outer = forloop ? renderer.setLocal(m_forloop, &forloopValue) : nullptr;
        Value scratch;
        Flow flow = Flow::Next;
        for (std::uint64_t i = 0; i < slice.length() && flow != Flow::Failed && flow != Flow::Break; ++i) {
            renderer.setLocal(m_variable, elements.at(m_head.reversed ? slice.to - 1 - i : slice.from + i, scratch));
            flow = renderer.render(m_body);
            if (forloop)
                forloop->next();
        }
        if (forloop)
            renderer.setLocal(m_forloop, outer);
        renderer.setLocal(m_variable, before);
        return flow == Flow::Failed ? flow : Flow::Next;
    }

    std::shared_ptr<ForLoop> makeForLoop(Renderer& renderer, std::int64_t length) const
    {
        if (m_forloop < 0)
            return nullptr;
        const Value* outer = renderer.setLocal(m_forloop, nullptr);
        renderer.setLocal(m_forloop, outer);
        return std::make_shared<ForLoop>(m_name, length, outer ? *outer : Value());
    }

    ForHead m_head;
    std::string m_name; // "item-data.items"
    int m_variable;
    int m_forloop; // the name `forloop`, or -1 when the template does not mention it
    Block m_body;
    Block m_otherwise;
    bool m_isBlank;
};

void parseSetting(ExpressionParser& parser, ForHead& head)
{
    if (parser.takeWord("reversed")) {
        head.reversed = true;
    } else if (parser.takeWord("limit")) {
        parser.expect(":");
        head.limit = parser.expression();
    } else if (parser.takeWord("offset")) {
        parser.expect(":");
        head.offsetContinues = parser.takeWord("continue");
        if (!head.offsetContinues)
            head.offset = parser.expression();
    } else {
        parser.failHere();
    }
}

ForHead parseHead(Compiler& compiler, const Piece& piece)
{
    ExpressionParser parser(compiler, piece.text);
    ForHead head;
    head.variable = parser.name();
    if (!parser.failed() && !parser.takeWord("in"))
        parser.fail(parser.next().place, tr("“%1” is missing here.", {"in"}));
    head.list = parser.expression();
    while (!parser.failed() && parser.next().kind != Token::End) {
        parser.take(",");
        parseSetting(parser, head);
    }
    return head;
}

} // namespace

std::unique_ptr<Node> tags::compileFor(Compiler& compiler, const Piece& piece)
{
    static constexpr std::string_view ends[] = {"else", "endfor"};
    ForHead head = parseHead(compiler, piece);
    const Piece* endedBy = nullptr;
    compiler.beginLocal(head.variable);
    compiler.beginLocal("forloop");
    Block body = compiler.block(piece, ends, endedBy);
    compiler.endLocal();
    compiler.endLocal();
    Block otherwise;
    while (endedBy && endedBy->name == "else") {
        Block more = compiler.block(piece, ends, endedBy);
        if (otherwise.nodes.empty())
            otherwise = std::move(more);
    }
    std::string name(head.variable);
    name.append("-").append(compiler.source().substr(head.list.place.offset, head.list.place.length));
    const int variable = compiler.nameIndex(head.variable);
    const int forloop = compiler.mentions("forloop") ? compiler.nameIndex("forloop") : -1;
    return std::make_unique<ForNode>(std::move(head), std::move(name), variable, forloop, std::move(body),
                                     std::move(otherwise));
}

} // namespace carillon::liquid
