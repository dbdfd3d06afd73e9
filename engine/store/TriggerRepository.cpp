// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/TriggerRepository.h"

#include "engine/store/Connection.h"

namespace carillon {

qint64 TriggerRepository::insert(const Trigger& trigger)
{
    return m_connection.integer(
        "INSERT INTO \"trigger\" (topic_id, data, actor, created_at) VALUES (?, ?, ?, ?) RETURNING id", trigger.topicId,
        trigger.data, trigger.actor, trigger.createdAt);
}

std::optional<Trigger> TriggerRepository::find(qint64 id)
{
    Rows rows = m_connection.query("SELECT id, topic_id, data, actor, created_at FROM \"trigger\" WHERE id = ?", id);
    if (!rows.next())
        return std::nullopt;
    return Trigger{rows.integer(0), rows.integer(1), rows.json(2), rows.text(3), rows.integer(4)};
}

} // namespace carillon
