// SPDX-License-Identifier: GPL-3.0-or-later
// What an operator does to a campaign that is under way, and to those whom it missed: the other half of CampaignService.
#include "engine/base/Clock.h"
#include "engine/dispatch/Dispatch.h"
#include "engine/service/Audit.h"
#include "engine/service/CampaignForecasts.h"
#include "engine/service/CampaignHours.h"
#include "engine/service/CampaignService.h"
#include "engine/store/AudienceRepository.h"
#include "engine/store/CampaignRepository.h"
#include "engine/store/MissedContacts.h"
#include "engine/store/Store.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace carillon {

namespace {

constexpr double mostPerMinute = 1e9;

QString tr(const char* text)
{
    return QCoreApplication::translate("CampaignService", text);
}

Error noCampaign(qint64 id)
{
    return {ErrorCode::NotFound, tr("There is no campaign %1.").arg(id), {}};
}

LogEntry about(qint64 campaignId)
{
    LogEntry entry;
    entry.campaignId = campaignId;
    return entry;
}

// Who resumes what its canary has stopped lets it pass.
Status resumeOn(Connection& connection, const Caller& caller, qint64 id, qint64 now)
{
    CampaignRepository campaigns(connection);
    const std::optional<Campaign> paused = campaigns.find(id);
    if (!paused)
        return fail(noCampaign(id));
    const Result<Campaign> changed = campaigns.change(id, CampaignVerb::Resume, caller.actor, now, paused->pauseReason);
    if (!changed)
        return fail(changed.error());
    if (changed->state == CampaignState::Scheduled)
        return settlePassedHour(connection, *changed, now);
    if (paused->pauseReason != PauseReason::Canary)
        return {};
    campaigns.setCanary(id, CanaryState::Passed);
    audit(connection, caller, QStringLiteral("campaign.canary_passed"), now,
          {{QStringLiteral("name"), paused->name}, {QStringLiteral("by_hand"), true}}, about(id));
    return {};
}

Status throttleOn(Connection& connection, const Caller& caller, qint64 id, double perMinute, qint64 now)
{
    CampaignRepository campaigns(connection);
    const std::optional<Campaign> campaign = campaigns.find(id);
    if (!campaign)
        return fail(noCampaign(id));
    if (campaign->state == CampaignState::Finished || campaign->state == CampaignState::Cancelled)
        return fail(ErrorCode::Conflict, tr("Nothing of this campaign will be sent any more."));
    CampaignControl control = campaign->control;
    control.perMinute = perMinute;
    campaigns.setControl(id, control);
    audit(connection, caller, QStringLiteral("campaign.throttle_changed"), now,
          {{QStringLiteral("name"), campaign->name},
           {QStringLiteral("per_minute"), perMinute},
           {QStringLiteral("before"), campaign->control.perMinute}},
          about(id));
    return {};
}

qint64 countMissed(Connection& connection, const MissedAudience& missed)
{
    Audience audience;
    audience.missed = missed;
    return AudienceRepository(connection).count(audience);
}

QString sentenceOf(DeliveryState state)
{
    switch (state) {
    case DeliveryState::Failed: return tr("the message was refused, or could not be made");
    case DeliveryState::Bounced: return tr("the address does not take mail");
    case DeliveryState::Uncertain: return tr("nobody knows whether it was sent");
    case DeliveryState::Expired: return tr("it was not sent in time");
    case DeliveryState::Cancelled: return tr("it was cancelled");
    default: return tr("the address must not be used");
    }
}

QList<MissedGroup> missedGroups(Connection& connection, qint64 id)
{
    QList<MissedGroup> groups;
    for (const DeliveryState state : missedStates()) {
        if (const qint64 contacts = countMissed(connection, {id, {state}, {}}); contacts > 0)
            groups << MissedGroup{state, {}, sentenceOf(state), contacts};
    }
    const QMap<QString, qint64> leftOut = CampaignRepository(connection).leftOutCounts(id);
    for (auto count = leftOut.cbegin(); count != leftOut.cend(); ++count) {
        if (const qint64 contacts = countMissed(connection, {id, {}, {count.key()}}); contacts > 0)
            groups << MissedGroup{std::nullopt, count.key(), LeftOutReason::sentence(count.key()), contacts};
    }
    return groups;
}

Status checkMissed(const MissedAudience& missed)
{
    const bool known = std::all_of(missed.states.begin(), missed.states.end(),
                                   [](DeliveryState state) { return missedStates().contains(state); });
    if (!known)
        return fail(ErrorCode::InvalidInput,
                    tr("Only deliveries that failed, bounced, expired, are uncertain, cancelled or suppressed missed their "
                       "contact."),
                    QStringLiteral("states"));
    if (missed.states.isEmpty() && missed.reasons.isEmpty())
        return fail(ErrorCode::InvalidInput, tr("Say whom: states of deliveries, or reasons for leaving contacts out."),
                    QStringLiteral("states"));
    return {};
}

Result<qint64> draftForMissed(Connection& connection, const Caller& caller, const MissedAudience& missed, qint64 now)
{
    CampaignRepository campaigns(connection);
    const std::optional<Campaign> original = campaigns.find(missed.campaignId);
    if (!original)
        return fail(noCampaign(missed.campaignId));
    Campaign draft;
    draft.name = tr("%1 (to the missed)").arg(original->name);
    draft.topicId = original->topicId;
    draft.audience.missed = missed;
    if (AudienceRepository(connection).contactIds(draft.audience, 0, 1).isEmpty())
        return fail(ErrorCode::Conflict, tr("This campaign missed nobody of these."), QStringLiteral("states"));
    draft.data = original->data;
    draft.control = original->control;
    draft.origin.missedOf = original->id;
    draft.createdAt = now;
    draft.updatedAt = now;
    const qint64 id = campaigns.save(draft);
    audit(connection, caller, QStringLiteral("campaign.saved"), now,
          {{QStringLiteral("name"), draft.name}, {QStringLiteral("missed_of"), original->id}}, about(id));
    return id;
}

} // namespace

