// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/liquid/Value.h"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace carillon::liquid {

// A name that a template uses. What is nullptr is not there.
struct Variable {
    const Value* local = nullptr; // of a loop, or given to what is included
    const Value* global = nullptr; // of the data, a counter's, or `assigned`
    Value assigned;

    const Value* get() const { return local ? local : global; }
};

// What a template and all that it includes share while they are rendered: variables, counters, the state of cycles and
// loops. What is rendered by {% render %} has a scope of its own. Lives for one rendering, as the programs do.
class Scope {
public:
    // `root` has the data, by name; nullptr: there are none.
    explicit Scope(const Object* root)
        : m_root(root)
    {
    }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

    // The variables of a program, in the order of its table of names, which must outlive this.
    std::vector<Variable*> variablesOf(const std::vector<std::string>& names);

    // By a name that is known only now; made when there was none.
    Variable& variable(std::string_view name);

    // {% increment %}: the counter starts with the number in the data, or 0. Visible as long as nothing is assigned to it.
    std::int64_t counter(std::string_view name) const;
    void setCounter(std::string_view name, std::int64_t value);

    // Where a loop over the list written as `key` ended last, for "offset: continue".
    std::int64_t& loopEnd(std::string_view key) { return m_loopEnds[key]; }

    // Which of its values the cycle of that name has next.
    std::size_t& cycle(const std::string& name) { return m_cycles[name]; }

    // What {% ifchanged %} has put out last.
    std::string& lastChanged() { return m_lastChanged; }

private:
    const Value* global(std::string_view name) const { return m_root ? m_root->find(name) : nullptr; }
    void index();

    const Object* m_root;
    std::vector<Variable> m_first; // of the first program, by position
    const std::vector<std::string>* m_firstNames = nullptr;
    std::vector<std::unique_ptr<Variable>> m_more;
    std::unordered_map<std::string, Variable*> m_byName; // of all; empty until a second program or a dynamic name comes
    std::unordered_map<std::string, Value> m_counters;
    std::unordered_map<std::string_view, std::int64_t> m_loopEnds; // views into programs
    std::unordered_map<std::string, std::size_t> m_cycles;
    std::string m_lastChanged;
};

} // namespace carillon::liquid
