// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/liquid/Filter.h"
#include "engine/liquid/Notation.h"
#include "engine/liquid/ProgramData.h"
#include "engine/liquid/Scope.h"

namespace carillon::liquid {

// One rendering of a program: variables, output, and what is left of the limits. Lives for one render() on one thread.
//
// Everything that can fail says so by nullptr, nothing or false; the first problem is kept and ends the rendering.
class Renderer {
public:
    Renderer(const Program::Data& program, const Value& root, const RenderOptions& options);

    tl::expected<std::string, Problem> run();

    Flow render(const Block& block);

    // The value itself where it has a place of its own, else `scratch`, which takes what is computed.
    const Value* evaluate(const Expression& expression, Value& scratch);
    const Value* evaluate(const Pipeline& pipeline, Value& scratch);
    std::optional<bool> test(const Condition& condition);
    // For what is only compared: in strict mode, too, it may be missing.
    const Value* evaluateTested(const Expression& expression, Value& scratch);
    std::optional<bool> areEqual(const Value& left, const Value& right, Place place);

    bool write(std::string_view text); // as it is
    bool put(const Value& value); // escaped, unless it is markup already

    // What `block` puts out, instead of putting it out. The flow is how the block ended.
    Flow capture(const Block& block, std::string& text);

    bool assign(int name, Value value);
    bool assignMarkup(int name, std::string text); // text that this rendering has put out

    // Makes `name` mean `value`, for a loop; the value must live until it is set to what this returned. Assigning does not
    // reach it.
    const Value* setLocal(int name, const Value* value)
    {
        return std::exchange(m_frame->variables[std::size_t(name)]->local, value);
    }

    Scope& scope() { return *m_frame->scope; }
    std::string_view nameOf(int name) const { return m_frame->program->names[std::size_t(name)]; }
    std::string_view source() const { return m_frame->program->source; }

    // The snippet of that name; nullptr and a problem when there is none.
    const Program* findPartial(const Value& name, Place place);

    // Renders a snippet that is named at `place` with variables of its own, or with those of this template. How it ended:
    // a jump out of an included one goes on here.
    Flow renderIsolated(const Program& partial, std::string_view name, const Object& variables, Place place);
    Flow renderIncluded(const Program& partial, std::string_view name, Place place);

    const Limits& limits() const { return m_options.limits; }
    bool fail(Place place, std::string sentence); // always false
    bool charge(std::size_t steps, Place place);

    // Pays for looking through a value, so that few steps over huge data cannot take long.
    bool chargeFor(const Value& value, Place place);

private:
    // A template that is being rendered, and where it was called.
    struct Frame {
        const Program::Data* program = nullptr;
        Scope* scope = nullptr;
        std::vector<Variable*> variables; // by position in the program's table of names
        const Frame* caller = nullptr;
        std::string_view name; // of the snippet
        Place calledAt; // in the caller
    };

    const Value* evaluatePath(const Expression& path, Value& scratch);
    const Value* evaluateSpan(const Expression& span, Value& scratch);
    const Value* dynamicRoot(const Expression& path);
    const Value* take(const Value& from, const Step& step, Value& scratch);
    const Value* missing(const Expression& expression);
    void noteMissing(const Expression& path);
    const Value* apply(const FilterCall& call, const Value& input, Value& scratch);
    const Value& shown(const Value& value, Value& scratch) const;
    std::optional<bool> test(const Comparison& comparison);
    std::optional<bool> compareBy(const Comparison& comparison, const Value& left, const Value& right);
    std::optional<bool> ordered(const Comparison& comparison, const Value& left, const Value& right);
    void append(const Value& value, int depth);
    bool countWork(const Value& value, Place place);
    bool checkOutput();
    Flow renderFrame(Frame& frame);
    Place outermost(Place place) const;
    Escape escape() const { return m_program.options.escape; }
    bool isStrict() const { return m_program.options.strict; }

    const Program::Data& m_program; // the one that was asked for: its options hold for the snippets, too
    const RenderOptions& m_options;
    Notation m_notation;
    FilterContext m_filterContext;
    Scope m_scope;
    Frame m_outermost;
    Frame* m_frame = &m_outermost;
    std::string m_out;
    std::size_t m_heldBytes = 0; // of the outputs that wait while a part is captured
    std::size_t m_steps = 0;
    std::size_t m_work = 0;
    int m_depth = 0; // of blocks in blocks, through all snippets
    int m_partialDepth = 0;
    bool m_missingIsFine = false; // strict mode: a test, or `default` follows
    std::optional<Problem> m_problem;
};

} // namespace carillon::liquid
