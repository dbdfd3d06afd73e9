// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Random.h"

#include <QList>

namespace carillon::simulation {

// Every choice of a simulation, from one seed.
class Dice {
public:
    explicit Dice(quint64 seed)
        : m_random(seed)
    {
    }

    bool chance(int perMille) { return qint64(m_random.below(1000)) < perMille; }
    qint64 between(qint64 low, qint64 high) { return low + qint64(m_random.below(quint64(high - low) + 1)); }
    template <typename T>
    const T& pick(const QList<T>& list)
    {
        return list.at(qsizetype(m_random.below(quint64(list.size()))));
    }
    quint64 seed() { return m_random.next(); }

private:
    SeededRandom m_random;
};

} // namespace carillon::simulation
