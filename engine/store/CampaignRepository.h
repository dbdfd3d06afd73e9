// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Campaign.h"
#include "engine/model/Delivery.h"

#include <QMap>

#include <optional>

namespace carillon {

class Connection;

// Campaigns as rows, and the contacts that each leaves out. Throws SqlFailure, as everything that runs on a Connection does.
class CampaignRepository {
public:
    explicit CampaignRepository(Connection& connection)
        : m_connection(connection)
    {
    }

    std::optional<Campaign> find(qint64 id);
    // Newest first. Empty `states`: any.
    QList<Campaign> page(const QString& search, const QList<CampaignState>& states, qint64 offset, int limit);
    qint64 count(const QString& search, const QList<CampaignState>& states);
    QList<Campaign> inState(const QList<CampaignState>& states);

    // Inserts (id 0) or updates everything but its state; the id.
    qint64 save(const Campaign& campaign);
    void remove(qint64 id);

    // The one place where a campaign changes its state: checks the transition, writes it and its log entry. Conflict when it
    // is refused. `reason`: into the log; of a pause also into the row (see PauseReason).
    Result<Campaign> change(qint64 id, CampaignVerb verb, const QString& actor, qint64 now, const QString& reason = {});
    void setPlanCursor(qint64 id, qint64 cursor, bool planned, qint64 now);
    void setScheduledAt(qint64 id, qint64 at);
    // True when the series has made a campaign for this occurrence.
    bool hasOccurrence(qint64 seriesId, qint64 at);
    void setControl(qint64 id, const CampaignControl& control);
    void setCanary(qint64 id, const QString& canaryState); // see CanaryState

    void insertLeftOut(const LeftOut& leftOut);
    QMap<QString, qint64> leftOutCounts(qint64 id);
    QList<LeftOut> leftOut(qint64 id, const QString& reason, qint64 offset, int limit); // empty reason: any

private:
    Connection& m_connection;
};

} // namespace carillon
