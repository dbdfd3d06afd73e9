// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/TopicRepository.h"

#include "engine/model/Names.h"
#include "engine/store/Connection.h"
#include "engine/store/ContentRevision.h"

namespace carillon {

namespace {

#define TOPIC_COLUMNS                                                                                                       \
    "id, key, name, category, brand_id, uncertain_policy, lifetime_ms, max_attempts, created_at, updated_at, rules"

Topic topicOf(const Rows& rows)
{
    return {rows.integer(0),
            rows.text(1),
            rows.text(2),
            valueOf<Category>(rows.text(3)).value_or(Category::Transactional),
            rows.integer(4),
            valueOf<UncertainPolicy>(rows.text(5)).value_or(UncertainPolicy::Hold),
            rows.integer(6),
            int(rows.integer(7)),
            rows.integer(8),
            rows.integer(9),
            dispatchRulesOf(rows.json(10)).value_or(DispatchRules())};
}

} // namespace

QList<Topic> TopicRepository::all()
{
    QList<Topic> topics;
    Rows rows = m_connection.query("SELECT " TOPIC_COLUMNS " FROM topic ORDER BY key");
    while (rows.next())
        topics << topicOf(rows);
    return topics;
}

std::optional<Topic> TopicRepository::find(qint64 id)
{
    Rows rows = m_connection.query("SELECT " TOPIC_COLUMNS " FROM topic WHERE id = ?", id);
    return rows.next() ? std::optional(topicOf(rows)) : std::nullopt;
}

std::optional<Topic> TopicRepository::findByKey(const QString& key)
{
    Rows rows = m_connection.query("SELECT " TOPIC_COLUMNS " FROM topic WHERE key = ?", key);
    return rows.next() ? std::optional(topicOf(rows)) : std::nullopt;
}

qint64 TopicRepository::save(const Topic& t)
{
    raiseContentRevision(m_connection);
    if (t.id != 0) {
        m_connection.run(
            "UPDATE topic SET key = ?, name = ?, category = ?, brand_id = ?, uncertain_policy = ?, lifetime_ms = ?,"
            " max_attempts = ?, updated_at = ?, rules = ? WHERE id = ?",
            t.key, t.name, nameOf(t.category), t.brandId, nameOf(t.uncertainPolicy), t.lifetimeMs, t.maxAttempts,
            t.updatedAt, toJson(t.rules), t.id);
        return t.id;
    }
    return m_connection.integer(
        "INSERT INTO topic (key, name, category, brand_id, uncertain_policy, lifetime_ms, max_attempts, created_at,"
        " updated_at, rules) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        t.key, t.name, nameOf(t.category), t.brandId, nameOf(t.uncertainPolicy), t.lifetimeMs, t.maxAttempts, t.createdAt,
        t.updatedAt, toJson(t.rules));
}

void TopicRepository::remove(qint64 id)
{
    m_connection.run("DELETE FROM topic WHERE id = ?", id);
    raiseContentRevision(m_connection);
}

qint64 TopicRepository::campaignCount(qint64 id)
{
    return m_connection.integer("SELECT COUNT(*) FROM campaign WHERE topic_id = ?", id);
}

QList<Route> TopicRepository::routes(qint64 topicId)
{
    QList<Route> routes;
    Rows rows = m_connection.query(
        "SELECT id, topic_id, account_id, position, destination FROM route WHERE topic_id = ? ORDER BY position, id",
        topicId);
    while (rows.next())
        routes << Route{rows.integer(0), rows.integer(1), rows.integer(2), int(rows.integer(3)), rows.text(4)};
    return routes;
}

void TopicRepository::replaceRoutes(qint64 topicId, const QList<Route>& routes)
{
    m_connection.run("DELETE FROM route WHERE topic_id = ?", topicId);
    int position = 0;
    for (const Route& route : routes)
        m_connection.run("INSERT INTO route (topic_id, account_id, position, destination) VALUES (?, ?, ?, ?)", topicId,
                         route.accountId, position++, route.destination);
}

} // namespace carillon
