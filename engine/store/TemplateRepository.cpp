// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/TemplateRepository.h"

#include "engine/model/Names.h"
#include "engine/store/Connection.h"
#include "engine/store/ContentRevision.h"

namespace carillon {

namespace {

#define TEMPLATE_COLUMNS                                                                                                    \
    "t.id, t.topic_id, t.channel, t.locale, v.parts, t.created_at, t.updated_at, t.scope, t.key, t.brand_id, t.variant,"    \
    " v.settings, v.number"
#define CURRENT_TEMPLATES                                                                                                   \
    "SELECT " TEMPLATE_COLUMNS " FROM template t JOIN template_version v ON v.template_id = t.id AND v.number = t.version"
#define TEMPLATE_ORDER " ORDER BY t.scope, t.key, t.channel, t.locale, t.brand_id, t.variant"

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

Template templateOf(const Rows& rows)
{
    return {rows.integer(0),       rows.integer(1),
            rows.text(2),          rows.text(3),
            partsOf(rows.json(4)), rows.integer(5),
            rows.integer(6),       valueOf<TemplateScope>(rows.text(7)).value_or(TemplateScope::Topic),
            rows.text(8),          rows.integer(9),
            rows.text(10),         rows.json(11),
            int(rows.integer(12))};
}

QList<Template> templatesOf(Rows rows)
{
    QList<Template> templates;
    while (rows.next())
        templates << templateOf(rows);
    return templates;
}

TemplateVersion versionOf(const Rows& rows)
{
    return {rows.integer(0), int(rows.integer(1)), partsOf(rows.json(2)), rows.json(3),
            rows.text(4),    rows.text(5),         rows.integer(6)};
}

} // namespace

QList<Template> TemplateRepository::ofTopic(qint64 topicId)
{
    return templatesOf(
        m_connection.query(CURRENT_TEMPLATES " WHERE t.topic_id = ? AND t.retired_at = 0" TEMPLATE_ORDER, topicId));
}

QList<Template> TemplateRepository::shared(TemplateScope scope)
{
    return templatesOf(m_connection.query(
        CURRENT_TEMPLATES " WHERE t.topic_id IS NULL AND t.scope = ? AND t.retired_at = 0" TEMPLATE_ORDER, nameOf(scope)));
}

QList<Template> TemplateRepository::all()
{
    return templatesOf(m_connection.query(CURRENT_TEMPLATES " WHERE t.retired_at = 0" TEMPLATE_ORDER));
}

QList<Template> TemplateRepository::forTopic(const Topic& topic)
{
    return ofTopic(topic.id) + sharedForCategory(topic.category);
}

QList<Template> TemplateRepository::sharedForCategory(Category category)
{
    return templatesOf(m_connection.query(
        CURRENT_TEMPLATES " WHERE t.topic_id IS NULL AND t.retired_at = 0"
                          " AND (t.scope IN ('snippet', 'texts') OR (t.scope = 'category' AND t.key = ?))" TEMPLATE_ORDER,
        nameOf(category)));
}

std::optional<Template> TemplateRepository::find(qint64 id)
{
    Rows rows = m_connection.query(CURRENT_TEMPLATES " WHERE t.id = ?", id);
    return rows.next() ? std::optional(templateOf(rows)) : std::nullopt;
}

std::optional<Template> TemplateRepository::findSamePlace(const Template& content)
{
    const std::optional<Row> row = rowOf(content);
    return row && !row->retired ? find(row->id) : std::nullopt;
}

std::optional<TemplateRepository::Row> TemplateRepository::rowOf(const Template& t)
{
    Rows rows = t.scope == TemplateScope::Topic
        ? m_connection.query("SELECT id, version, retired_at FROM template WHERE topic_id = ? AND channel = ? AND locale = ?"
                             " AND brand_id = ? AND variant = ?",
                             t.topicId, t.channel, t.locale, t.brandId, t.variant)
        : m_connection.query("SELECT id, version, retired_at FROM template WHERE topic_id IS NULL AND scope = ? AND key = ?"
                             " AND channel = ? AND locale = ? AND brand_id = ? AND variant = ?",
                             nameOf(t.scope), t.key, t.channel, t.locale, t.brandId, t.variant);
    if (!rows.next())
        return std::nullopt;
    return Row{rows.integer(0), int(rows.integer(1)), rows.boolean(2)};
}

qint64 TemplateRepository::insert(const Template& t, qint64 now)
{
    return m_connection.integer(
        "INSERT INTO template (scope, topic_id, key, channel, locale, brand_id, variant, version, created_at, updated_at,"
        " retired_at) VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?, 0) RETURNING id",
        nameOf(t.scope), NullableId{t.scope == TemplateScope::Topic ? t.topicId : 0}, t.key, t.channel, t.locale, t.brandId,
        t.variant, now, now);
}

bool TemplateRepository::mayGoOn(const Row& row, const Authorship& by)
{
    return by.autosaved && !row.retired
        && m_connection.integer(
               "SELECT COUNT(*) FROM template_version v WHERE template_id = ? AND number = ? AND autosaved = 1"
               " AND author = ? AND created_at > ? AND NOT EXISTS (SELECT 1 FROM campaign_content c"
               " WHERE c.template_id = v.template_id AND c.version = v.number)",
               row.id, row.version, by.author, by.now - autosaveSpanMs)
        > 0;
}

void TemplateRepository::insertVersion(qint64 id, int number, const Template& content, const Authorship& by)
{
    m_connection.run(
        "INSERT INTO template_version (template_id, number, parts, settings, author, note, autosaved, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        id, number, toJson(content.parts), content.settings, by.author, by.note, by.autosaved, by.now);
}

// Somebody saves what an editor has saved by itself already: from now on it is a version as any other.
void TemplateRepository::settle(qint64 id, int number, const Authorship& by)
{
    if (!by.autosaved)
        m_connection.run("UPDATE template_version SET autosaved = 0, note = ? WHERE template_id = ? AND number = ?"
                         " AND autosaved = 1 AND author = ?",
                         by.note, id, number, by.author);
}

Template TemplateRepository::save(const Template& content, const Authorship& by)
{
    const std::optional<Row> row = rowOf(content);
    const qint64 id = row ? row->id : insert(content, by.now);
    const std::optional<TemplateVersion> before = row ? version(id, row->version) : std::nullopt;
    const bool same = before && before->parts == content.parts && before->settings == content.settings;
    if (same)
        settle(id, row->version, by);
    if (same && !row->retired)
        return *find(id);
    int number = row ? row->version : 0;
    if (!same && before && mayGoOn(*row, by))
        m_connection.run("UPDATE template_version SET parts = ?, settings = ? WHERE template_id = ? AND number = ?",
                         toJson(content.parts), content.settings, id, number);
    else if (!same)
        insertVersion(id, ++number, content, by);
    m_connection.run("UPDATE template SET version = ?, updated_at = ?, retired_at = 0 WHERE id = ?", number, by.now, id);
    raiseContentRevision(m_connection);
    return *find(id);
}

void TemplateRepository::replaceForTopic(qint64 topicId, const QList<Template>& templates, const Authorship& by)
{
    QList<qint64> kept;
    for (Template content : templates) {
        content.scope = TemplateScope::Topic;
        content.topicId = topicId;
        content.key.clear();
        kept << save(content, by).id;
    }
    for (const Template& old : ofTopic(topicId)) {
        if (!kept.contains(old.id))
            retire(old.id, by.now);
    }
}

void TemplateRepository::retire(qint64 id, qint64 now)
{
    m_connection.run("UPDATE template SET retired_at = ?, updated_at = ? WHERE id = ? AND retired_at = 0", now, now, id);
    raiseContentRevision(m_connection);
}

QList<TemplateVersion> TemplateRepository::versions(qint64 id)
{
    QList<TemplateVersion> versions;
    Rows rows = m_connection.query("SELECT template_id, number, parts, settings, author, note, created_at"
                                   " FROM template_version WHERE template_id = ? ORDER BY number DESC",
                                   id);
    while (rows.next())
        versions << versionOf(rows);
    return versions;
}

std::optional<TemplateVersion> TemplateRepository::version(qint64 id, int number)
{
    Rows rows = m_connection.query("SELECT template_id, number, parts, settings, author, note, created_at"
                                   " FROM template_version WHERE template_id = ? AND number = ?",
                                   id, number);
    return rows.next() ? std::optional(versionOf(rows)) : std::nullopt;
}

void TemplateRepository::pin(qint64 campaignId, const QList<Template>& templates)
{
    unpin(campaignId);
    for (const Template& content : templates)
        m_connection.run("INSERT INTO campaign_content (campaign_id, template_id, version) VALUES (?, ?, ?)", campaignId,
                         content.id, content.version);
}

void TemplateRepository::unpin(qint64 campaignId)
{
    m_connection.run("DELETE FROM campaign_content WHERE campaign_id = ?", campaignId);
}

QList<Template> TemplateRepository::pinned(qint64 campaignId)
{
    return templatesOf(
        m_connection.query("SELECT " TEMPLATE_COLUMNS " FROM campaign_content c JOIN template t ON t.id = c.template_id"
                           " JOIN template_version v ON v.template_id = c.template_id AND v.number = c.version"
                           " WHERE c.campaign_id = ?" TEMPLATE_ORDER,
                           campaignId));
}

QList<Template> TemplateRepository::pins(qint64 campaignId)
{
    return templatesOf(m_connection.query(
        "SELECT t.id, t.topic_id, t.channel, t.locale, '{}', t.created_at, t.updated_at, t.scope, t.key, t.brand_id,"
        " t.variant, '{}', c.version FROM campaign_content c JOIN template t ON t.id = c.template_id"
        " WHERE c.campaign_id = ?" TEMPLATE_ORDER,
        campaignId));
}

} // namespace carillon
