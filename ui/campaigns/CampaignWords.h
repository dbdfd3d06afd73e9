// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/CampaignService.h"
#include "ui/widgets/Theme.h"

namespace carillon::ui {

// How a campaign gets on, in words. `now`: UTC milliseconds.

struct Saying {
    QString text; // empty: nothing to say
    Tone tone = Tone::Neutral;

    friend bool operator==(const Saying&, const Saying&) = default;
};

// The one thing about its state that people should know or decide: "Goes out in 27 s. Until then it can be undone.", why it
// is paused, that its first deliveries are on trial, until when it waits.
Saying noticeOf(const CampaignSummary& campaign, const CampaignForecast& forecast, qint64 now);
// "12/s of 14/s"; empty while it sends nothing.
QString rateOf(const CampaignSummary& campaign, const CampaignForecast& forecast);
// What limits it: "The account Relay takes 14 a second."
QString limitOf(const CampaignSummary& campaign, const CampaignForecast& forecast);
// "about 4 min left, ends 14:32"; "ends Tue 03:40, outside its window" as a warning.
Saying endOf(const CampaignSummary& campaign, const CampaignForecast& forecast, qint64 now);
// The state in a list, with what a person wants to know beside it: "Scheduled, Tue 03:40", "Paused: canary".
QString stateText(const Campaign& campaign, qint64 now);
// What a waiting delivery waits for; empty: it waits for nothing.
QString waitText(const Delivery& delivery, const CampaignForecast& forecast, qint64 now);

// True when it was sent off "now" and can still be undone: it goes out within minutes.
bool isHeld(const Campaign& campaign, qint64 now);

} // namespace carillon::ui
