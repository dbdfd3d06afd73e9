// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/CampaignService.h"

namespace carillon {

class Connection;

// A campaign with its figures, computed from its deliveries.
CampaignSummary summarise(Connection& connection, const Campaign& campaign);

} // namespace carillon
