// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/CampaignService.h"
#include "ui/widgets/Theme.h"

namespace carillon::ui {

// The deliveries of a campaign as people look for them: what waits, what has gone out, what has failed, what needs a
// decision. Every state is in exactly one group, but for the first group, which is all of them.
struct DeliveryGroup {
    QString key; // "failed"
    QString title; // translated
    QList<DeliveryState> states; // empty: all
    Tone tone = Tone::Neutral;

    qint64 countIn(const CampaignSummary& campaign) const;
};

const QList<DeliveryGroup>& deliveryGroups();

} // namespace carillon::ui
