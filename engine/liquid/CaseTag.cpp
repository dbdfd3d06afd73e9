// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/ExpressionParser.h"
#include "engine/liquid/Renderer.h"
#include "engine/liquid/Tags.h"

#include <algorithm>

namespace carillon::liquid {

namespace {

struct Branch {
    std::vector<Expression> values; // empty: else
    bool isElse = false;
    Block body;
};

// {% case x %}{% when 1, 2 %}...{% else %}...{% endcase %}. As in Shopify's Liquid every branch that fits is rendered, once
// for each of its values that does; an else is when none before it did.
class CaseNode final : public Node {
public:
    CaseNode(Expression subject, std::vector<Branch> branches)
        : m_subject(std::move(subject))
        , m_branches(std::move(branches))
    {
        m_isBlank
            = std::all_of(m_branches.begin(), m_branches.end(), [](const Branch& branch) { return branch.body.isBlank(); });
        if (!m_isBlank)
            return;
        for (Branch& branch : m_branches)
            branch.body.dropText();
    }

    bool isBlank() const override { return m_isBlank; }

    Flow render(Renderer& renderer) const override
    {
        bool found = false;
        Flow flow = Flow::Next;
        for (const Branch& branch : m_branches) {
            if (branch.isElse && !found)
                flow = renderer.render(branch.body);
            for (std::size_t i = 0; i < branch.values.size() && flow == Flow::Next; ++i) {
                const std::optional<bool> fits = matches(renderer, branch.values[i]);
                if (!fits)
                    return Flow::Failed;
                found = found || *fits;
                if (*fits)
                    flow = renderer.render(branch.body);
            }
            if (flow != Flow::Next)
                return flow;
        }
        return Flow::Next;
    }

private:
    std::optional<bool> matches(Renderer& renderer, const Expression& wanted) const
    {
        Value subjectScratch;
        Value wantedScratch;
        const Value* subject = renderer.evaluateTested(m_subject, subjectScratch);
        const Value* value = subject ? renderer.evaluateTested(wanted, wantedScratch) : nullptr;
        return value ? renderer.areEqual(*subject, *value, wanted.place) : std::nullopt;
    }

    Expression m_subject;
    std::vector<Branch> m_branches;
    bool m_isBlank;
};

std::vector<Expression> parseValues(Compiler& compiler, const Piece& piece)
{
    ExpressionParser parser(compiler, piece.text);
    std::vector<Expression> values;
    do {
        values.push_back(parser.expression());
    } while (!parser.failed() && (parser.take(",") || parser.takeWord("or")));
    parser.expectEnd();
    return values;
}

} // namespace

std::unique_ptr<Node> tags::compileCase(Compiler& compiler, const Piece& piece)
{
    static constexpr std::string_view ends[] = {"when", "else", "endcase"};
    ExpressionParser parser(compiler, piece.text);
    Expression subject = parser.expression();
    parser.expectEnd();
    const Piece* endedBy = nullptr;
    compiler.block(piece, ends, endedBy); // what stands before the first branch is never put out
    std::vector<Branch> branches;
    while (endedBy && endedBy->name != "endcase") {
        Branch branch;
        branch.isElse = endedBy->name == "else";
        if (branch.isElse)
            ExpressionParser(compiler, endedBy->text).expectEnd();
        else
            branch.values = parseValues(compiler, *endedBy);
        branch.body = compiler.block(piece, ends, endedBy);
        branches.push_back(std::move(branch));
    }
    return std::make_unique<CaseNode>(std::move(subject), std::move(branches));
}

} // namespace carillon::liquid
