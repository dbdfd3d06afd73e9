// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace carillon {

// How often a client may say something: so many commands a second, and as many at once after a quiet second. A value;
// times are steady milliseconds.
//
//     if (allowance.take(clock.steady()) != CommandAllowance::Answer::Yes) ...
class CommandAllowance {
public:
    static constexpr int MaxStrikes = 20; // commands too many before a client counts as a flood

    enum class Answer {
        Yes,
        TooSoon, // one too many, and to be told so
        Flood, // it does not listen
    };

    CommandAllowance(double perSecond, qint64 now)
        : m_perSecond(perSecond)
        , m_left(perSecond)
        , m_refilledAt(now)
    {
    }

    Answer take(qint64 now)
    {
        m_left = qMin(m_perSecond, m_left + m_perSecond * double(now - m_refilledAt) / 1000.0);
        m_refilledAt = now;
        if (m_left >= 1) {
            m_left -= 1;
            return Answer::Yes;
        }
        return ++m_strikes > MaxStrikes ? Answer::Flood : Answer::TooSoon;
    }

    // From time to time: who keeps within the allowance again is forgiven.
    void calm() { m_strikes = m_left >= 1 ? 0 : m_strikes; }

private:
    double m_perSecond;
    double m_left;
    qint64 m_refilledAt;
    int m_strikes = 0;
};

} // namespace carillon
