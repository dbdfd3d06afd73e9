// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/ManualClock.h"

namespace carillon {

void ManualClock::after(qint64 inMs, QObject* context, std::function<void()> wake)
{
    m_calls.emplace(m_steady + qMax<qint64>(inMs, 0), Call{context, std::move(wake)});
}

void ManualClock::advance(qint64 ms)
{
    const qint64 end = m_steady + ms;
    while (!m_calls.empty() && m_calls.begin()->first <= end) {
        const qint64 due = m_calls.begin()->first;
        const Call call = std::move(m_calls.begin()->second);
        m_calls.erase(m_calls.begin());
        m_now += due - m_steady;
        m_steady = due;
        if (call.context)
            call.wake();
    }
    m_now += end - m_steady;
    m_steady = end;
}

qint64 ManualClock::untilNext() const
{
    return m_calls.empty() ? -1 : m_calls.begin()->first - m_steady;
}

} // namespace carillon
