// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Message.h"

#include <QQueue>

namespace carillon {

// The last messages that simulated accounts took, for whoever wants to look at them. Belongs to the engine's thread.
class SimulatorOutbox {
public:
    explicit SimulatorOutbox(qsizetype limit)
        : m_limit(limit)
    {
    }

    void add(const Message& message)
    {
        if (m_messages.size() >= m_limit && !m_messages.isEmpty())
            m_messages.dequeue();
        if (m_limit > 0)
            m_messages.enqueue(message);
        ++m_total;
    }

    const QList<Message>& messages() const { return m_messages; } // oldest first
    qint64 total() const { return m_total; } // all that were ever added

private:
    qsizetype m_limit;
    QQueue<Message> m_messages;
    qint64 m_total = 0;
};

} // namespace carillon
