// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaigns/CampaignGroups.h"

#include <QCoreApplication>

namespace carillon::ui {

namespace {

struct CampaignGroupWords {
    Q_DECLARE_TR_FUNCTIONS(CampaignGroupWords)
};

} // namespace

QList<CampaignGroup> campaignGroups()
{
    using S = CampaignState;
    return {{CampaignGroupWords::tr("All"), {}},
            {CampaignGroupWords::tr("Drafts"), {S::Draft}},
            {CampaignGroupWords::tr("Scheduled"), {S::Scheduled, S::AwaitingApproval}},
            {CampaignGroupWords::tr("Running"), {S::Planning, S::Sending}},
            {CampaignGroupWords::tr("Paused"), {S::Paused}},
            {CampaignGroupWords::tr("Finished"), {S::Finished}},
            {CampaignGroupWords::tr("Cancelled"), {S::Cancelled}}};
}

} // namespace carillon::ui
