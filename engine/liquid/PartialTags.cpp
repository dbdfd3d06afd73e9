// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/ExpressionParser.h"
#include "engine/liquid/Loop.h"
#include "engine/liquid/Renderer.h"
#include "engine/liquid/Tags.h"
#include "engine/liquid/ValueText.h"

namespace carillon::liquid {

namespace {

// {% render 'name' with value as alias, a: 1, b: 2 %}, or `for list` instead of `with value`.
struct PartialHead {
    Expression name;
    std::optional<Expression> bound;
    bool isLoop = false; // "for"
    std::string_view alias;
    std::vector<NamedArgument> arguments;
    Place place;
};

// What the value is called in the snippet when no alias is given: the snippet's own name, without folders.
std::string boundName(std::string_view alias, std::string_view partial)
{
    return std::string(alias.empty() ? partial.substr(partial.rfind('/') + 1) : alias);
}

// {% render %}: the snippet sees what it is given, and nothing else.
class RenderNode final : public Node {
public:
    explicit RenderNode(PartialHead head)
        : m_head(std::move(head))
        , m_alias(m_head.alias)
    {
    }

    Flow render(Renderer& renderer) const override
    {
        const Program* partial = renderer.findPartial(m_head.name.literal, m_head.place);
        std::vector<Object::Entry> variables;
        if (!partial || !evaluateArguments(renderer, variables))
            return Flow::Failed;
        Value scratch;
        const Value* bound = m_head.bound ? renderer.evaluate(*m_head.bound, scratch) : nullptr;
        if (!m_head.bound)
            return renderOnce(renderer, *partial, std::move(variables));
        if (!bound || !renderer.chargeFor(*bound, m_head.place))
            return Flow::Failed;
        if (m_head.isLoop && (bound->array() || bound->range()))
            return renderEach(renderer, *partial, variables, *bound);
        setMember(variables, boundName(m_alias, name()), *bound);
        return renderOnce(renderer, *partial, std::move(variables));
    }

private:
    const std::string& name() const { return *m_head.name.literal.string(); }

    bool evaluateArguments(Renderer& renderer, std::vector<Object::Entry>& variables) const
    {
        for (const NamedArgument& argument : m_head.arguments) {
            Value scratch;
            const Value* value = renderer.evaluate(argument.value, scratch);
            if (!value)
                return false;
            setMember(variables, argument.name, *value);
        }
        return true;
    }

    static void setMember(std::vector<Object::Entry>& variables, const std::string& name, const Value& value)
    {
        std::erase_if(variables, [&](const Object::Entry& entry) { return entry.first == name; });
        variables.emplace_back(name, value);
    }

    Flow renderOnce(Renderer& renderer, const Program& partial, std::vector<Object::Entry> variables) const
    {
        return renderer.renderIsolated(partial, name(), Object(std::move(variables)), m_head.place);
    }

    Flow renderEach(Renderer& renderer, const Program& partial, const std::vector<Object::Entry>& variables,
                    const Value& list) const
    {
        const Elements elements(list);
        const auto size = std::int64_t(std::min<std::uint64_t>(elements.size(), INT64_MAX));
        if (!sliceOfLoop(renderer, elements.size(), 0, size, m_head.place))
            return Flow::Failed;
        const std::string bound = boundName(m_alias, name());
        const auto loop = std::make_shared<ForLoop>(name(), size, Value());
        Flow flow = Flow::Next;
        for (std::int64_t i = 0; i < size && flow == Flow::Next; ++i) {
            std::vector<Object::Entry> own = variables;
            Value scratch;
            setMember(own, "forloop", Value(std::shared_ptr<const Drop>(loop)));
            setMember(own, bound, *elements.at(std::uint64_t(i), scratch));
            flow = renderOnce(renderer, partial, std::move(own));
            loop->next();
        }
        return flow;
    }

    PartialHead m_head;
    std::string m_alias;
};

// {% include %}: the snippet sees and changes the variables of the template.
class IncludeNode final : public Node {
public:
    explicit IncludeNode(PartialHead head)
        : m_head(std::move(head))
        , m_alias(m_head.alias)
    {
    }

