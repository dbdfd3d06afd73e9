// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Schedule.h"

namespace carillon {

// How the deliveries of a topic are carried out, beside what else a Topic says.
//
//     {"hold_ms": 30000, "quiet_hours": "22:00-07:00", "next_account": true, "next_channel_after_ms": 600000}
struct DispatchRules {
    qint64 holdMs = 0; // what is sent off waits so long, and can be undone until then
    std::optional<DayPart> quietHours; // in the contact's time zone, for contacts that say nothing themselves
    bool nextAccount = true; // on to the route's next account of the channel when one is down or has refused
    qint64 nextChannelAfterMs = 0; // on to the next channel when not read so long after it was sent; 0: never

    friend bool operator==(const DispatchRules&, const DispatchRules&) = default;
};

QJsonObject toJson(const DispatchRules& rules);
Result<DispatchRules> dispatchRulesOf(const QJsonObject& object);

// First a few, then all: the rest waits until the first ones have an outcome, and for ever when too many of them failed.
struct Canary {
    qint64 count = 0; // the first so many deliveries ...
    double percent = 0; // ... or this part of all, whichever is more; both 0: no canary
    double maxFailedPercent = 5; // failed, bounced and uncertain, of those

    bool isOn() const { return count > 0 || percent > 0; }
    qint64 sizeOf(qint64 deliveries) const;

    friend bool operator==(const Canary&, const Canary&) = default;
};

// What an operator sets for one campaign; the throttle may change while it runs.
//
//     {"per_minute": 600, "hold_ms": 30000, "canary": {"percent": 1, "max_failed_percent": 2}}
struct CampaignControl {
    double perMinute = 0; // 0: as fast as the accounts go
    std::optional<qint64> holdMs; // instead of the topic's
    Canary canary;

    friend bool operator==(const CampaignControl&, const CampaignControl&) = default;
};

QJsonObject toJson(const CampaignControl& control);
Result<CampaignControl> campaignControlOf(const QJsonObject& object);

// Why a campaign is paused; empty: by hand. Anything else than these is a sentence of its own.
namespace PauseReason {
inline const QString Missed = QStringLiteral("missed"); // its hour passed while the engine was off
inline const QString Canary = QStringLiteral("canary"); // too many of its first deliveries failed
QString sentence(const QString& reason); // for people, translated
} // namespace PauseReason

// How a campaign's canary is doing; empty: it has none, or has not begun.
namespace CanaryState {
inline const QString Running = QStringLiteral("running");
inline const QString Passed = QStringLiteral("passed"); // also when a person let it go on
inline const QString Failed = QStringLiteral("failed");
} // namespace CanaryState

} // namespace carillon
