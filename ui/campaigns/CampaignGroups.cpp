// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaigns/CampaignGroups.h"

#include <QCoreApplication>

namespace carillon::ui {

QList<CampaignGroup> campaignGroups()
{
    using S = CampaignState;
    const auto tr = [](const char* text) { return QCoreApplication::translate("CampaignGroups", text); };
    return {{tr("All"), {}},
            {tr("Drafts"), {S::Draft}},
            {tr("Scheduled"), {S::Scheduled, S::AwaitingApproval}},
            {tr("Running"), {S::Planning, S::Sending}},
            {tr("Paused"), {S::Paused}},
            {tr("Finished"), {S::Finished}},
            {tr("Cancelled"), {S::Cancelled}}};
}

} // namespace carillon::ui
