// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Random.h"

#include <QRandomGenerator>

namespace carillon {

quint64 Random::below(quint64 bound)
{
    if (bound == 0)
        return 0;
    // Draws from the incomplete last range are thrown away, so that every value is equally likely.
    const quint64 limit = ~quint64(0) - ~quint64(0) % bound;
    quint64 value = next();
    while (value >= limit)
        value = next();
    return value % bound;
}

QString Random::hex(int bytes)
{
    QByteArray raw;
    raw.reserve(bytes + 8);
    while (raw.size() < bytes) {
        const quint64 value = next();
        raw.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    raw.truncate(bytes);
    return QString::fromLatin1(raw.toHex());
}

quint64 SystemRandom::next()
{
    return QRandomGenerator::system()->generate64();
}

// SplitMix64 (Steele, Lea, Flood 2014).
quint64 SeededRandom::next()
{
    m_state += 0x9e3779b97f4a7c15ULL;
    quint64 z = m_state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

} // namespace carillon
