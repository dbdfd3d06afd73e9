// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <QJsonObject>
#include <QList>
#include <QString>

namespace carillon {

enum class CampaignState { Draft, AwaitingApproval, Scheduled, Planning, Sending, Paused, Finished, Cancelled };

// Who a campaign is for: the contacts on any of the lists, each once; or every contact.
struct Audience {
    QList<qint64> listIds;
    bool everyone = false;

    friend bool operator==(const Audience&, const Audience&) = default;
};

// One send of a topic to an audience.
struct Campaign {
    qint64 id = 0;
    QString name;
    qint64 topicId = 0;
    Audience audience;
    QJsonObject data; // what templates see as data.<name>
    CampaignState state = CampaignState::Draft;
    CampaignState resumeState = CampaignState::Sending; // where resume goes back to, while paused
    qint64 scheduledAt = 0; // 0: as soon as it is scheduled
    qint64 planCursor = 0; // contacts up to this id are planned
    bool planned = false; // the whole audience has been
    qint64 createdAt = 0;
    qint64 updatedAt = 0;
    qint64 startedAt = 0;
    qint64 finishedAt = 0;

    friend bool operator==(const Campaign&, const Campaign&) = default;
};

// The verbs that change a campaign's state, and the only transitions there are (ARCHITECTURE: any other is refused).
enum class CampaignVerb { Schedule, Unschedule, StartPlanning, StartSending, Pause, Resume, Cancel, Finish, Reopen };

// The state after `verb`, or a Conflict that says why not. Resume needs the state it was paused in.
Result<CampaignState> campaignTransition(CampaignState from, CampaignVerb verb,
                                         CampaignState pausedIn = CampaignState::Sending);

} // namespace carillon