Future<void> CampaignService::pause(const Caller& caller, qint64 id)
{
    return act(caller, id, CampaignVerb::Pause);
}

Future<void> CampaignService::resume(const Caller& caller, qint64 id)
{
    if (const Status allowed = caller.require(Role::Operator); !allowed)
        return readyFuture<void>(fail(allowed.error()));
    return notify(id, m_store.writeUrgent([caller, id, now = m_clock.now()](Connection& connection) {
        return resumeOn(connection, caller, id, now);
    }));
}

Future<void> CampaignService::cancel(const Caller& caller, qint64 id)
{
    return act(caller, id, CampaignVerb::Cancel);
}

Future<void> CampaignService::act(const Caller& caller, qint64 id, CampaignVerb verb)
{
    if (const Status allowed = caller.require(Role::Operator); !allowed)
        return readyFuture<void>(fail(allowed.error()));
    return notify(id, m_store.writeUrgent([caller, id, verb, now = m_clock.now()](Connection& connection) -> Status {
        const Result<Campaign> changed = CampaignRepository(connection).change(id, verb, caller.actor, now);
        return changed ? Status() : fail(changed.error());
    }));
}

Future<void> CampaignService::setThrottle(const Caller& caller, qint64 id, double perMinute)
{
    if (const Status allowed = caller.require(Role::Operator); !allowed)
        return readyFuture<void>(fail(allowed.error()));
    if (!std::isfinite(perMinute) || perMinute < 0 || perMinute > mostPerMinute)
        return readyFuture<void>(fail(ErrorCode::InvalidInput, tr("The throttle is a number a minute; 0 is no throttle."),
                                      QStringLiteral("per_minute")));
    return notify(id, m_store.writeUrgent([caller, id, perMinute, now = m_clock.now()](Connection& connection) {
        return throttleOn(connection, caller, id, perMinute, now);
    }));
}

Future<CampaignForecast> CampaignService::forecast(qint64 id) const
{
    return m_dispatch.flows()
        .then([this, id](const Result<QHash<qint64, CampaignFlow>>& flows) {
            return m_store.read([flows, id, now = m_clock.now()](Connection& connection) -> Result<CampaignForecast> {
                const std::optional<Campaign> campaign = CampaignRepository(connection).find(id);
                if (!campaign)
                    return fail(noCampaign(id));
                const bool flowing = flows && flows->contains(id);
                return forecastOf(connection, *campaign, flowing ? std::optional(flows->value(id)) : std::nullopt, now);
            });
        })
        .unwrap();
}

Future<QList<MissedGroup>> CampaignService::missed(qint64 id) const
{
    return m_store.read([id](Connection& connection) -> Result<QList<MissedGroup>> {
        if (!CampaignRepository(connection).find(id))
            return fail(noCampaign(id));
        return missedGroups(connection, id);
    });
}

Future<qint64> CampaignService::sendToMissed(const Caller& caller, const MissedAudience& missed)
{
    Status allowed = caller.require(Role::Operator);
    if (allowed)
        allowed = checkMissed(missed);
    if (!allowed)
        return readyFuture<qint64>(fail(allowed.error()));
    return m_store.write([caller, missed, now = m_clock.now()](Connection& connection) -> Result<qint64> {
        return draftForMissed(connection, caller, missed, now);
    });
}

} // namespace carillon
