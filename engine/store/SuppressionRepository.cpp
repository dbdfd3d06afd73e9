// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/SuppressionRepository.h"

#include "engine/model/EmailAddress.h"
#include "engine/store/Connection.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace carillon {

namespace {

Suppression suppressionOf(const Rows& rows)
{
    return {rows.integer(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.integer(5)};
}

} // namespace

QList<Suppression> SuppressionRepository::page(qint64 offset, int limit)
{
    QList<Suppression> found;
    Rows rows = m_connection.query(
        "SELECT id, channel, value, reason, note, created_at FROM suppression ORDER BY id DESC LIMIT ? OFFSET ?", limit,
        offset);
    while (rows.next())
        found << suppressionOf(rows);
    return found;
}

qint64 SuppressionRepository::count()
{
    return m_connection.integer("SELECT COUNT(*) FROM suppression");
}

bool SuppressionRepository::isEmpty()
{
    return m_connection.integer("SELECT EXISTS (SELECT 1 FROM suppression)") == 0;
}

QStringList SuppressionRepository::among(const QString& channel, const QStringList& keys)
{
    QStringList suppressed;
    const QByteArray list = QJsonDocument(QJsonArray::fromStringList(keys)).toJson(QJsonDocument::Compact);
    Rows rows = m_connection.query("SELECT value_key FROM suppression WHERE channel = ?"
                                   " AND value_key IN (SELECT value FROM json_each(?))",
                                   channel, list);
    while (rows.next())
        suppressed << rows.text(0);
    return suppressed;
}

std::optional<Suppression> SuppressionRepository::find(qint64 id)
{
    Rows rows = m_connection.query("SELECT id, channel, value, reason, note, created_at FROM suppression WHERE id = ?", id);
    return rows.next() ? std::optional(suppressionOf(rows)) : std::nullopt;
}

bool SuppressionRepository::add(const Suppression& s)
{
    return m_connection.run("INSERT INTO suppression (channel, value, value_key, reason, note, created_at)"
                            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                            s.channel, s.value, addressKey(s.channel, s.value), s.reason, s.note, s.createdAt)
        != 0;
}

void SuppressionRepository::remove(qint64 id)
{
    m_connection.run("DELETE FROM suppression WHERE id = ?", id);
}

void SuppressionRepository::removeBounced(const QString& channel, const QString& value)
{
    m_connection.run("DELETE FROM suppression WHERE channel = ? AND value_key = ? AND reason = 'bounced'", channel,
                     addressKey(channel, value));
}

} // namespace carillon
