// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/ExpressionParser.h"
#include "engine/liquid/Renderer.h"
#include "engine/liquid/Tags.h"

#include <algorithm>

namespace carillon::liquid {

namespace {

struct Branch {
    Condition condition; // empty: else
    bool wanted = true; // what the condition must be: false for the first branch of unless
    Block body;
};

class IfNode final : public Node {
public:
    explicit IfNode(std::vector<Branch> branches)
        : m_branches(std::move(branches))
    {
        m_isBlank
            = std::all_of(m_branches.begin(), m_branches.end(), [](const Branch& branch) { return branch.body.isBlank(); });
        if (!m_isBlank)
            return;
        for (Branch& branch : m_branches)
            branch.body.dropText();
    }

    Flow render(Renderer& renderer) const override
    {
        for (const Branch& branch : m_branches) {
            const std::optional<bool> holds = branch.condition.empty() ? true : renderer.test(branch.condition);
            if (!holds)
                return Flow::Failed;
            if (branch.condition.empty() || *holds == branch.wanted)
                return renderer.render(branch.body);
        }
        return Flow::Next;
    }

    bool isBlank() const override { return m_isBlank; }

private:
    std::vector<Branch> m_branches;
    bool m_isBlank;
};

Condition compileCondition(Compiler& compiler, const Piece& piece)
{
    ExpressionParser parser(compiler, piece.text);
    Condition condition = parser.condition();
    parser.expectEnd();
    return condition;
}

std::unique_ptr<Node> compileBranches(Compiler& compiler, const Piece& opener, std::string_view end, bool wanted)
{
    const std::string_view ends[] = {"elsif", "else", end};
    std::vector<Branch> branches;
    const Piece* piece = &opener;
    while (piece && piece->name != end) {
        Branch branch;
        branch.wanted = wanted || piece != &opener;
        if (piece->name != "else")
            branch.condition = compileCondition(compiler, *piece);
        branch.body = compiler.block(opener, ends, piece);
        branches.push_back(std::move(branch));
    }
    return std::make_unique<IfNode>(std::move(branches));
}

} // namespace

std::unique_ptr<Node> tags::compileIf(Compiler& compiler, const Piece& piece)
{
    return compileBranches(compiler, piece, "endif", true);
}

std::unique_ptr<Node> tags::compileUnless(Compiler& compiler, const Piece& piece)
{
    return compileBranches(compiler, piece, "endunless", false);
}

} // namespace carillon::liquid
