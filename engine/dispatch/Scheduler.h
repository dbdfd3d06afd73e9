// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Campaign.h"

#include <optional>

namespace carillon {

class Connection;

// The first hour of a campaign after a moment, by its schedule: of a recurring one its next occurrence; by the contacts' own
// clocks when the earliest of them shows it. Nothing: a schedule At, which says no hour itself, or no occurrence is left.
// InvalidInput names the member of the schedule that is wrong.
Result<std::optional<qint64>> nextHourOf(const Campaign& campaign, const QString& brandZone, qint64 after);

// The time zone of the brand that sends it; empty: UTC.
QString brandZoneOf(Connection& connection, const Campaign& campaign);

// Starts what is due, within one transaction of the writer.
//
// - A campaign becomes Planning. A recurring one stays Scheduled and moves on to its next occurrence; the one that is due
//   becomes a campaign of its own, with the content that the series has pinned. A series without a next occurrence is
//   finished.
// - An occurrence becomes a campaign once, however often the clock is put back over its hour. A series that a clock gone
//   wrong had sent far ahead comes back with it.
// - What is found later than SendTimes::GraceMs after its hour was missed: the engine was off, the machine asleep, or the
//   clock was put forward. Its schedule's MissedPolicy says what becomes of it. Of several missed occurrences there is at
//   most one, the latest. By the contacts' own clocks a campaign is missed when its hour has passed on all the earth; else
//   planning decides contact by contact. What has no hour (scheduledAt is 0) goes out when the engine runs, and is never
//   missed.
class Scheduler {
public:
    // Throws SqlFailure, as everything that runs on a Connection does.
    explicit Scheduler(Connection& connection, qint64 now)
        : m_connection(connection)
        , m_now(now)
    {
    }

    // The campaigns that are to be planned now.
    QList<Campaign> startDue();
    // When the next one is due; nothing when none waits.
    std::optional<qint64> nextStart();

private:
    std::optional<Campaign> start(const Campaign& campaign);
    std::optional<Campaign> startOccurrence(const Campaign& series);
    void comeBack(const Campaign& series);
    bool isMissed(const Campaign& campaign) const;
    // Pauses or cancels it.
    void miss(const Campaign& campaign);
    Campaign childOf(const Campaign& series, qint64 occurrence);
    void moveOn(const Campaign& series, const std::optional<qint64>& next);

    Connection& m_connection;
    const qint64 m_now;
};

} // namespace carillon
