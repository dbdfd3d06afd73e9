// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/TopicRepository.h"

#include "engine/model/Names.h"
#include "engine/store/Connection.h"

namespace carillon {

namespace {

#define TOPIC_COLUMNS                                                                                                       \
    "id, key, name, category, brand_id, uncertain_policy, lifetime_ms, max_attempts, created_at, updated_at"

Topic topicOf(const Rows& rows)
{
    return {rows.integer(0), rows.text(1),
            rows.text(2),    valueOf<Category>(rows.text(3)).value_or(Category::Transactional),
            rows.integer(4), valueOf<UncertainPolicy>(rows.text(5)).value_or(UncertainPolicy::Hold),
            rows.integer(6), int(rows.integer(7)),
            rows.integer(8), rows.integer(9)};
}

QJsonObject toJson(const QMap<QString, QString>& parts)
{
    QJsonObject object;
    for (auto part = parts.cbegin(); part != parts.cend(); ++part)
        object.insert(part.key(), part.value());
    return object;
}

QMap<QString, QString> partsOf(const QJsonObject& object)
{
    QMap<QString, QString> parts;
    for (auto part = object.begin(); part != object.end(); ++part)
        parts.insert(part.key(), part.value().toString());
    return parts;
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
    if (t.id != 0) {
        m_connection.run(
            "UPDATE topic SET key = ?, name = ?, category = ?, brand_id = ?, uncertain_policy = ?, lifetime_ms = ?,"
            " max_attempts = ?, updated_at = ? WHERE id = ?",
            t.key, t.name, nameOf(t.category), t.brandId, nameOf(t.uncertainPolicy), t.lifetimeMs, t.maxAttempts,
            t.updatedAt, t.id);
        return t.id;
    }
    return m_connection.integer(
        "INSERT INTO topic (key, name, category, brand_id, uncertain_policy, lifetime_ms, max_attempts, created_at,"
        " updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        t.key, t.name, nameOf(t.category), t.brandId, nameOf(t.uncertainPolicy), t.lifetimeMs, t.maxAttempts, t.createdAt,
        t.updatedAt);
}

void TopicRepository::remove(qint64 id)
{
    m_connection.run("DELETE FROM topic WHERE id = ?", id);
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

QList<Template> TopicRepository::templates(qint64 topicId)
{
    QList<Template> templates;
    Rows rows = m_connection.query(
        "SELECT id, topic_id, channel, locale, parts, created_at, updated_at FROM template WHERE topic_id = ?"
        " ORDER BY channel, locale",
        topicId);
    while (rows.next())
        templates << Template{rows.integer(0),       rows.integer(1), rows.text(2),   rows.text(3),
                              partsOf(rows.json(4)), rows.integer(5), rows.integer(6)};
    return templates;
}

void TopicRepository::replaceTemplates(qint64 topicId, const QList<Template>& templates, qint64 now)
{
    QList<qint64> kept;
    for (const Template& t : templates) {
        // The unique key decides, not the id: a template whose locale was changed is another one.
        kept << m_connection.integer(
            "INSERT INTO template (topic_id, channel, locale, parts, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (topic_id, channel, locale) DO UPDATE SET parts = excluded.parts, updated_at = excluded.updated_at"
            " RETURNING id",
            topicId, t.channel, t.locale, toJson(t.parts), now, now);
    }
    for (const Template& old : this->templates(topicId)) {
        if (!kept.contains(old.id))
            m_connection.run("DELETE FROM template WHERE id = ?", old.id);
    }
}

} // namespace carillon
