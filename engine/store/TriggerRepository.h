// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Trigger.h"

#include <optional>

namespace carillon {

class Connection;

// Triggers as rows; who they are for is in their deliveries. Throws SqlFailure, as everything that runs on a Connection
// does.
class TriggerRepository {
public:
    explicit TriggerRepository(Connection& connection)
        : m_connection(connection)
    {
    }

    // Inserts; the id.
    qint64 insert(const Trigger& trigger);
    std::optional<Trigger> find(qint64 id);

private:
    Connection& m_connection;
};

} // namespace carillon
