// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Renderer.h"

#include "engine/liquid/ValueText.h"

namespace carillon::liquid {

namespace {

constexpr int maxPartialDepth = 50; // a snippet may name itself

} // namespace

const Program* Renderer::findPartial(const Value& name, Place place)
{
    Value scratch;
    const Value& text = shown(name, scratch);
    const Program* partial
        = text.string() && m_program.options.partials ? m_program.options.partials->find(*text.string()) : nullptr;
    if (!partial)
        fail(place, tr("There is no snippet “%1”.", {toText(text)}));
    return partial;
}

Flow Renderer::renderIsolated(const Program& partial, std::string_view name, const Object& variables, Place place)
{
    Scope scope(&variables);
    const Program::Data& program = *partial.m_data;
    Frame frame{.program = &program,
                .scope = &scope,
                .variables = scope.variablesOf(program.names),
                .caller = m_frame,
                .name = name,
                .calledAt = place};
    return renderFrame(frame) == Flow::Failed ? Flow::Failed : Flow::Next;
}

Flow Renderer::renderIncluded(const Program& partial, std::string_view name, Place place)
{
    const Program::Data& program = *partial.m_data;
    if (!charge(program.names.size(), place))
        return Flow::Failed;
    Frame frame{.program = &program,
                .scope = m_frame->scope,
                .variables = m_frame->scope->variablesOf(program.names),
                .caller = m_frame,
                .name = name,
                .calledAt = place};
    return renderFrame(frame);
}

Flow Renderer::renderFrame(Frame& frame)
{
    if (m_partialDepth >= maxPartialDepth) {
        fail(frame.calledAt, tr("Snippets are nested more than %1 deep.", {std::to_string(maxPartialDepth)}));
        return Flow::Failed;
    }
    ++m_partialDepth;
    Frame* const outer = std::exchange(m_frame, &frame);
    const Flow flow = render(frame.program->block);
    m_frame = outer;
    --m_partialDepth;
    return flow;
}

Place Renderer::outermost(Place place) const
{
    for (const Frame* frame = m_frame; frame->caller; frame = frame->caller)
        place = frame->calledAt;
    return place;
}

// A problem within a snippet is placed where the template names the snippet, and its sentence says where it is in there.
bool Renderer::fail(Place place, std::string sentence)
{
    if (m_problem)
        return false;
    Problem problem = makeProblem(m_frame->program->source, place, std::move(sentence));
    if (m_frame->caller) {
        std::string within
            = tr("In the snippet “%1”, line %2, column %3: %4",
                 {m_frame->name, std::to_string(problem.line), std::to_string(problem.column), problem.sentence});
        std::string text = std::move(problem.text);
        problem = makeProblem(m_program.source, outermost(place), std::move(within));
        problem.text = std::move(text);
    }
    m_problem = std::move(problem);
    return false;
}

} // namespace carillon::liquid
