// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/CampaignService.h"
#include "ui/widgets/FunnelView.h"
#include "ui/widgets/StackedBar.h"

namespace carillon::ui {

// What the counts of a campaign add up to.
struct CampaignFigures {
    qint64 total = 0;
    qint64 open = 0; // queued, sending and retrying: what cancelling would stop
    qint64 done = 0; // can change no more by our doing
    qint64 accepted = 0; // sent and delivered
    qint64 delivered = 0;
    qint64 failed = 0; // failed and bounced
    qint64 uncertain = 0;

    static CampaignFigures of(const CampaignSummary& summary);
    double progress() const; // 0 to 1
};

// The parts of its bar, in the order in which a delivery goes through them.
QList<StackedBar::Part> statePartsOf(const CampaignSummary& summary);
// From everybody it was for, past those left out, to what has become of each delivery: the keys of these lines are
// "group_<key>" of deliveryGroups(). Of what was sent, as much as was delivered and read, where anybody tells.
QList<FunnelLine> funnelOf(const CampaignSummary& summary, const QList<ReasonCount>& leftOut,
                           const CampaignReception& reception = {});
// What to know about the funnel's "delivered": a platform that tells nothing has not failed. Empty when there is no doubt.
QString receptionNote(const CampaignSummary& summary, const CampaignReception& reception);
// The key of the group behind such a line; empty: it is none.
QString deliveryGroupOf(const QString& lineKey);
// "1,240 of 2,000 done, 1,100 delivered, 12 failed"
QString progressText(const CampaignSummary& summary);

} // namespace carillon::ui
