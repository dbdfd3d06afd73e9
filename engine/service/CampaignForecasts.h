// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/dispatch/Dispatch.h"
#include "engine/service/CampaignService.h"

namespace carillon {

class Connection;

// When a campaign will be through. `flow` is how it gets on; nothing when it is not being sent just now.
CampaignForecast forecastOf(Connection& connection, const Campaign& campaign, const std::optional<CampaignFlow>& flow,
                            qint64 now);

} // namespace carillon
