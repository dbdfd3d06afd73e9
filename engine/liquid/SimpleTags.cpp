// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/ExpressionParser.h"
#include "engine/liquid/Renderer.h"
#include "engine/liquid/Tags.h"
#include "engine/liquid/Utf8.h"

namespace carillon::liquid {

namespace {

class AssignNode final : public Node {
public:
    AssignNode(int name, Pipeline pipeline)
        : m_name(name)
        , m_pipeline(std::move(pipeline))
    {
    }

    Flow render(Renderer& renderer) const override
    {
        Value scratch;
        const Value* value = renderer.evaluate(m_pipeline, scratch);
        return value && renderer.assign(m_name, Value(*value)) ? Flow::Next : Flow::Failed;
    }

    bool isBlank() const override { return true; }

private:
    int m_name;
    Pipeline m_pipeline;
};

// {% break %} and {% continue %}. Outside of a loop either ends the template, as in Shopify's Liquid.
class JumpNode final : public Node {
public:
    explicit JumpNode(Flow flow)
        : m_flow(flow)
    {
    }
    Flow render(Renderer&) const override { return m_flow; }
    bool isBlank() const override { return true; }

private:
    Flow m_flow;
};

// The tags of {% liquid %}.
class BlockNode final : public Node {
public:
    explicit BlockNode(Block block)
        : m_block(std::move(block))
        , m_isBlank(m_block.isBlank())
    {
    }
    Flow render(Renderer& renderer) const override { return renderer.render(m_block); }
    bool isBlank() const override { return m_isBlank; }

private:
    Block m_block;
    bool m_isBlank;
};

std::unique_ptr<Node> compileJump(Compiler& compiler, const Piece& piece, Flow flow)
{
    ExpressionParser(compiler, piece.text).expectEnd();
    return std::make_unique<JumpNode>(flow);
}

} // namespace

std::unique_ptr<Node> tags::compileAssign(Compiler& compiler, const Piece& piece)
{
    ExpressionParser parser(compiler, piece.text);
    const std::string_view name = parser.name();
    parser.expect("=");
    Pipeline pipeline = parser.pipeline();
    parser.expectEnd();
    compiler.assigned(name);
    return std::make_unique<AssignNode>(compiler.nameIndex(name), std::move(pipeline));
}

std::unique_ptr<Node> tags::compileBreak(Compiler& compiler, const Piece& piece)
{
    return compileJump(compiler, piece, Flow::Break);
}

std::unique_ptr<Node> tags::compileContinue(Compiler& compiler, const Piece& piece)
{
    return compileJump(compiler, piece, Flow::Continue);
}

std::unique_ptr<Node> tags::compileComment(Compiler& compiler, const Piece& piece)
{
    compiler.skip(piece, "endcomment");
    return nullptr;
}

std::unique_ptr<Node> tags::compileEcho(Compiler& compiler, const Piece& piece)
{
    ExpressionParser parser(compiler, piece.text);
    const bool isEmpty = parser.next().kind == Token::End;
    Pipeline pipeline = isEmpty ? Pipeline() : parser.pipeline();
    parser.expectEnd();
    return std::make_unique<OutputNode>(std::move(pipeline));
}

std::unique_ptr<Node> tags::compileLiquid(Compiler& compiler, const Piece& piece)
{
    return std::make_unique<BlockNode>(compiler.lines(piece));
}

// {% # text %}: every further line starts with a #, too.
std::unique_ptr<Node> tags::compileInlineComment(Compiler& compiler, const Piece& piece)
{
    for (std::size_t end = piece.text.find('\n'); end != piece.text.npos; end = piece.text.find('\n', end + 1)) {
        const std::string_view line = utf8::trimLeft(piece.text.substr(end));
        if (!line.empty() && !line.starts_with('#')) {
            compiler.report(piece.place, tr("Each line of this comment must start with “#”."));
            break;
        }
    }
    return nullptr;
}

} // namespace carillon::liquid
