// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaigns/DeliveryGroups.h"

#include <QCoreApplication>

namespace carillon::ui {

namespace {

struct DeliveryGroupWords {
    Q_DECLARE_TR_FUNCTIONS(DeliveryGroupWords)
};

} // namespace

qint64 DeliveryGroup::countIn(const CampaignSummary& campaign) const
{
    if (states.isEmpty())
        return campaign.total;
    qint64 count = 0;
    for (const DeliveryState state : states)
        count += campaign.counts.value(state);
    return count;
}

const QList<DeliveryGroup>& deliveryGroups()
{
    using S = DeliveryState;
    static const QList<DeliveryGroup> groups{
        {QStringLiteral("all"), DeliveryGroupWords::tr("All"), {}, Tone::Info},
        {QStringLiteral("waiting"), DeliveryGroupWords::tr("Waiting"), {S::Queued, S::Retrying}, Tone::Neutral},
        {QStringLiteral("sending"), DeliveryGroupWords::tr("On the wire"), {S::Sending}, Tone::Info},
        {QStringLiteral("sent"), DeliveryGroupWords::tr("Sent"), {S::Sent, S::Delivered}, Tone::Good},
        {QStringLiteral("failed"), DeliveryGroupWords::tr("Failed"), {S::Failed, S::Bounced}, Tone::Bad},
        {QStringLiteral("uncertain"), DeliveryGroupWords::tr("Uncertain"), {S::Uncertain}, Tone::Warning},
        {QStringLiteral("not_sent"),
         DeliveryGroupWords::tr("Given up"),
         {S::Suppressed, S::Expired, S::Cancelled},
         Tone::Neutral}};
    return groups;
}

} // namespace carillon::ui
