// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace carillon {

// The source of randomness, given to constructors so that a simulation can replay a seed. Thread-safe unless a
// subclass says otherwise.
class Random {
public:
    virtual ~Random() = default;

    virtual quint64 next() = 0;

    // Uniform in [0, bound); 0 when bound is 0.
    quint64 below(quint64 bound);
    // `bytes` random bytes as lower-case hex, for tokens and ids.
    QString hex(int bytes);
};

// The operating system's generator.
class SystemRandom final : public Random {
public:
    quint64 next() override;
};

// Repeats itself for equal seeds. Single-threaded.
class SeededRandom final : public Random {
public:
    explicit SeededRandom(quint64 seed)
        : m_state(seed)
    {
    }
    quint64 next() override;

private:
    quint64 m_state;
};

} // namespace carillon
