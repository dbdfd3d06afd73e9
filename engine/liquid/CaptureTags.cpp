// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/ExpressionParser.h"
#include "engine/liquid/Renderer.h"
#include "engine/liquid/Tags.h"

namespace carillon::liquid {

namespace {

// {% capture name %}: what the body puts out becomes a variable, and is escaped already.
class CaptureNode final : public Node {
public:
    CaptureNode(int name, Block body)
        : m_name(name)
        , m_body(std::move(body))
    {
    }

    Flow render(Renderer& renderer) const override
    {
        std::string text;
        const Flow flow = renderer.capture(m_body, text);
        return flow != Flow::Failed && renderer.assignMarkup(m_name, std::move(text)) ? flow : Flow::Failed;
    }

    bool isBlank() const override { return true; }

private:
    int m_name;
    Block m_body;
};

// {% ifchanged %}: puts the body out when it differs from what the last one of these has put out.
class IfChangedNode final : public Node {
public:
    explicit IfChangedNode(Block body)
        : m_body(std::move(body))
    {
    }

    Flow render(Renderer& renderer) const override
    {
        std::string text;
        const Flow flow = renderer.capture(m_body, text);
        if (flow == Flow::Failed || text == renderer.scope().lastChanged())
            return flow;
        renderer.scope().lastChanged() = text;
        return renderer.write(text) ? flow : Flow::Failed;
    }

private:
    Block m_body;
};

} // namespace

std::unique_ptr<Node> tags::compileCapture(Compiler& compiler, const Piece& piece)
{
    static constexpr std::string_view ends[] = {"endcapture"};
    ExpressionParser parser(compiler, piece.text);
    const std::string_view name = parser.target();
    parser.expectEnd();
    const Piece* endedBy = nullptr;
    Block body = compiler.block(piece, ends, endedBy);
    compiler.assigned(name);
    return std::make_unique<CaptureNode>(compiler.nameIndex(name), std::move(body));
}

std::unique_ptr<Node> tags::compileIfChanged(Compiler& compiler, const Piece& piece)
{
    static constexpr std::string_view ends[] = {"endifchanged"};
    ExpressionParser(compiler, piece.text).expectEnd();
    const Piece* endedBy = nullptr;
    return std::make_unique<IfChangedNode>(compiler.block(piece, ends, endedBy));
}

} // namespace carillon::liquid
