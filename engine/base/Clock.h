// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <functional>

class QObject;

namespace carillon {

// The only source of time. Given to constructors, never global, so that tests own time.
//
// Times are UTC milliseconds since 1970. Thread-safe.
class Clock {
public:
    virtual ~Clock() = default;

    // Wall time; may jump when the administrator or NTP sets it.
    virtual qint64 now() const = 0;

    // Milliseconds that only grow; for durations and time-outs, never stored.
    virtual qint64 steady() const = 0;

    // Calls `wake` in the thread of `context` once, `inMs` milliseconds of steady time from now; not at all when
    // `context` has died by then. Call it from the thread of `context`.
    virtual void after(qint64 inMs, QObject* context, std::function<void()> wake) = 0;
};

} // namespace carillon
