// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Scope.h"

namespace carillon::liquid {

std::vector<Variable*> Scope::variablesOf(const std::vector<std::string>& names)
{
    std::vector<Variable*> result(names.size());
    if (!m_firstNames) {
        m_firstNames = &names;
        m_first.resize(names.size());
        for (std::size_t i = 0; i < names.size(); ++i) {
            m_first[i].global = global(names[i]);
            result[i] = &m_first[i];
        }
        return result;
    }
    for (std::size_t i = 0; i < names.size(); ++i)
        result[i] = &variable(names[i]);
    return result;
}

void Scope::index()
{
    if (!m_byName.empty() || !m_firstNames)
        return;
    for (std::size_t i = 0; i < m_first.size(); ++i)
        m_byName.emplace((*m_firstNames)[i], &m_first[i]);
}

Variable& Scope::variable(std::string_view name)
{
    index();
    const auto [entry, isNew] = m_byName.try_emplace(std::string(name), nullptr);
    if (isNew) {
        m_more.push_back(std::make_unique<Variable>());
        m_more.back()->global = global(name);
        entry->second = m_more.back().get();
    }
    return *entry->second;
}

std::int64_t Scope::counter(std::string_view name) const
{
    const auto counter = m_counters.find(std::string(name));
    const Value* value = counter != m_counters.end() ? &counter->second : global(name);
    const std::int64_t* number = value ? value->integer() : nullptr;
    return number ? *number : 0;
}

void Scope::setCounter(std::string_view name, std::int64_t value)
{
    Value& counter = m_counters[std::string(name)];
    counter = Value(value);
    Variable& seen = variable(name);
    if (seen.global != &seen.assigned)
        seen.global = &counter;
}

} // namespace carillon::liquid
