// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/ExpressionParser.h"
#include "engine/liquid/Loop.h"
#include "engine/liquid/Renderer.h"
#include "engine/liquid/Tags.h"

namespace carillon::liquid {

namespace {

// {% tablerow name in list cols: 3 limit: 2 offset: 1 %}
struct TableRowHead : LoopHead {
    std::optional<Expression> columns;
};

// The object `tablerowloop`.
class TableRowLoop final : public Drop {
public:
    TableRowLoop(std::int64_t length, std::int64_t columns)
        : m_length(length)
        , m_columns(columns)
    {
    }

    std::int64_t column() const { return m_column; }
    std::int64_t row() const { return m_row; }
    bool isLast() const { return m_index == m_length - 1; }
    bool isLastColumn() const { return m_column == m_columns; }

    void next()
    {
        ++m_index;
        m_row += isLastColumn();
        m_column = isLastColumn() ? 1 : m_column + 1;
    }

    bool member(std::string_view name, Value& result) const override
    {
        if (name == "col")
            result = m_column;
        else if (name == "col0")
            result = m_column - 1;
        else if (name == "col_first")
            result = m_column == 1;
        else if (name == "col_last")
            result = isLastColumn();
        else if (name == "row")
            result = m_row;
        else if (name == "first")
            result = m_index == 0;
        else if (name == "last")
            result = isLast();
        else
            return countOf(name, m_index, m_length, result);
        return true;
    }

private:
    std::int64_t m_index = 0;
    std::int64_t m_length;
    std::int64_t m_columns;
    std::int64_t m_column = 1;
    std::int64_t m_row = 1;
};

// Puts its list out as rows of an HTML table.
class TableRowNode final : public Node {
public:
    TableRowNode(TableRowHead head, int variable, int loop, Block body)
        : m_head(std::move(head))
        , m_variable(variable)
        , m_loop(loop)
        , m_body(std::move(body))
    {
    }

    Flow render(Renderer& renderer) const override
    {
        Value scratch;
        const Value* list = renderer.evaluate(m_head.list, scratch);
        if (!list || !renderer.chargeFor(*list, m_head.list.place))
            return Flow::Failed;
        if (!list->isTruthy())
            return Flow::Next;
        const Elements elements(*list);
        const auto offset = evaluateCount(renderer, m_head.offset, 0);
        const auto limit = offset ? evaluateCount(renderer, m_head.limit, std::int64_t(elements.size())) : std::nullopt;
        const auto slice = limit ? sliceOfLoop(renderer, elements.size(), *offset, *limit, m_head.list.place) : std::nullopt;
        const auto columns = slice ? evaluateCount(renderer, m_head.columns, std::int64_t(slice->length())) : std::nullopt;
        return columns ? loop(renderer, elements, *slice, *columns) : Flow::Failed;
    }

private:
    Flow loop(Renderer& renderer, const Elements& elements, Slice slice, std::int64_t columns) const
    {
        const auto state = std::make_shared<TableRowLoop>(std::int64_t(slice.length()), columns);
        const Value stateValue{std::shared_ptr<const Drop>(state)};
        const Value* const outerState = renderer.setLocal(m_loop, &stateValue);
        const Value* const before = renderer.setLocal(m_variable, nullptr);
        Value scratch;
        bool fits = renderer.write("<tr class=\"row1\">\n");
        Flow flow = Flow::Next;
        for (std::uint64_t i = 0; fits && i < slice.length() && flow != Flow::Failed && flow != Flow::Break; ++i) {
            renderer.setLocal(m_variable, elements.at(slice.from + i, scratch));
            fits = renderer.write("<td class=\"col" + std::to_string(state->column()) + "\">");
            flow = fits ? renderer.render(m_body) : Flow::Failed;
            fits = renderer.write(endOfCell(*state, flow));
            state->next();
        }
        fits = fits && renderer.write("</tr>\n");
        renderer.setLocal(m_variable, before);
        renderer.setLocal(m_loop, outerState);
        return fits && flow != Flow::Failed ? Flow::Next : Flow::Failed;
    }

    static std::string endOfCell(const TableRowLoop& state, Flow flow)
    {
        std::string text("</td>");
        if (state.isLastColumn() && !state.isLast() && flow != Flow::Break)
            text += "</tr>\n<tr class=\"row" + std::to_string(state.row() + 1) + "\">";
        return text;
    }

    TableRowHead m_head;
    int m_variable;
    int m_loop;
    Block m_body;
};

TableRowHead parseHead(Compiler& compiler, const Piece& piece)
{
    ExpressionParser parser(compiler, piece.text);
    TableRowHead head;
    head.parse(parser);
    bool offsetContinues = false;
    while (!parser.failed() && parser.next().kind != Token::End) {
        parser.take(",");
        if (parser.takeWord("cols")) {
            parser.expect(":");
            head.columns = parser.expression();
        } else if (!head.parseBound(parser, offsetContinues) || offsetContinues) {
            parser.failHere();
        }
    }
    return head;
}

} // namespace

std::unique_ptr<Node> tags::compileTableRow(Compiler& compiler, const Piece& piece)
{
    static constexpr std::string_view ends[] = {"endtablerow"};
    TableRowHead head = parseHead(compiler, piece);
    const Piece* endedBy = nullptr;
    compiler.beginLocal(head.variable);
    compiler.beginLocal("tablerowloop");
    Block body = compiler.block(piece, ends, endedBy);
    compiler.endLocal();
    compiler.endLocal();
    const int variable = compiler.nameIndex(head.variable);
    return std::make_unique<TableRowNode>(std::move(head), variable, compiler.nameIndex("tablerowloop"), std::move(body));
}

} // namespace carillon::liquid
