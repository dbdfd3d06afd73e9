// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <array>

namespace carillon {

// How many there were of late: counts in ten slots of time, so it looks back over nine to ten of them. A plain value; times
// are steady milliseconds.
class RateMeter {
public:
    explicit RateMeter(qint64 slotMs = 1'000)
        : m_slotMs(slotMs)
    {
    }

    void add(int count, qint64 now)
    {
        roll(now);
        m_counts[size_t(m_slot % slots)] += count;
    }

    // In the slots that are kept.
    qint64 count(qint64 now)
    {
        roll(now);
        qint64 sum = 0;
        for (const int one : m_counts)
            sum += one;
        return sum;
    }

    // Over the time since the first of them, at least one slot: the rate that somebody was faced with.
    double perSecond(qint64 now)
    {
        const qint64 sum = count(now);
        const qint64 since = qMax(m_firstSlot, m_slot - slots + 1);
        return double(sum) * 1'000 / double((m_slot - since + 1) * m_slotMs);
    }

private:
    static constexpr qint64 slots = 10;

    void roll(qint64 now)
    {
        const qint64 slot = now / m_slotMs;
        if (slot <= m_slot)
            return;
        if (slot - m_slot >= slots) { // nothing for so long: a new beginning
            m_counts.fill(0);
            m_firstSlot = slot;
        } else {
            for (qint64 passed = m_slot + 1; passed <= slot; ++passed)
                m_counts[size_t(passed % slots)] = 0;
        }
        m_slot = slot;
    }

    qint64 m_slotMs;
    qint64 m_slot = -slots; // steady time is never negative
    qint64 m_firstSlot = 0;
    std::array<int, slots> m_counts{};
};

} // namespace carillon
