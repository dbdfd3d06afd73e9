// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimeZone>

#include <array>

namespace carillon {

// The wall clock of one time zone. Wall times are milliseconds since the clock showed 1970-01-01T00:00 (see wallTimeOf()).
//
// QTimeZone takes microseconds for an answer; this one keeps the last few spans between two changes of the offset, and
// answers from them within nanoseconds. Copies are independent; not thread-safe.
class WallClock {
public:
    // An IANA name; empty or unknown: UTC.
    explicit WallClock(const QString& zone = {});

    qint64 showsAt(qint64 utc) const { return utc + spanAt(utc).offset; }

    // The next moment after which it is ahead of UTC by something else.
    qint64 changesAt(qint64 utc) const { return spanAt(utc).until; }

    // When the clock shows `wall`. A time that it shows twice is the first one; one that it skips counts from the offset
    // before: where clocks go from 02:00 to 03:00, "02:30" is 03:30 (RFC 5545, 3.3.5).
    qint64 utcOf(qint64 wall) const;

private:
    // [from, until) of UTC in which the clock is `offset` ahead of it.
    struct Span {
        qint64 from = 0;
        qint64 until = 0;
        qint64 offset = 0;

        bool holds(qint64 utc) const { return utc >= from && utc < until; }
    };
    const Span& spanAt(qint64 utc) const;
    Span findSpan(qint64 utc) const;

    QTimeZone m_zone;
    mutable std::array<Span, 4> m_spans;
    mutable size_t m_latest = 0; // the span that answered last
};

} // namespace carillon
