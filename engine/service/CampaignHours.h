// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/model/Caller.h"
#include "engine/model/Campaign.h"

namespace carillon {

class Connection;

// When a campaign goes out, as an operator orders it. Those with a connection throw SqlFailure, as everything that runs on a
// Connection does.

// InvalidInput when schedule or control would not be read back as they are written, naming the member.
Status checkWords(const Campaign& campaign);

// The hour that a campaign gets which is scheduled now; 0: as soon as the engine runs. `at`: see
// CampaignService::schedule().
Result<qint64> hourToGoOut(Connection& connection, const Campaign& campaign, qint64 at, qint64 now);

// See CampaignService::schedule().
Status scheduleCampaign(Connection& connection, const Caller& caller, qint64 id, qint64 at, qint64 now);

// See CampaignService::occurrences().
Result<QList<qint64>> hoursOf(Connection& connection, const Campaign& campaign, int count, qint64 now);

// One that was resumed may have had its hour meanwhile: a series waits for its next, any other goes out now.
Status settlePassedHour(Connection& connection, const Campaign& campaign, qint64 now);

} // namespace carillon
