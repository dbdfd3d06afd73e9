// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Topic.h"

#include <optional>

namespace carillon {

class Connection;

// Topics with their routes as rows (their content: TemplateRepository). Throws SqlFailure, as everything that runs on a
// Connection does.
class TopicRepository {
public:
    explicit TopicRepository(Connection& connection)
        : m_connection(connection)
    {
    }

    QList<Topic> all();
    std::optional<Topic> find(qint64 id);
    std::optional<Topic> findByKey(const QString& key);
    // Inserts (id 0) or updates; the id.
    qint64 save(const Topic& topic);
    void remove(qint64 id);
    qint64 campaignCount(qint64 id);

    QList<Route> routes(qint64 topicId); // in order
    // Makes these the topic's routes, in this order.
    void replaceRoutes(qint64 topicId, const QList<Route>& routes);

private:
    Connection& m_connection;
};

} // namespace carillon
