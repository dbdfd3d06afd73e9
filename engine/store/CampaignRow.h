// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Campaign.h"

namespace carillon {

class Rows;

// How a campaign stands in its row, in the order of campaignColumns.
inline constexpr const char* campaignColumns
    = "id, name, topic_id, audience, data, state, resume_state, scheduled_at, plan_cursor, planned, created_at, updated_at,"
      " started_at, finished_at, schedule, control, origin, pause_reason, canary";

Campaign campaignOf(const Rows& rows);

QJsonObject toJson(const Audience& audience);
QJsonObject toJson(const CampaignOrigin& origin);

} // namespace carillon
