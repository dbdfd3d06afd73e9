// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Renderer.h"

#include "engine/liquid/Compare.h"
#include "engine/liquid/Filter.h"
#include "engine/liquid/ValueText.h"

#include <algorithm>

namespace carillon::liquid {

namespace {

constexpr std::size_t bytesPerStep = 1024; // what one step may read
constexpr std::size_t elementsPerStep = 8;
constexpr std::size_t comparisonsPerStep = 8192; // of bytes, while one text is looked for in another

std::size_t searchSteps(const Value& text, const Value& what)
{
    return text.string() && what.string() ? text.string()->size() / comparisonsPerStep * (1 + what.string()->size()) : 0;
}

std::size_t memoryOf(const Value& value)
{
    if (const auto* text = value.string())
        return text->size();
    return value.array() ? value.array()->size() * sizeof(Value) : 0;
}

} // namespace

Renderer::Renderer(const Program::Data& program, const Value& root, const RenderOptions& options)
    : m_program(program)
    , m_root(root)
    , m_options(options)
    , m_variables(program.names.size())
{
    const Object* object = root.object();
    for (std::size_t i = 0; object && i < m_variables.size(); ++i)
        m_variables[i].global = object->find(program.names[i]);
}

tl::expected<std::string, Problem> Renderer::run()
{
    m_out.reserve(std::min(m_program.source.size() * 5 / 4, m_options.limits.outputBytes));
    if (render(m_program.block) == Flow::Failed)
        return tl::unexpected(*std::move(m_problem));
    return std::move(m_out);
}

bool Renderer::fail(Place place, std::string sentence)
{
    if (!m_problem)
        m_problem = makeProblem(m_program.source, place, std::move(sentence));
    return false;
}

Flow Renderer::render(const Block& block)
{
    for (const auto& node : block.nodes) {
        if (!charge(1, {}))
            return Flow::Failed;
        if (const Flow flow = node->render(*this); flow != Flow::Next)
            return flow;
    }
    return Flow::Next;
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
    if (m_out.size() <= m_options.limits.outputBytes)
        return true;
    return fail({}, tr("The output is larger than %1 bytes.", {std::to_string(m_options.limits.outputBytes)}));
}

bool Renderer::write(std::string_view text)
{
    m_out += text;
    return checkOutput();
}

bool Renderer::put(const Value& value, bool isMarkup)
{
    if (isMarkup) {
        appendText(value, m_out);
    } else if (const auto* text = value.string()) {
        appendEscaped(m_program.options.escape, *text, m_out);
    } else {
        appendEscaped(m_program.options.escape, toText(value), m_out);
    }
    return checkOutput();
}

bool Renderer::assign(int name, const Value& value)
{
    Variable& variable = m_variables[std::size_t(name)];
    variable.assigned = Value(value);
    variable.global = &variable.assigned;
    return countWork(value, {});
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
    Value madeNamed;
    FilterInput in{.value = input};
    for (std::size_t i = 0; i < call.arguments.size(); ++i) {
        in.arguments[i] = evaluate(call.arguments[i], made[i]);
        if (!in.arguments[i])
            return nullptr;
    }
    if (!call.named.empty() && !(in.named = evaluate(call.named.back().value, madeNamed)))
        return nullptr;
    const std::size_t search = call.filter->searches ? searchSteps(input, *in.arguments[0]) : 0;
    if (!charge(1 + search, call.place) || !chargeFor(input, call.place))
        return nullptr;
    in.maxBytes = m_options.limits.workBytes;
    in.maxElements = m_options.limits.loopLength;
    in.now = m_options.now;
    in.escapesInput = call.escapesInput;
    FilterResult result = call.filter->apply(in);
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
    switch (comparison.op) {
    case Operator::Truthy: return left->isTruthy();
    case Operator::Equal: return isEqual(*left, *right);
    case Operator::NotEqual: return !isEqual(*left, *right);
    case Operator::Contains:
        if (!charge(searchSteps(*left, *right), comparison.place))
            return std::nullopt;
        return contains(*left, *right);
    default: return ordered(comparison, *left, *right);
    }
}

std::optional<bool> Renderer::ordered(const Comparison& comparison, const Value& left, const Value& right)
{
    const std::optional<int> order = compare(left, right);
    if (!order && m_program.options.strict && !left.isNil() && !right.isNil() && !left.special() && !right.special()) {
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
