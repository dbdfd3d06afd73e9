// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/CampaignService.h"

namespace carillon {

// How a campaign gets on, in one line for people: "sending: 1240 of 2000, 12 failed, 14 a second, ends 14:32. The account
// Relay takes 14 a second." `now`: UTC milliseconds.
QString progressText(const CampaignSummary& campaign, const CampaignForecast& forecast, qint64 now);

} // namespace carillon
