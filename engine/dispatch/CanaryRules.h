// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/model/Campaign.h"

#include <QMap>

namespace carillon {

class Connection;

// How the first deliveries of a campaign are doing.
struct CanaryCount {
    qint64 size = 0; // how many of them there are
    qint64 begun = 0; // tried, or over without it
    qint64 over = 0; // have an outcome
    qint64 failed = 0; // failed, bounced or uncertain
};

enum class CanaryVerdict { Waits, Passed, Failed };

// Failed as soon as so many failed that no outcome of the others could mend it; passed as soon as all have been tried and
// the outcomes that are missing could not spoil it: one that a server has put off for an hour does not hold up a million.
CanaryVerdict judgeCanary(const Canary& canary, const CanaryCount& count);

// True while the rest of the campaign waits for its first deliveries.
bool awaitsCanary(const Campaign& campaign);

// Counts on a Connection; these throw SqlFailure.

// The number of first deliveries, the same also when some have gone on to another channel: reads all that are planned, so
// once is enough.
qint64 canarySize(Connection& connection, const Campaign& campaign);
CanaryCount countCanary(Connection& connection, qint64 campaignId, qint64 size);

// Judges in the transaction that writes what follows: the state, its log entry, and the pause when the rest must not go out.
// Waits also when the campaign is not being sent any more.
Result<CanaryVerdict> settleCanary(Connection& connection, qint64 campaignId, qint64 size, qint64 now);

} // namespace carillon
