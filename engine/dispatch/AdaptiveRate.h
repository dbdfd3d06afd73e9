// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace carillon {

// Finds the rate that a platform bears: each complaint halves it, each success adds a little (AIMD, as TCP does), never
// beyond the limit that is set. Without one there is none until the first complaint, which teaches the rate; it is forgotten
// once twice as much as what drew the last complaint goes well. A plain value; times are steady milliseconds.
class AdaptiveRate {
public:
    // Slower than this only when the limit is.
    static constexpr double Least = 0.1;

    // `limit` a second; 0: none.
    explicit AdaptiveRate(double limit = 0)
        : m_limit(limit)
        , m_rate(limit)
    {
    }

    // What is set was changed. A lower rate that was learned stays.
    void setLimit(double limit);

    double perSecond() const { return m_rate; } // 0: no limit
    bool isSlowed() const { return m_rate != m_limit; }

    // The platform said that it was too much, when it got `usedPerSecond`. Complaints until `heedUntil`, about what was on
    // the way before the rate was lowered, are the same one. True when the rate changed.
    bool complain(qint64 now, double usedPerSecond, qint64 heedUntil);
    // So many were taken. True when the rate changed.
    bool succeed(int count);

private:
    double m_limit;
    double m_rate;
    double m_blamed = 0; // the rate that drew the last complaint
    qint64 m_deafUntil = 0;
};

} // namespace carillon
