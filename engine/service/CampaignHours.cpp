// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/CampaignHours.h"

#include "engine/content/ContentReader.h"
#include "engine/dispatch/Recurrence.h"
#include "engine/dispatch/Scheduler.h"
#include "engine/dispatch/SendTimes.h"
#include "engine/service/DryRunner.h"
#include "engine/store/CampaignRepository.h"
#include "engine/store/TopicRepository.h"

#include <QCoreApplication>

namespace carillon {

namespace {

constexpr int mostHours = 1'000;

QString tr(const char* text)
{
    return QCoreApplication::translate("CampaignService", text);
}

qint64 holdOf(Connection& connection, const Campaign& campaign)
{
    if (campaign.control.holdMs)
        return *campaign.control.holdMs;
    const std::optional<Topic> topic = TopicRepository(connection).find(campaign.topicId);
    return topic ? topic->rules.holdMs : 0;
}

// When it has passed on all the earth.
qint64 lastHourOf(const Campaign& campaign)
{
    const std::optional<qint64> wall = wallTimeOf(campaign.schedule.localTime);
    return campaign.schedule.kind == ScheduleKind::ContactZone && wall ? SendTimes::lastHour(*wall) : campaign.scheduledAt;
}

Result<qint64> hourAt(Connection& connection, const Campaign& campaign, qint64 at, qint64 now)
{
    if (at != 0 && at < now - SendTimes::GraceMs)
        return fail(ErrorCode::InvalidInput, tr("This hour has passed. Choose a later one, or send it now."),
                    QStringLiteral("scheduled_at"));
    if (at > now)
        return at;
    const qint64 hold = holdOf(connection, campaign);
    return hold > 0 ? now + hold : 0;
}

} // namespace

Status checkWords(const Campaign& campaign)
{
    if (const Result<Schedule> schedule = scheduleOf(toJson(campaign.schedule)); !schedule)
        return fail(schedule.error());
    if (const Result<CampaignControl> control = campaignControlOf(toJson(campaign.control)); !control)
        return fail(control.error());
    return {};
}

Result<qint64> hourToGoOut(Connection& connection, const Campaign& campaign, qint64 at, qint64 now)
{
    const Schedule& schedule = campaign.schedule;
    if (schedule.kind == ScheduleKind::At)
        return hourAt(connection, campaign, at, now);
    const qint64 from = schedule.kind == ScheduleKind::ContactZone ? now + holdOf(connection, campaign) : now;
    const Result<std::optional<qint64>> hour = nextHourOf(campaign, brandZoneOf(connection, campaign), from);
    if (!hour)
        return fail(hour.error());
    if (!*hour)
        return fail(ErrorCode::InvalidInput, tr("No day is left by this rule: it has come to its end."),
                    QStringLiteral("rule"));
    if (schedule.kind == ScheduleKind::ContactZone && lastHourOf(campaign) < now - SendTimes::GraceMs)
        return fail(ErrorCode::InvalidInput, tr("This hour has passed for everybody on earth. Choose a later one."),
                    QStringLiteral("local_time"));
    return **hour;
}

Status scheduleCampaign(Connection& connection, const Caller& caller, qint64 id, qint64 at, qint64 now)
{
    CampaignRepository campaigns(connection);
    const std::optional<Campaign> campaign = campaigns.find(id);
    if (!campaign)
        return fail(ErrorCode::NotFound, tr("There is no campaign %1.").arg(id));
    const Result<Campaign> changed = campaigns.change(id, CampaignVerb::Schedule, caller.actor, now);
    if (!changed)
        return fail(changed.error());
    const Result<qint64> hour = hourToGoOut(connection, *campaign, at, now);
    if (!hour)
        return fail(hour.error());
    campaigns.setScheduledAt(id, *hour);
    pinContent(connection, *changed);
    return checkReachable(connection, *changed, now);
}

Result<QList<qint64>> hoursOf(Connection& connection, const Campaign& campaign, int count, qint64 now)
{
    const Schedule& schedule = campaign.schedule;
    const int most = qBound(0, count, mostHours);
    QList<qint64> hours;
    if (schedule.kind == ScheduleKind::Recurring) {
        const Result<Recurrence> recurrence = Recurrence::of(schedule, brandZoneOf(connection, campaign));
        if (!recurrence)
            return fail(recurrence.error());
        hours = recurrence->following(now, most);
    } else if (schedule.kind == ScheduleKind::ContactZone) {
        const Result<std::optional<qint64>> first = nextHourOf(campaign, brandZoneOf(connection, campaign), now);
        if (!first)
            return fail(first.error());
        if (lastHourOf(campaign) >= now)
            hours = {**first, lastHourOf(campaign)};
    } else if (campaign.scheduledAt > now) {
        hours = {campaign.scheduledAt};
    }
    return hours.mid(0, most);
}

Status settlePassedHour(Connection& connection, const Campaign& campaign, qint64 now)
{
    CampaignRepository campaigns(connection);
    if (campaign.scheduledAt > now)
        return {};
    if (campaign.schedule.kind == ScheduleKind::Recurring) {
        const Result<std::optional<qint64>> next = nextHourOf(campaign, brandZoneOf(connection, campaign), now);
        if (!next)
            return fail(next.error());
        campaigns.setScheduledAt(campaign.id, next->value_or(0)); // 0: the scheduler ends it
        return {};
    }
    if (lastHourOf(campaign) > now) // each contact's hour is looked at
        return {};
    Campaign late = campaign;
    late.schedule.kind = ScheduleKind::At;
    late.schedule.localTime.clear();
    late.scheduledAt = 0; // as soon as the engine runs: it is not to be missed again
    campaigns.save(late);
    return {};
}

} // namespace carillon
