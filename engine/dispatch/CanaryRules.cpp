// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/CanaryRules.h"

#include "engine/store/CampaignRepository.h"
#include "engine/store/DeliveryRepository.h"
#include "engine/store/LogRepository.h"

namespace carillon {

namespace {

const QString actor = QStringLiteral("engine");

void log(Connection& connection, const Campaign& campaign, const QString& type, const CanaryCount& count, qint64 now)
{
    LogEntry entry;
    entry.time = now;
    entry.type = type;
    entry.actor = actor;
    entry.campaignId = campaign.id;
    entry.data = {{QStringLiteral("name"), campaign.name},
                  {QStringLiteral("size"), count.size},
                  {QStringLiteral("over"), count.over},
                  {QStringLiteral("failed"), count.failed},
                  {QStringLiteral("max_failed_percent"), campaign.control.canary.maxFailedPercent}};
    LogRepository(connection).append(entry);
}

} // namespace

CanaryVerdict judgeCanary(const Canary& canary, const CanaryCount& count)
{
    const double most = canary.maxFailedPercent / 100 * double(count.size);
    if (double(count.failed) > most)
        return CanaryVerdict::Failed;
    const qint64 open = count.size - count.over;
    const bool isSure = count.begun >= count.size && double(count.failed + open) <= most;
    return isSure || open <= 0 ? CanaryVerdict::Passed : CanaryVerdict::Waits;
}

bool awaitsCanary(const Campaign& campaign)
{
    return campaign.control.canary.isOn() && (campaign.canary.isEmpty() || campaign.canary == CanaryState::Running);
}

qint64 canarySize(Connection& connection, const Campaign& campaign)
{
    DeliveryRepository deliveries(connection);
    qint64 planned = -deliveries.followUpCount(campaign.id);
    const QMap<DeliveryState, qint64> counts = deliveries.counts(campaign.id);
    for (const qint64 count : counts)
        planned += count;
    return campaign.control.canary.sizeOf(planned);
}

CanaryCount countCanary(Connection& connection, qint64 campaignId, qint64 size)
{
    CanaryCount canary;
    canary.size = size;
    const QMap<DeliveryState, qint64> counts = DeliveryRepository(connection).triedCounts(campaignId);
    for (auto count = counts.cbegin(); count != counts.cend(); ++count) {
        canary.begun += count.value();
        canary.over += isFinal(count.key()) ? count.value() : 0;
    }
    canary.failed = counts.value(DeliveryState::Failed) + counts.value(DeliveryState::Bounced)
        + counts.value(DeliveryState::Uncertain);
    return canary;
}

Result<CanaryVerdict> settleCanary(Connection& connection, qint64 campaignId, qint64 size, qint64 now)
{
    CampaignRepository campaigns(connection);
    const std::optional<Campaign> campaign = campaigns.find(campaignId);
    if (!campaign || campaign->state != CampaignState::Sending || !awaitsCanary(*campaign))
        return CanaryVerdict::Waits;
    const CanaryCount count = countCanary(connection, campaignId, size);
    const CanaryVerdict verdict = judgeCanary(campaign->control.canary, count);
    if (verdict == CanaryVerdict::Passed) {
        campaigns.setCanary(campaignId, CanaryState::Passed);
        log(connection, *campaign, QStringLiteral("campaign.canary_passed"), count, now);
    } else if (verdict == CanaryVerdict::Failed) {
        campaigns.setCanary(campaignId, CanaryState::Failed);
        log(connection, *campaign, QStringLiteral("campaign.canary_failed"), count, now);
        if (!DeliveryRepository(connection).hasWaiting(campaignId))
            return verdict; // there is nothing to hold back
        if (const Result<Campaign> paused
            = campaigns.change(campaignId, CampaignVerb::Pause, actor, now, PauseReason::Canary);
            !paused)
            return fail(paused.error());
    }
    return verdict;
}

} // namespace carillon
