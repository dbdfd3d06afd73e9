// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

namespace carillon {

class Connection;

// The truth of this moment for dashboards, computed from the deliveries:
//     {"states": {"queued": 12, "sent": 3, ...},
//      "campaigns": [{"id": 7, "name": "May", "state": "sending", "total": 15, "counts": {"sent": 3, ...}}]}
// Campaigns: those that are under way, and the newest others, ten at the most.
QJsonObject queueSnapshot(Connection& connection);

} // namespace carillon
