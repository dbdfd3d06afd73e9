// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaigns/CampaignWords.h"

#include "ui/widgets/Words.h"

#include <QCoreApplication>

#include <algorithm>

namespace carillon::ui {

namespace {

struct CampaignWords {
    Q_DECLARE_TR_FUNCTIONS(CampaignWords)
};

// The longest that a countdown is of use; later the hour says more.
constexpr qint64 MostHeldMs = 15 * 60'000;
// A platform that is full for a moment, again and again, is no news: a line that comes and goes would move what is below it.
constexpr qint64 LeastWaitMs = 3'000;

QString countdownText(qint64 ms)
{
    const qint64 seconds = (std::max<qint64>(ms, 0) + 999) / 1'000;
    return seconds < 120 ? CampaignWords::tr("%1 s").arg(seconds)
                         : CampaignWords::tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
}

bool isUnderWay(const CampaignSummary& campaign)
{
    return campaign.campaign.state == CampaignState::Sending || campaign.campaign.state == CampaignState::Planning;
}

Saying scheduledNotice(const Campaign& campaign, qint64 now)
{
    if (isHeld(campaign, now))
        return {CampaignWords::tr("Goes out in %1. Until then nothing is sent, and it can be undone.")
                    .arg(countdownText(campaign.scheduledAt - now)),
                Tone::Warning};
    const QString time = momentText(campaign.scheduledAt, now);
    if (campaign.scheduledAt <= now)
        return {CampaignWords::tr("Begins at once."), Tone::Info};
    const QString left = durationText(campaign.scheduledAt - now);
    return {campaign.schedule.kind == ScheduleKind::Recurring
                ? CampaignWords::tr("Goes out again and again; next %1, in %2.").arg(time, left)
                : CampaignWords::tr("Goes out %1, in %2.").arg(time, left),
            Tone::Info};
}

Saying pausedNotice(const Campaign& campaign)
{
    if (campaign.pauseReason == PauseReason::Missed)
        return {CampaignWords::tr("It missed its hour: the engine was off. Send it now, or skip it?"), Tone::Warning};
    if (campaign.pauseReason == PauseReason::Canary)
        return {
            CampaignWords::tr("Too many of its first deliveries failed; the rest has not been sent. Look at what failed, "
                              "then let the rest go or cancel."),
            Tone::Bad};
    return {PauseReason::sentence(campaign.pauseReason), Tone::Warning};
}

Saying sendingNotice(const CampaignSummary& campaign, const CampaignForecast& forecast, qint64 now)
{
    if (forecast.canarySize > 0 && campaign.campaign.canary == CanaryState::Running)
        return {CampaignWords::tr("On trial: %1 of the first %2 deliveries have an outcome. The rest waits for them.")
                    .arg(countText(forecast.canaryDone), countText(forecast.canarySize)),
                Tone::Info};
    if (forecast.opensAt > now + LeastWaitMs)
        return {CampaignWords::tr("Waits until %1, for %2.")
                    .arg(momentText(forecast.opensAt, now), durationText(forecast.opensAt - now)),
                Tone::Warning};
    return {};
}

} // namespace

bool isHeld(const Campaign& campaign, qint64 now)
{
    return campaign.state == CampaignState::Scheduled && campaign.schedule.kind != ScheduleKind::Recurring
        && campaign.scheduledAt > now && campaign.scheduledAt - now <= MostHeldMs;
}

Saying noticeOf(const CampaignSummary& campaign, const CampaignForecast& forecast, qint64 now)
{
    switch (campaign.campaign.state) {
    case CampaignState::Scheduled: return scheduledNotice(campaign.campaign, now);
    case CampaignState::Paused: return pausedNotice(campaign.campaign);
    case CampaignState::Planning:
    case CampaignState::Sending: return sendingNotice(campaign, forecast, now);
    case CampaignState::Draft:
    case CampaignState::AwaitingApproval:
    case CampaignState::Finished:
    case CampaignState::Cancelled: break;
    }
    return {};
}

QString rateOf(const CampaignSummary& campaign, const CampaignForecast& forecast)
{
    if (!isUnderWay(campaign))
        return {};
    const QString rate = paceText(forecast.perMinute);
    return forecast.boundPerMinute > 0 ? CampaignWords::tr("%1 of %2").arg(rate, paceText(forecast.boundPerMinute)) : rate;
}

QString limitOf(const CampaignSummary& campaign, const CampaignForecast& forecast)
{
    if (!isUnderWay(campaign) || forecast.remaining == 0)
        return {};
    return forecast.limitedBy.isEmpty() ? CampaignWords::tr("Nothing but the wire limits it.") : forecast.limitedBy;
}

Saying endOf(const CampaignSummary& campaign, const CampaignForecast& forecast, qint64 now)
{
    if (!isUnderWay(campaign) || forecast.remaining == 0)
        return {};
    if (forecast.endsAt <= now)
        return {CampaignWords::tr("its end cannot be said yet"), Tone::Neutral};
    const QString ends = momentText(forecast.endsAt, now);
    if (forecast.endsOutsideWindow)
        return {CampaignWords::tr("ends %1, outside its window").arg(ends), Tone::Warning};
    return {CampaignWords::tr("ends %1, %2 left").arg(ends, durationText(forecast.endsAt - now)), Tone::Neutral};
}

QString stateText(const Campaign& campaign, qint64 now)
{
    if (campaign.state == CampaignState::Paused && campaign.pauseReason == PauseReason::Missed)
        return CampaignWords::tr("Paused: missed");
    if (campaign.state == CampaignState::Paused && campaign.pauseReason == PauseReason::Canary)
        return CampaignWords::tr("Paused: canary");
    if (campaign.state != CampaignState::Scheduled || campaign.scheduledAt <= now)
        return titleOf(campaign.state);
    if (isHeld(campaign, now))
        return CampaignWords::tr("Goes out soon");
    const QString time = momentText(campaign.scheduledAt, now);
    return campaign.schedule.kind == ScheduleKind::Recurring ? CampaignWords::tr("Repeats, %1").arg(time)
                                                             : CampaignWords::tr("For %1").arg(time);
}

QString waitText(const Delivery& delivery, const CampaignForecast& forecast, qint64 now)
{
    // What was only put off (too fast, greylisted) waits as it did before, and the platform's word says why.
    const bool wasPutOff = delivery.state == DeliveryState::Queued && !delivery.lastError.isEmpty() && delivery.dueAt > now;
    if (delivery.state == DeliveryState::Retrying || wasPutOff) {
        const QString time = momentText(delivery.dueAt, now);
        return delivery.dueAt > now ? CampaignWords::tr("next try %1: %2").arg(time, delivery.lastError.simplified())
                                    : delivery.lastError.simplified();
    }
    if (delivery.state != DeliveryState::Queued)
        return {};
    if (delivery.dueAt > now)
        return CampaignWords::tr("not before %1").arg(momentText(delivery.dueAt, now));
    return forecast.limitedBy.isEmpty() ? CampaignWords::tr("its turn") : forecast.limitedBy;
}

} // namespace carillon::ui
