// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"
#include "engine/model/LogEntry.h"
#include "engine/service/CampaignService.h"

namespace carillon {

// How many deliveries were sent, failed and put off within one bucket of time that starts at `time`.
struct ThroughputPoint {
    qint64 time = 0;
    qint64 sent = 0;
    qint64 failed = 0; // failed and bounced
    qint64 retried = 0;
};

struct AccountHealth {
    qint64 accountId = 0;
    QString name;
    QString channel;
    QString state; // "ok", "disabled", "down", "throttled", "needs password", "wrong settings"
    QString detail; // a sentence, when it is not ok
    qint64 sentLastMinute = 0;
    qint64 failedLastMinute = 0;
    // See AccountCondition of the dispatch room.
    QString breaker;
    qint64 waitsUntil = 0;
    double perSecond = 0;
    double limitPerSecond = 0;
    int inFlight = 0;
    int inFlightLimit = 0;
    int slowDestinations = 0;
    qint64 checkedAt = 0;
    QString checkError;
};

struct Overview {
    qint64 contacts = 0;
    qint64 queued = 0; // queued and retrying
    qint64 sending = 0;
    qint64 uncertain = 0;
    qint64 sentToday = 0;
    qint64 failedToday = 0;
    QList<CampaignSummary> running; // planning, sending, paused, scheduled
    QList<AccountHealth> accounts;
    QList<LogEntry> problems; // the latest failures, newest first, 20 at the most
};

// Figures for the overview, computed from the log and the deliveries. Thread-safe.
class OverviewService {
public:
    OverviewService(Store& store, const Clock& clock, Dispatch& dispatch);

    Future<Overview> now() const;
    // One point per bucket, empty ones included, oldest first; 2,000 points at the most.
    Future<QList<ThroughputPoint>> throughput(qint64 from, qint64 to, qint64 bucketMs) const;

private:
    Store& m_store;
    const Clock& m_clock;
    Dispatch& m_dispatch;
};

} // namespace carillon
