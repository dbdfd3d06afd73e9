// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

#include <mutex>
#include <utility>

namespace carillon {

// Values on their way from one thread to another, many at a time. The giver wakes the taker only when put() says that
// nothing was waiting, so a busy taker finds all that has gathered in one go. Thread-safe. It holds what its owner lets in
// flight, no more.
template <typename Value>
class Handoff {
public:
    // Whether the taker must be woken.
    [[nodiscard]] bool put(QList<Value> values)
    {
        const std::lock_guard lock(m_mutex);
        const bool wasEmpty = m_values.isEmpty();
        if (wasEmpty)
            m_values = std::move(values);
        else
            m_values.append(std::move(values));
        return wasEmpty;
    }

    QList<Value> takeAll()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_values, {});
    }

private:
    std::mutex m_mutex;
    QList<Value> m_values;
};

} // namespace carillon
