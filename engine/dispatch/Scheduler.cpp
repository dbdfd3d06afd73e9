// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/Scheduler.h"

#include "engine/dispatch/Recurrence.h"
#include "engine/dispatch/SendTimes.h"
#include "engine/store/BrandRepository.h"
#include "engine/store/CampaignRepository.h"
#include "engine/store/TemplateRepository.h"
#include "engine/store/TopicRepository.h"

#include <QCoreApplication>
#include <QDateTime>

namespace carillon {

namespace {

const QString actor = QStringLiteral("engine");

} // namespace

Result<std::optional<qint64>> nextHourOf(const Campaign& campaign, const QString& brandZone, qint64 after)
{
    const Schedule& schedule = campaign.schedule;
    if (schedule.kind == ScheduleKind::At)
        return std::nullopt;
    if (schedule.kind == ScheduleKind::ContactZone) {
        if (const std::optional<qint64> wall = wallTimeOf(schedule.localTime))
            return std::optional(qMax(after, SendTimes::firstHour(*wall)));
        return fail(ErrorCode::InvalidInput,
                    QCoreApplication::translate("Scheduler", "Say at what time by the contacts' own clocks it goes out."),
                    QStringLiteral("local_time"));
    }
    const Result<Recurrence> recurrence = Recurrence::of(schedule, brandZone);
    if (!recurrence)
        return fail(recurrence.error());
    return recurrence->next(after);
}

QString brandZoneOf(Connection& connection, const Campaign& campaign)
{
    const std::optional<Topic> topic = TopicRepository(connection).find(campaign.topicId);
    const std::optional<Brand> brand = topic ? BrandRepository(connection).find(topic->brandId) : std::nullopt;
    return brand ? brand->timeZone : QString();
}

QList<Campaign> Scheduler::startDue()
{
    QList<Campaign> started;
    for (const Campaign& campaign : CampaignRepository(m_connection).inState({CampaignState::Scheduled})) {
        const bool recurs = campaign.schedule.kind == ScheduleKind::Recurring;
        if (campaign.scheduledAt > m_now) {
            if (recurs)
                comeBack(campaign);
            continue;
        }
        if (const std::optional<Campaign> planning = recurs ? startOccurrence(campaign) : start(campaign))
            started << *planning;
    }
    return started;
}

std::optional<qint64> Scheduler::nextStart()
{
    std::optional<qint64> next;
    for (const Campaign& campaign : CampaignRepository(m_connection).inState({CampaignState::Scheduled})) {
        if (!next || campaign.scheduledAt < *next)
            next = campaign.scheduledAt;
    }
    return next;
}

std::optional<Campaign> Scheduler::start(const Campaign& campaign)
{
    if (isMissed(campaign)) {
        miss(campaign);
        return std::nullopt;
    }
    const Result<Campaign> planning
        = CampaignRepository(m_connection).change(campaign.id, CampaignVerb::StartPlanning, actor, m_now);
    return planning ? std::optional(*planning) : std::nullopt;
}

bool Scheduler::isMissed(const Campaign& campaign) const
{
    if (campaign.scheduledAt == 0)
        return false;
    const Schedule& schedule = campaign.schedule;
    qint64 hour = campaign.scheduledAt;
    if (const std::optional<qint64> wall = wallTimeOf(schedule.localTime);
        wall && schedule.kind == ScheduleKind::ContactZone)
        hour = qMax(hour, SendTimes::lastHour(*wall));
    const qint64 allowed = schedule.missed == MissedPolicy::Ask ? 0 : schedule.missedWithinMs;
    return m_now - hour > qMax(SendTimes::GraceMs, allowed);
}

void Scheduler::miss(const Campaign& campaign)
{
    const CampaignVerb verb = campaign.schedule.missed == MissedPolicy::Skip ? CampaignVerb::Cancel : CampaignVerb::Pause;
    CampaignRepository(m_connection).change(campaign.id, verb, actor, m_now, PauseReason::Missed);
}

std::optional<Campaign> Scheduler::startOccurrence(const Campaign& series)
{
    const Result<Recurrence> recurrence = Recurrence::of(series.schedule, brandZoneOf(m_connection, series));
    if (!recurrence) { // a rule that an older program took; a person has to look
        CampaignRepository(m_connection).change(series.id, CampaignVerb::Pause, actor, m_now, recurrence.error().message);
        return std::nullopt;
    }
    moveOn(series, recurrence->next(m_now));
    if (series.scheduledAt == 0) // none was left when it was resumed
        return std::nullopt;
    const qint64 occurrence = recurrence->latest(series.scheduledAt, m_now).value_or(series.scheduledAt);
    if (CampaignRepository(m_connection).hasOccurrence(series.id, occurrence)) // the clock has been here before
        return std::nullopt;
    return start(childOf(series, occurrence));
}

// There is an occurrence before the one that it waits for: the clock was ahead when it moved on.
void Scheduler::comeBack(const Campaign& series)
{
    const Result<Recurrence> recurrence = Recurrence::of(series.schedule, brandZoneOf(m_connection, series));
    const std::optional<qint64> next = recurrence ? recurrence->next(m_now) : std::nullopt;
    CampaignRepository campaigns(m_connection);
    if (next && *next < series.scheduledAt && !campaigns.hasOccurrence(series.id, *next))
        campaigns.setScheduledAt(series.id, *next);
}

Campaign Scheduler::childOf(const Campaign& series, qint64 occurrence)
{
    CampaignRepository campaigns(m_connection);
    const WallClock clock(series.schedule.zone.isEmpty() ? brandZoneOf(m_connection, series) : series.schedule.zone);
    Campaign child;
    child.name = QStringLiteral("%1 %2").arg(series.name, wallTimeText(clock.showsAt(occurrence)).left(10));
    child.topicId = series.topicId;
    child.audience = series.audience;
    child.data = series.data;
    child.scheduledAt = occurrence;
    child.createdAt = m_now;
    child.updatedAt = m_now;
    child.schedule = series.schedule;
    child.schedule.kind = ScheduleKind::At;
    child.schedule.rule.clear();
    child.schedule.localTime.clear();
    child.control = series.control;
    child.origin = {series.id, occurrence, 0};
    child.id = campaigns.save(child);
    TemplateRepository templates(m_connection);
    templates.pin(child.id, templates.pins(series.id));
    return campaigns.change(child.id, CampaignVerb::Schedule, actor, m_now).value_or(child);
}

void Scheduler::moveOn(const Campaign& series, const std::optional<qint64>& next)
{
    CampaignRepository campaigns(m_connection);
    if (next)
        campaigns.setScheduledAt(series.id, *next);
    else
        campaigns.change(series.id, CampaignVerb::Finish, actor, m_now);
}

} // namespace carillon
