// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/dispatch/AdaptiveRate.h"
#include "engine/dispatch/RateMeter.h"
#include "engine/dispatch/TokenBucket.h"
#include "engine/model/Limits.h"

#include <QHash>

#include <list>

namespace carillon {

// What one account may send to each destination (a mail domain, a Slack channel: see destinationOf()): rate, burst and how
// many at a time, as the account's limits say; what the destination itself complains about; and when it lets go on. Not
// thread-safe; times are steady milliseconds.
//
// Remembers a bounded number of destinations; who has rested longest is forgotten first, and begins anew with a full bucket.
class DestinationLimits {
public:
    // Beside those that have something in flight.
    static constexpr qsizetype MostRemembered = 10'000;
    // nextAt() of a destination that waits for an answer, not for a time.
    static constexpr qint64 WithAnswer = -1;

    explicit DestinationLimits(qsizetype mostRemembered = MostRemembered)
        : m_mostRemembered(mostRemembered)
    {
    }

    // `now`: what was learned stays, as far as the new limits allow.
    void setLimits(const AccountLimits& limits, qint64 now);

    // When one more may go: `now` when it may, WithAnswer when too many are in flight.
    qint64 nextAt(const QString& destination, qint64 now) const;
    // One that may go does.
    void take(const QString& destination, qint64 now);
    // It did not after all.
    void giveBack(const QString& destination, qint64 now);
    // It has an answer, whatever it was; `taken`: the platform took it.
    void answered(const QString& destination, bool taken, qint64 now);
    // The destination said that it was too much, and how long it wants to be left alone.
    void complained(const QString& destination, qint64 waitMs, qint64 now);

    // What it is expected to bear: its limit, else what it got of late; at least one a second when there is neither.
    double expectedPerSecond(const QString& destination, qint64 now);
    // How many were slowed down or have to wait.
    int slowCount(qint64 now) const;
    qsizetype remembered() const { return qsizetype(m_entries.size()); }

private:
    struct Entry {
        QString destination;
        TokenBucket bucket;
        AdaptiveRate rate;
        RateMeter meter;
        qint64 waitUntil = 0;
        int inFlight = 0;
    };
    using Entries = std::list<Entry>; // least recently used first

    Entry& touch(const QString& destination, qint64 now);
    void forget();
    void applyRate(Entry& entry, qint64 now) const;

    const qsizetype m_mostRemembered;
    AccountLimits m_limits;
    Entries m_entries;
    QHash<QString, Entries::iterator> m_byName;
};

} // namespace carillon
