// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Renderer.h"

#include "engine/liquid/Compare.h"
#include "engine/liquid/FilterRun.h"
#include "engine/liquid/MarkupText.h"
#include "engine/liquid/ValueText.h"

#include <algorithm>
#include <array>

namespace carillon::liquid {

namespace {

constexpr int maxDepth = 400; // of blocks in blocks; one template alone cannot have as many
constexpr std::size_t bytesPerStep = 1024; // what one step may read
constexpr std::size_t elementsPerStep = 8;
constexpr std::size_t comparisonsPerStep = 8192; // of bytes, while one text is looked for in another

std::size_t searchSteps(const Value& text, const Value& what)
{
    return text.string() && what.string() ? text.string()->size() / comparisonsPerStep * (1 + what.string()->size()) : 0;
}

// Lists and objects are shared; what a list has of its own are its elements and the texts among them.
std::size_t memoryOf(const Value& value)
{
    if (const auto* text = value.string())
        return text->size();
    const auto* array = value.array();
    std::size_t bytes = array ? array->size() * sizeof(Value) : 0;
    for (std::size_t i = 0; array && i < array->size(); ++i)
        bytes += (*array)[i].string() ? (*array)[i].string()->size() : 0;
    return bytes;
}

} // namespace

Renderer::Renderer(const Program::Data& program, const Value& root, const RenderOptions& options)
    : m_program(program)
    , m_options(options)
    , m_notation(options.locale, options.timeZone)
    , m_filterContext{.now = options.now,
                      .notation = &m_notation,
                      .texts = options.texts,
                      .escape = program.options.escape,
                      .strict = program.options.strict,
                      .maxBytes = options.limits.workBytes,
                      .maxElements = options.limits.loopLength}
    , m_scope(root.object())
    , m_outermost{.program = &program, .scope = &m_scope, .variables = m_scope.variablesOf(program.names)}
{
}

tl::expected<std::string, Problem> Renderer::run()
{
    m_out.reserve(std::min(m_program.source.size() * 5 / 4, m_options.limits.outputBytes));
    if (render(m_program.block) == Flow::Failed)
        return tl::unexpected(*std::move(m_problem));
    return std::move(m_out);
}

Flow Renderer::render(const Block& block)
{
    if (++m_depth > maxDepth)
        return fail({}, tr("Tags are nested more than %1 deep.", {std::to_string(maxDepth)})), Flow::Failed;
    Flow flow = Flow::Next;
    for (std::size_t i = 0; i < block.nodes.size() && flow == Flow::Next; ++i)
        flow = charge(1, {}) ? block.nodes[i]->render(*this) : Flow::Failed;
    --m_depth;
    return flow;
}

bool Renderer::charge(std::size_t steps, Place place)
{
    m_steps += steps;
    return m_steps <= m_options.limits.steps || fail(place, tr("Rendering takes too many steps."));
}

bool Renderer::chargeFor(const Value& value, Place place)
{
    if (const auto* text = value.string())
        return charge(text->size() / bytesPerStep, place);
    if (const auto* array = value.array())
        return charge(array->size() / elementsPerStep, place);
    if (const auto* object = value.object())
        return charge(object->entries().size() / elementsPerStep, place);
    if (const auto* range = value.range())
        return charge(std::min<std::uint64_t>(range->size(), m_options.limits.loopLength) / elementsPerStep, place);
    return true;
}

bool Renderer::countWork(const Value& value, Place place)
{
    m_work += memoryOf(value);
    return m_work <= m_options.limits.workBytes || fail(place, tr("The text grows too large here."));
}

bool Renderer::checkOutput()
{
    if (m_out.size() + m_heldBytes <= m_options.limits.outputBytes)
        return true;
    return fail({}, tr("The output is larger than %1 bytes.", {std::to_string(m_options.limits.outputBytes)}));
}

bool Renderer::write(std::string_view text)
{
    m_out += text;
    return checkOutput();
}

void Renderer::append(const Value& value, int depth)
{
    if (const auto* text = value.string()) {
        if (value.isMarkup())
            m_out += *text;
        else
            appendEscaped(escape(), *text, m_out);
    } else if (const auto* array = value.array()) {
        for (std::size_t i = 0; depth < maxDepth && i < array->size(); ++i)
            append((*array)[i], depth + 1);
    } else if (const auto* integer = value.integer(); integer && *integer >= 0) {
        appendText(value, m_out); // no mode escapes digits
    } else {
        appendEscaped(escape(), toText(value), m_out);
    }
}

bool Renderer::put(const Value& value)
{
    append(value, 0);
    return checkOutput();
}

Flow Renderer::capture(const Block& block, std::string& text)
{
    std::string outer = std::exchange(m_out, {});
    const std::size_t held = outer.size();
    m_heldBytes += held;
    const Flow flow = render(block);
    m_heldBytes -= held;
    text = std::exchange(m_out, std::move(outer));
    return flow;
}

bool Renderer::assign(int name, Value value)
{
    Variable& variable = *m_frame->variables[std::size_t(name)];
    variable.assigned = std::move(value);
    variable.global = &variable.assigned;
    return countWork(variable.assigned, {});
}

bool Renderer::assignMarkup(int name, std::string text)
{
    return assign(name, escape() == Escape::None ? Value(std::move(text)) : Value::markup(std::move(text)));
}

const Value* Renderer::evaluate(const Pipeline& pipeline, Value& scratch)
{
    m_missingIsFine = !pipeline.calls.empty() && pipeline.calls.front().filter->name == "default";
    const Value* value = evaluate(pipeline.head, scratch);
    m_missingIsFine = false;
    for (const FilterCall& call : pipeline.calls) {
        if (!value)
            return nullptr;
        value = apply(call, *value, scratch);
    }
    return value;
}

const Value* Renderer::apply(const FilterCall& call, const Value& input, Value& scratch)
{
    std::array<Value, FilterInput::maxArguments> made;
    FilterInput in{.value = input, .context = m_filterContext};
    for (std::size_t i = 0; i < call.arguments.size(); ++i) {
        in.arguments[i] = evaluate(call.arguments[i], made[i]);
        if (!in.arguments[i] || !chargeFor(*in.arguments[i], call.place))
            return nullptr;
    }
    std::vector<Value> madeNamed(call.named.size());
    std::vector<NamedValue> named;
    for (std::size_t i = 0; i < call.named.size(); ++i) {
        const Value* value = evaluate(call.named[i].value, madeNamed[i]);
        if (!value || !chargeFor(*value, call.place))
            return nullptr;
        named.push_back({call.named[i].name, value});
    }
    in.named = named;
    const std::size_t search = call.filter->searches ? searchSteps(input, *in.arguments[0]) : 0;
    if (!charge(1 + search, call.place) || !chargeFor(input, call.place))
        return nullptr;
    FilterResult result = runFilter(*call.filter, in);
    if (!result)
        return fail(call.place, std::move(result.error())), nullptr;
    scratch = *std::move(result);
    return countWork(scratch, call.place) ? &scratch : nullptr;
}

std::optional<bool> Renderer::test(const Condition& condition)
{
    std::optional<bool> result;
    for (const Comparison& comparison : condition) {
        result = test(comparison);
        if (!result || *result == comparison.orNext)
            break; // "true or ..." and "false and ..." are decided, as all to the right is one group
    }
    return result;
}

const Value* Renderer::evaluateTested(const Expression& expression, Value& scratch)
{
    m_missingIsFine = true;
    const Value* value = evaluate(expression, scratch);
    m_missingIsFine = false;
    return value;
}

// What the text of a value shows: what was captured compares as what went into it.
const Value& Renderer::shown(const Value& value, Value& scratch) const
{
    if (!value.isMarkup())
        return value;
    scratch = Value(markup::plain(escape(), *value.string()));
    return scratch;
}

std::optional<bool> Renderer::areEqual(const Value& left, const Value& right, Place place)
{
    Value leftScratch;
    Value rightScratch;
    if (!charge(1, place) || !chargeFor(left, place))
        return std::nullopt;
    return isEqual(shown(left, leftScratch), shown(right, rightScratch));
}

std::optional<bool> Renderer::test(const Comparison& comparison)
{
    Value leftScratch;
    Value rightScratch;
    m_missingIsFine = true;
    const Value* left = evaluate(comparison.left, leftScratch);
    const Value* right = left && comparison.op != Operator::Truthy ? evaluate(comparison.right, rightScratch) : left;
    m_missingIsFine = false;
    if (!left || !right || !charge(1, comparison.place) || !chargeFor(*left, comparison.place))
        return std::nullopt;
    if (comparison.op == Operator::Truthy)
        return left->isTruthy();
    Value leftText;
    Value rightText;
    return compareBy(comparison, shown(*left, leftText), shown(*right, rightText));
}

std::optional<bool> Renderer::compareBy(const Comparison& comparison, const Value& left, const Value& right)
{
    switch (comparison.op) {
    case Operator::Equal: return isEqual(left, right);
    case Operator::NotEqual: return !isEqual(left, right);
    case Operator::Contains:
        if (!charge(searchSteps(left, right), comparison.place))
            return std::nullopt;
        return contains(left, right);
    default: return ordered(comparison, left, right);
    }
}

std::optional<bool> Renderer::ordered(const Comparison& comparison, const Value& left, const Value& right)
{
    const std::optional<int> order = compare(left, right);
    if (!order && isStrict() && !left.isNil() && !right.isNil() && !left.special() && !right.special()) {
        fail(comparison.place, tr("“%1” and “%2” have no order.", {toText(left), toText(right)}));
        return std::nullopt;
    }
    if (!order)
        return false;
    switch (comparison.op) {
    case Operator::Less: return *order < 0;
    case Operator::LessEqual: return *order <= 0;
    case Operator::Greater: return *order > 0;
    default: return *order >= 0;
    }
}

} // namespace carillon::liquid
