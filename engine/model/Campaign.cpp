// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/Names.h"

#include <QCoreApplication>

namespace carillon {

namespace {

tl::unexpected<Error> refuse(CampaignState from)
{
    return fail(ErrorCode::Conflict,
                QCoreApplication::translate("Campaign", "This cannot be done to a campaign that is %1.").arg(nameOf(from)));
}

} // namespace

Result<CampaignState> campaignTransition(CampaignState from, CampaignVerb verb, CampaignState pausedIn)
{
    using S = CampaignState;
    const bool running = from == S::Planning || from == S::Sending;
    const bool waiting = from == S::Scheduled || from == S::AwaitingApproval;
    switch (verb) {
    case CampaignVerb::Schedule:
        if (from == S::Draft)
            return S::Scheduled;
        break;
    case CampaignVerb::Unschedule:
        if (waiting)
            return S::Draft;
        break;
    case CampaignVerb::StartPlanning:
        if (from == S::Scheduled)
            return S::Planning;
        break;
    case CampaignVerb::StartSending:
        if (from == S::Planning)
            return S::Sending;
        break;
    case CampaignVerb::Pause:
        if (running || from == S::Scheduled)
            return S::Paused;
        break;
    case CampaignVerb::Resume:
        if (from == S::Paused)
            return pausedIn;
        break;
    case CampaignVerb::Cancel:
        if (running || waiting || from == S::Paused)
            return S::Cancelled;
        break;
    case CampaignVerb::Finish:
        if (from == S::Sending || from == S::Scheduled) // a recurring one without another occurrence
            return S::Finished;
        break;
    case CampaignVerb::Reopen: // uncertain or failed deliveries of a finished campaign are sent again
        if (from == S::Finished)
            return S::Sending;
        break;
    }
    return refuse(from);
}

} // namespace carillon
