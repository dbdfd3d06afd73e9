// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace carillon {

// So many a second, with a burst after a rest. A plain value: times are given in, in milliseconds that only grow
// (Clock::steady()).
//
// Counts in whole trillionths of a token, rounded against the sender: in no span of time does it give more than
// perSecond * seconds + burst, and nextAt() is exact. Rates from one in some years to a million a second.
//
//     TokenBucket bucket(14, 0, clock.steady());
//     const int count = qMin(waiting, bucket.available(now));
//     bucket.take(count, now);
//     clock.after(bucket.nextAt(now) - now, ...)
class TokenBucket {
public:
    // No limit.
    TokenBucket() = default;
    // Full. `perSecond` 0: no limit. `burst` 0: one second's worth; always at least one.
    TokenBucket(double perSecond, int burst, qint64 now);

    bool isLimited() const { return m_perMs != 0; }
    double perSecond() const { return m_perSecond; } // 0: no limit

    // Whole tokens that are there; as many as an int holds when there is no limit.
    int available(qint64 now) const;
    // Takes what available() said is there.
    void take(int count, qint64 now);
    // What was taken and not used after all.
    void giveBack(int count, qint64 now);
    // When a token is there: `now` when one is.
    qint64 nextAt(qint64 now) const;

    // Another rate from now on. What is in it stays, as far as the new burst holds it; one that had no limit begins empty,
    // because nobody knows what has just been sent.
    void setRate(double perSecond, int burst, qint64 now);

private:
    qint64 levelAt(qint64 now) const;
    void settle(qint64 now);

    double m_perSecond = 0;
    qint64 m_perMs = 0; // trillionths of a token
    qint64 m_capacity = 0;
    qint64 m_level = 0; // at m_at
    qint64 m_at = 0;
};

} // namespace carillon