    Flow render(Renderer& renderer) const override
    {
        Value nameScratch;
        const Value* written = renderer.evaluate(m_head.name, nameScratch);
        const Program* partial = written ? renderer.findPartial(*written, m_head.place) : nullptr;
        if (!partial)
            return Flow::Failed;
        const std::string name = *written->string();
        std::vector<Value> values(m_head.arguments.size());
        for (std::size_t i = 0; i < values.size(); ++i) {
            Value scratch;
            const Value* value = renderer.evaluate(m_head.arguments[i].value, scratch);
            if (!value)
                return Flow::Failed;
            values[i] = *value;
        }
        Value boundScratch;
        const Value* bound = m_head.bound ? renderer.evaluate(*m_head.bound, boundScratch) : nullptr;
        if (m_head.bound && (!bound || !renderer.chargeFor(*bound, m_head.place)))
            return Flow::Failed;
        const Value boundCopy = bound ? *bound : Value(); // the snippet may assign to the variable it came from
        Locals locals(renderer.scope());
        for (std::size_t i = 0; i < values.size(); ++i)
            locals.set(m_head.arguments[i].name, &values[i]);
        return bound ? renderBound(renderer, *partial, name, boundCopy)
                     : renderer.renderIncluded(*partial, name, m_head.place);
    }

private:
    // Sets variables for a while.
    class Locals {
    public:
        explicit Locals(Scope& scope)
            : m_scope(scope)
        {
        }
        Locals(const Locals&) = delete;
        Locals& operator=(const Locals&) = delete;
        ~Locals()
        {
            for (auto it = m_before.rbegin(); it != m_before.rend(); ++it)
                it->first->local = it->second;
        }

        void set(std::string_view name, const Value* value)
        {
            Variable& variable = m_scope.variable(name);
            m_before.emplace_back(&variable, std::exchange(variable.local, value));
        }

    private:
        Scope& m_scope;
        std::vector<std::pair<Variable*, const Value*>> m_before;
    };

    // A list is rendered element by element, whether it stands behind `with` or `for`.
    Flow renderBound(Renderer& renderer, const Program& partial, const std::string& name, const Value& bound) const
    {
        const std::string variable = boundName(m_alias, name);
        const auto* array = bound.array();
        const std::size_t size = array ? array->size() : 1;
        Flow flow = Flow::Next;
        for (std::size_t i = 0; i < size && flow == Flow::Next; ++i) {
            Locals element(renderer.scope());
            element.set(variable, array ? &(*array)[i] : &bound);
            flow = renderer.renderIncluded(partial, name, m_head.place);
        }
        return flow;
    }

    PartialHead m_head;
    std::string m_alias;
};

PartialHead parseHead(Compiler& compiler, const Piece& piece)
{
    ExpressionParser parser(compiler, piece.text);
    PartialHead head;
    head.place = piece.place;
    head.name = parser.expression();
    const bool isWith = parser.takeWord("with");
    head.isLoop = !isWith && parser.takeWord("for");
    if (isWith || head.isLoop)
        head.bound = parser.expression();
    if (parser.takeWord("as"))
        head.alias = parser.name();
    while (!parser.failed() && parser.next().kind != Token::End) {
        parser.take(",");
        if (parser.next().kind == Token::End)
            break;
        NamedArgument argument;
        argument.name = parser.name();
        parser.expect(":");
        argument.value = parser.expression();
        head.arguments.push_back(std::move(argument));
    }
    return head;
}

bool isText(const Expression& name)
{
    return name.kind == Expression::Literal && name.literal.string();
}

void noteUse(Compiler& compiler, const PartialHead& head, bool isShared)
{
    PartialUse use{.name = isText(head.name) ? *head.name.literal.string() : std::string(), .place = head.place};
    use.isShared = isShared;
    if (head.bound)
        use.arguments.push_back(boundName(head.alias, use.name));
    for (const NamedArgument& argument : head.arguments)
        use.arguments.push_back(argument.name);
    compiler.notePartial(std::move(use));
}

} // namespace

std::unique_ptr<Node> tags::compileRender(Compiler& compiler, const Piece& piece)
{
    PartialHead head = parseHead(compiler, piece);
    if (!isText(head.name)) {
        compiler.report(head.name.place.length ? head.name.place : piece.place,
                        tr("The name of a snippet must stand here in quotes; only “include” takes a variable."));
        return nullptr;
    }
    noteUse(compiler, head, false);
    return std::make_unique<RenderNode>(std::move(head));
}

std::unique_ptr<Node> tags::compileInclude(Compiler& compiler, const Piece& piece)
{
    PartialHead head = parseHead(compiler, piece);
    compiler.nameIndex("forloop"); // which the snippet may ask for
    noteUse(compiler, head, true);
    return std::make_unique<IncludeNode>(std::move(head));
}

} // namespace carillon::liquid
