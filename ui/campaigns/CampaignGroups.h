// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Campaign.h"

namespace carillon::ui {

// The states of campaigns as people look for them.
struct CampaignGroup {
    QString title; // translated
    QList<CampaignState> states; // empty: all
};

QList<CampaignGroup> campaignGroups();

} // namespace carillon::ui
