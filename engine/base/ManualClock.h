// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Clock.h"

#include <QPointer>

#include <atomic>
#include <map>

namespace carillon {

// A clock that stands still until it is told to move: for tests and simulations.
//
//     ManualClock clock(1'700'000'000'000);
//     clock.after(5'000, this, [&] { ... });
//     clock.advance(5'000);   // calls it, in this thread, in order of due time
//
// Belongs to one thread, which creates it, moves it and asks it to call; what time it is may be asked from any.
class ManualClock final : public Clock {
public:
    explicit ManualClock(qint64 now)
        : m_now(now)
    {
    }

    qint64 now() const override { return m_now; }
    qint64 steady() const override { return m_steady; }
    void after(qint64 inMs, QObject* context, std::function<void()> wake) override;

    // Moves both clocks forward, calling what falls due on the way at its own time.
    void advance(qint64 ms);
    // Moves wall time alone, as when the administrator sets the clock.
    void jump(qint64 ms) { m_now += ms; }
    // Steady milliseconds until the next call is due; -1 when none waits.
    qint64 untilNext() const;

private:
    struct Call {
        QPointer<QObject> context;
        std::function<void()> wake;
    };

    std::atomic<qint64> m_now;
    std::atomic<qint64> m_steady = 0;
    std::multimap<qint64, Call> m_calls;
};

} // namespace carillon
