// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/CampaignSummaries.h"

#include "engine/store/CampaignRepository.h"
#include "engine/store/DeliveryRepository.h"
#include "engine/store/TemplateRepository.h"
#include "engine/store/TopicRepository.h"

#include <numeric>

namespace carillon {

namespace {

// What waits in a cancelled campaign will not go out any more: it counts as cancelled while the rows are still being
// written.
void countAsCancelled(QMap<DeliveryState, qint64>& counts)
{
    for (const DeliveryState waiting : {DeliveryState::Queued, DeliveryState::Retrying}) {
        if (const qint64 count = counts.take(waiting); count > 0)
            counts[DeliveryState::Cancelled] += count;
    }
}

} // namespace

CampaignSummary summarise(Connection& connection, const Campaign& campaign)
{
    CampaignSummary summary;
    summary.campaign = campaign;
    const std::optional<Topic> topic = TopicRepository(connection).find(campaign.topicId);
    summary.topicName = topic ? topic->name : QString();
    summary.counts = DeliveryRepository(connection).counts(campaign.id);
    if (campaign.state == CampaignState::Cancelled)
        countAsCancelled(summary.counts);
    summary.total = std::accumulate(summary.counts.cbegin(), summary.counts.cend(), qint64(0));
    const QMap<QString, qint64> leftOut = CampaignRepository(connection).leftOutCounts(campaign.id);
    summary.leftOut = std::accumulate(leftOut.cbegin(), leftOut.cend(), qint64(0));
    summary.content = TemplateRepository(connection).pins(campaign.id);
    return summary;
}

} // namespace carillon
