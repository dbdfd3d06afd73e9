// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/ExpressionParser.h"
#include "engine/liquid/Loop.h"
#include "engine/liquid/Renderer.h"
#include "engine/liquid/Tags.h"

namespace carillon::liquid {

namespace {

// {% for name in list reversed limit: 2 offset: 1 %}
struct ForHead : LoopHead {
    bool offsetContinues = false; // "offset: continue": where the last loop over the same list ended
    bool reversed = false;
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
        std::int64_t& end = renderer.scope().loopEnd(m_name);
        const auto offset = m_head.offsetContinues ? std::optional(end) : evaluateCount(renderer, m_head.offset, 0);
        const auto limit = offset ? evaluateCount(renderer, m_head.limit, std::int64_t(size)) : std::nullopt;
        if (!limit)
            return std::nullopt;
        const auto slice = sliceOfLoop(renderer, size, *offset, *limit, m_head.list.place);
        if (slice)
            end = std::int64_t(slice->to);
        return slice;
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

ForHead parseHead(Compiler& compiler, const Piece& piece)
{
    ExpressionParser parser(compiler, piece.text);
    ForHead head;
    head.parse(parser);
    while (!parser.failed() && parser.next().kind != Token::End) {
        parser.take(",");
        if (parser.takeWord("reversed"))
            head.reversed = true;
        else if (!head.parseBound(parser, head.offsetContinues))
            parser.failHere();
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
