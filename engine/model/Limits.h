// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <QJsonObject>
#include <QString>

namespace carillon {

// How much an account may send. 0 is no limit, anywhere.
//
//     {"per_second": 14, "burst": 50, "in_flight": 20, "destination_per_second": 1, "destination_burst": 1,
//      "destination_in_flight": 2, "adapt": true}
//
// A rate may also be given a minute ("per_minute", "destination_per_minute").
struct AccountLimits {
    double perSecond = 0; // fractions are fine: 0.2 is one in five seconds
    int burst = 0; // messages at once after a rest; 0: one second's worth, at least one
    int inFlight = 0; // messages on the wire at the same time
    double destinationPerSecond = 0; // to one destination: see destinationOf()
    int destinationBurst = 0;
    int destinationInFlight = 0;
    bool adapt = true; // find the rate that the platform bears: slower when it complains, faster while it does not

    friend bool operator==(const AccountLimits&, const AccountLimits&) = default;
};

QJsonObject toJson(const AccountLimits& limits);
// InvalidInput names the member that is wrong.
Result<AccountLimits> accountLimitsOf(const QJsonObject& object);

// Whether all of them are within their bounds; the same errors.
Status check(const AccountLimits& limits);

// What platforms count per destination: the domain of a mail address in lower case; the push service's host of a browser's
// subscription; elsewhere the address itself (a Slack channel, a Telegram chat, a phone number).
QString destinationOf(const QString& channel, const QString& address);

} // namespace carillon
