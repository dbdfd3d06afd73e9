// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/CampaignService.h"

namespace carillon {

class Connection;
struct PlanSource;

// Who would get a campaign: counted by the planner's own pages, nothing is written. Throw SqlFailure, as everything that
// runs on a Connection does.

Result<DryRun> countDry(Connection& connection, const Campaign& campaign, qint64 now);

// The contacts behind one reason (empty: any) as the planner finds them now, or as it recorded them.
Result<Page<LeftOutContact>> leftOutOfDryRun(Connection& connection, const Campaign& campaign, const QString& reason,
                                             const PageRequest& request, qint64 now);
Page<LeftOutContact> leftOutAsRecorded(Connection& connection, qint64 id, const QString& reason, const PageRequest& request);

// Conflict when the topic's own content for a channel with a route does not compile: it would be stepped over, and the whole
// campaign would get something lesser.
Status checkCompiles(const PlanSource& source);

// Conflict when nobody would get the campaign, or when its content does not compile.
Status checkReachable(Connection& connection, const Campaign& campaign, qint64 now);

} // namespace carillon
