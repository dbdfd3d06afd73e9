// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Topic.h"

#include <QHash>

#include <optional>

namespace carillon {

class Connection;

// Frequency caps as rows, and what counts towards them. Throws SqlFailure, as everything that runs on a Connection does.
class FrequencyCapRepository {
public:
    explicit FrequencyCapRepository(Connection& connection)
        : m_connection(connection)
    {
    }

    QList<FrequencyCap> all();
    std::optional<FrequencyCap> find(Category category);
    // One per category; without a number it is removed.
    void save(const FrequencyCap& cap);

    // Those of the contacts who have had as many notifications of the cap's category as it allows: within its window before
    // `now`, or due later. A notification is a campaign's or a trigger's, whatever its number of deliveries; one that came
    // to nothing (failed, bounced, suppressed, expired, cancelled) does not count, nor does one of `exceptCampaign`.
    QSet<qint64> reached(const FrequencyCap& cap, const QList<qint64>& contacts, qint64 now, qint64 exceptCampaign = 0);

private:
    Connection& m_connection;
};

} // namespace carillon
