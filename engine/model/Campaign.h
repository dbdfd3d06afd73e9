// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/model/Delivery.h"
#include "engine/model/DispatchRules.h"

#include <QJsonObject>
#include <QList>
#include <QString>

namespace carillon {

enum class CampaignState { Draft, AwaitingApproval, Scheduled, Planning, Sending, Paused, Finished, Cancelled };

// The contacts whom another campaign missed: with a delivery in one of the states, or left out for one of the reasons; but
// not who got another of its deliveries.
struct MissedAudience {
    qint64 campaignId = 0;
    QList<DeliveryState> states;
    QStringList reasons; // LeftOutReason

    friend bool operator==(const MissedAudience&, const MissedAudience&) = default;
};

// Who a campaign is for: the contacts on any of the lists, each once; or every contact; or whom another campaign missed.
struct Audience {
    QList<qint64> listIds;
    bool everyone = false;
    std::optional<MissedAudience> missed; // instead of lists
    QList<qint64> contactIds; // instead of lists: just these, of a trigger or a follow-up; never stored

    friend bool operator==(const Audience&, const Audience&) = default;
};

// What a campaign was made from by the program; ids are 0 where it was not.
struct CampaignOrigin {
    qint64 seriesId = 0; // an occurrence of a recurring campaign
    qint64 occurrenceAt = 0; // and its hour
    qint64 missedOf = 0; // "send to the missed" of this campaign

    friend bool operator==(const CampaignOrigin&, const CampaignOrigin&) = default;
};

// One send of a topic to an audience. A recurring one stays Scheduled, with scheduledAt its next occurrence, and makes a
// campaign of its own for each, until there is none.
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
    Schedule schedule;
    CampaignControl control;
    CampaignOrigin origin;
    QString pauseReason; // see PauseReason
    QString canary; // see CanaryState

    friend bool operator==(const Campaign&, const Campaign&) = default;
};

// The verbs that change a campaign's state, and the only transitions there are (ARCHITECTURE: any other is refused).
enum class CampaignVerb { Schedule, Unschedule, StartPlanning, StartSending, Pause, Resume, Cancel, Finish, Reopen };

// The state after `verb`, or a Conflict that says why not. Resume needs the state it was paused in.
Result<CampaignState> campaignTransition(CampaignState from, CampaignVerb verb,
                                         CampaignState pausedIn = CampaignState::Sending);

} // namespace carillon
