// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "Ledger.h"
#include "Platform.h"

#include <optional>
#include <set>

namespace carillon {
class ManualClock;
}

namespace carillon::simulation {

// Whether what is on the wire keeps its limits: rates and numbers in flight of accounts and destinations, throttles of
// campaigns, what the platform asked for, and the breakers. Reckons all of it anew from what is set and from what the
// platform has said, never from what the engine thinks of it.
//
// Exact only in worlds that are prompt (see Scenario): elsewhere time passes between the moment in which the engine lets a
// message go and its first byte. Times are steady milliseconds.
class Pace {
public:
    Pace(const Scenario& scenario, const ManualClock& clock, Trace& trace);

    // An engine begins: its buckets are full, its breakers closed.
    void begin();
    void onWire(const Transmission& transmission, const LoggedDelivery& logged);
    // The engine was told something of a message.
    void onAnswer(const Transmission& transmission);
    // What was learned about the account is forgotten from now on, nobody knows when exactly.
    void accountEdited(qint64 accountId) { m_edited.insert(accountId); }
    // Its throttle is another; or (`begins`) its bucket is full.
    void throttle(qint64 campaignId, double perMinute, bool begins);

private:
    // A token bucket. What is set at a moment holds only after it: what was let go just before is on the wire in that
    // moment.
    struct Gauge {
        double perSecond = 0; // 0: no limit
        double capacity = 0;
        double level = 0;
        qint64 at = 0;
        std::optional<double> next; // rate, since `at`

        void set(double rate, int burst);
        void settle(qint64 now); // what was set before holds, and what has come since then is in it
        bool take(qint64 now); // false: there was none
    };
    enum class Breaker { Closed, Open, Probing };
    struct Line {
        Gauge gauge;
        int inFlight = 0;
        qint64 saidAt = -1; // when it last asked for a pause,
        qint64 waitUntil = 0; // and until when
        Breaker breaker = Breaker::Closed;
        QList<bool> bad; // the last attempts
        int downInARow = 0;
        qint64 openedAt = 0;
        qint64 retryAt = 0;
        qint64 downAt = -1; // when the last one found it down while it was open
        qint64 probeAt = 0;
    };
    struct NotBefore {
        qint64 at = 0;
        qint64 accountId = 0;
        int byHand = 0;
    };
    using Destination = std::pair<qint64, QString>; // account and destination

    const Account& accountOf(qint64 id) const;
    Line& destinationOf(const Transmission& transmission);
    void checkRates(const Transmission& transmission, const LoggedDelivery& logged);
    void checkWaits(const Transmission& transmission);
    void checkBreaker(const Transmission& transmission);
    void heed(Line& line, const Outcome& outcome);
    void answered(Line& line);
    void note(Line& line, bool bad) const;
    void open(Line& line, qint64 askedMs) const;
    void broken(const Transmission& transmission, const QString& what);

    const Scenario& m_scenario;
    const ManualClock& m_clock;
    Trace& m_trace;
    std::map<qint64, Line> m_accounts;
    std::map<Destination, Line> m_destinations;
    std::map<qint64, Gauge> m_throttles; // by campaign
    std::map<qint64, NotBefore> m_notBefore; // by delivery
    std::set<qint64> m_edited;
};

} // namespace carillon::simulation
