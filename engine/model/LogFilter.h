// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/LogEntry.h"

#include <QStringList>

namespace carillon {

// Which log entries a reader wants; empty and 0 mean any.
struct LogFilter {
    QStringList types; // "delivery.sent", or with a trailing star "delivery.*"
    qint64 campaignId = 0;
    qint64 deliveryId = 0;
    qint64 contactId = 0;
    qint64 accountId = 0;
    QString channel;

    bool matches(const LogEntry& entry) const;

    friend bool operator==(const LogFilter&, const LogFilter&) = default;
};

} // namespace carillon
