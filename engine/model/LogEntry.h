// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

namespace carillon {

// One committed fact; append-only, numbered. `type` is "<thing>.<what happened>": "delivery.sent", "campaign.paused",
// "contact.imported", "account.saved". Ids that do not apply are 0.
struct LogEntry {
    qint64 seq = 0;
    qint64 time = 0;
    QString type;
    QString actor; // who did it: "engine", "window:anna", "cli:root", "token:dashboard"
    qint64 campaignId = 0;
    qint64 deliveryId = 0;
    qint64 contactId = 0;
    qint64 accountId = 0;
    QString channel;
    QJsonObject data; // details: "reason", "code", "attempt", "address", ... never a secret

    friend bool operator==(const LogEntry&, const LogEntry&) = default;
};

} // namespace carillon
