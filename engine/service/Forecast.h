// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Schedule.h"

#include <QTimeZone>

namespace carillon {

// How fast something goes, and what is left of it.
struct Pace {
    qint64 now = 0;
    qint64 remaining = 0;
    double perMinute = 0; // measured
    double boundPerMinute = 0; // what is allowed; 0: no limit
    bool limited = false; // it is the bound that holds it back
    qint64 opensAt = 0; // not before; 0: now
};

// When what is left will be done: arithmetic alone, no clock and no database. Times are UTC milliseconds; 0: not known.
//
// The rate is the bound where the bound holds it back (a limit that was just changed counts at once), else what was
// measured, but never more than the bound.
class Forecast {
public:
    explicit Forecast(const Pace& pace);

    qint64 startsAt() const { return m_startsAt; }
    // As if it could go on day and night.
    qint64 endsAt() const;
    // Going on only while the window is open; `zone` where the window names none. 0 also when that takes more than a year.
    qint64 endsWithin(const SendWindow& window, const QTimeZone& zone) const;
    // True when going on day and night would send outside the window.
    bool leaves(const SendWindow& window, const QTimeZone& zone) const;

private:
    qint64 m_startsAt;
    qint64 m_workMs = -1; // -1: not known
};

} // namespace carillon
