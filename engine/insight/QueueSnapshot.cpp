// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/insight/QueueSnapshot.h"

#include "engine/model/Names.h"
#include "engine/store/CampaignRepository.h"
#include "engine/store/DeliveryRepository.h"

#include <QJsonArray>

#include <numeric>

namespace carillon {

namespace {

constexpr int maxCampaigns = 10;

QJsonObject toJson(const QMap<DeliveryState, qint64>& counts)
{
    QJsonObject object;
    for (auto count = counts.cbegin(); count != counts.cend(); ++count)
        object.insert(nameOf(count.key()), count.value());
    return object;
}

QJsonObject toJson(const Campaign& campaign, const QMap<DeliveryState, qint64>& counts)
{
    return {{QStringLiteral("id"), campaign.id},
            {QStringLiteral("name"), campaign.name},
            {QStringLiteral("state"), nameOf(campaign.state)},
            {QStringLiteral("total"), std::accumulate(counts.cbegin(), counts.cend(), qint64(0))},
            {QStringLiteral("counts"), toJson(counts)}};
}

} // namespace

QJsonObject queueSnapshot(Connection& connection)
{
    CampaignRepository campaigns(connection);
    DeliveryRepository deliveries(connection);
    QList<Campaign> shown = campaigns.inState({CampaignState::Planning, CampaignState::Sending, CampaignState::Paused});
    for (const Campaign& campaign : campaigns.page(
             {}, {CampaignState::Finished, CampaignState::Cancelled, CampaignState::Scheduled}, 0, maxCampaigns)) {
        if (shown.size() < maxCampaigns)
            shown << campaign;
    }
    QJsonArray list;
    for (const Campaign& campaign : std::as_const(shown))
        list << toJson(campaign, deliveries.counts(campaign.id));
    return {{QStringLiteral("states"), toJson(deliveries.allCounts())}, {QStringLiteral("campaigns"), list}};
}

} // namespace carillon
