// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/liquid/ProgramData.h"

#include <unordered_map>

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

    bool write(std::string_view text); // as it is
    bool put(const Value& value, bool isMarkup); // escaped, unless it is markup already

    bool assign(int name, const Value& value);

    // Makes `name` mean `value`, for a loop; the value must live until it is set to what this returned. Assigning does not
    // reach it.
    const Value* setLocal(int name, const Value* value)
    {
        return std::exchange(m_variables[std::size_t(name)].local, value);
    }

    // Where a loop over the list written as `key` ended last, for "offset: continue".
    std::int64_t& loopEnd(std::string_view key) { return m_loopEnds[key]; }

    const Limits& limits() const { return m_options.limits; }
    bool fail(Place place, std::string sentence); // always false

    // Pays for looking through a value, so that few steps over huge data cannot take long.
    bool chargeFor(const Value& value, Place place);

private:
    // A name of the program. What is nullptr is not there.
    struct Variable {
        const Value* local = nullptr; // of a loop
        const Value* global = nullptr; // of the data, or `assigned`
        Value assigned;

        const Value* get() const { return local ? local : global; }
    };

    const Value* evaluatePath(const Expression& path, Value& scratch);
    const Value* evaluateSpan(const Expression& span, Value& scratch);
    const Value* dynamicRoot(const Expression& path);
    const Value* take(const Value& from, const Step& step, Value& scratch);
    const Value* missing(const Expression& expression);
    const Value* apply(const FilterCall& call, const Value& input, Value& scratch);
    std::optional<bool> test(const Comparison& comparison);
    std::optional<bool> ordered(const Comparison& comparison, const Value& left, const Value& right);
    bool countStep(Place place);
    bool countWork(const Value& value, Place place);
    bool charge(std::size_t steps, Place place);
    bool checkOutput();

    const Program::Data& m_program;
    const Value& m_root;
    const RenderOptions& m_options;
    std::vector<Variable> m_variables; // by position in the table of names
    std::unordered_map<std::string_view, std::int64_t> m_loopEnds; // views into the program
    std::string m_out;
    std::size_t m_steps = 0;
    std::size_t m_work = 0;
    bool m_missingIsFine = false; // strict mode: a test, or `default` follows
    std::optional<Problem> m_problem;
};

} // namespace carillon::liquid
