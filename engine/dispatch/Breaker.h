// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace carillon {

class Random;

// Keeps messages away from a platform that is down. A value but for the jitter; times are steady milliseconds.
//
// Closed: all goes through. It opens when nobody was reached three times in a row, or in half of the last twenty attempts;
// at once when the platform asks for a long wait. Open: nothing goes, for a time that grows from 5 s to 5 min and is
// scattered, so that many engines do not come back in one moment; never shorter than the platform asked for. Then one
// message goes as a probe (half-open): an answer, whatever it says, closes the breaker; none opens it again.
class Breaker {
public:
    enum class State { Closed, Open, HalfOpen };

    static constexpr int DownInARow = 3;
    static constexpr qint64 FirstWaitMs = 5'000;
    static constexpr qint64 LongestWaitMs = 300'000;

    explicit Breaker(Random& random)
        : m_random(random)
    {
    }

    State state() const { return m_state; }
    bool isClosed() const { return m_state == State::Closed; }
    // Open: when a probe may go.
    qint64 retryAt() const { return m_retryAt; }
    // Since when it is not closed; -1 when it is.
    qint64 openSince() const { return m_openSince; }
    bool mayProbe(qint64 now) const { return m_state == State::Open && now >= m_retryAt; }

    // The next message is the probe.
    void beginProbe();
    // It did not go after all.
    void cancelProbe();

    // The platform answered: it is there.
    void answered();
    // It was not reached; it, or who knows it, asks for a wait of `askedMs`.
    void down(qint64 now, qint64 askedMs);
    // The connection was lost after the message had gone: a bad sign, no proof.
    void lost(qint64 now);
    // All is forgotten: other settings, another platform.
    void reset();

private:
    void note(bool bad);
    void open(qint64 now, qint64 askedMs);

    Random& m_random;
    State m_state = State::Closed;
    quint32 m_last = 0; // the last attempts, newest in the lowest bit; 1: bad
    int m_seen = 0;
    int m_inARow = 0;
    int m_openings = 0; // since it was last closed
    qint64 m_retryAt = 0;
    qint64 m_openSince = -1;
};

} // namespace carillon
