// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/liquid/Value.h"

#include <algorithm>
#include <numeric>

namespace carillon::liquid {

namespace {

constexpr std::size_t fewEntries = 24;

} // namespace

Value::Value(Array value)
    : m_data(std::make_shared<const Array>(std::move(value)))
{
}

Value::Value(Object value)
    : m_data(std::make_shared<const Object>(std::move(value)))
{
}

Value Value::markup(std::string text)
{
    Value value;
    value.m_data = MarkedText{std::move(text)};
    return value;
}

bool Value::isTruthy() const
{
    if (const bool* value = boolean())
        return *value;
    return !isNil();
}

const Array* Value::array() const
{
    const auto* shared = std::get_if<std::shared_ptr<const Array>>(&m_data);
    return shared ? shared->get() : nullptr;
}

const Object* Value::object() const
{
    const auto* shared = std::get_if<std::shared_ptr<const Object>>(&m_data);
    return shared ? shared->get() : nullptr;
}

const Drop* Value::drop() const
{
    const auto* shared = std::get_if<std::shared_ptr<const Drop>>(&m_data);
    return shared ? shared->get() : nullptr;
}

Object::Object(std::vector<Entry> entries)
    : m_entries(std::move(entries))
{
    if (m_entries.size() <= fewEntries)
        return;
    m_byName.resize(m_entries.size());
    std::iota(m_byName.begin(), m_byName.end(), 0u);
    std::sort(m_byName.begin(), m_byName.end(), [this](auto a, auto b) { return m_entries[a].first < m_entries[b].first; });
}

const Value* Object::find(std::string_view name) const
{
    if (m_byName.empty()) {
        for (const auto& [key, value] : m_entries) {
            if (key == name)
                return &value;
        }
        return nullptr;
    }
    const auto found = std::lower_bound(m_byName.begin(), m_byName.end(), name,
                                        [this](auto at, std::string_view key) { return m_entries[at].first < key; });
    return found != m_byName.end() && m_entries[*found].first == name ? &m_entries[*found].second : nullptr;
}

} // namespace carillon::liquid
