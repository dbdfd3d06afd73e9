// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/NotificationRepository.h"

#include "engine/store/Connection.h"

#include <limits>
#include <string>

namespace carillon {

namespace {

constexpr const char* selection
    = "SELECT notification.id, contact_id, topic_id, delivery_id, card, notification.created_at, read_at, archived_at,"
      " expires_at, topic.key FROM notification LEFT JOIN topic ON topic.id = topic_id"
      " WHERE contact_id = ?1 AND expires_at > ?2";

Notification read(const Rows& rows)
{
    return {rows.integer(0), rows.integer(1), rows.integer(2), rows.integer(3), rows.json(4),
            rows.integer(5), rows.integer(6), rows.integer(7), rows.integer(8), rows.text(9)};
}

const char* conditionOf(InboxPart part)
{
    switch (part) {
    case InboxPart::Inbox: return " AND archived_at IS NULL";
    case InboxPart::Unread: return " AND read_at IS NULL AND archived_at IS NULL";
    case InboxPart::Archived: return " AND archived_at IS NOT NULL";
    }
    return "";
}

} // namespace

NotificationRepository::Added NotificationRepository::add(const Notification& n)
{
    const int written = m_connection.run(
        "INSERT INTO notification (contact_id, topic_id, delivery_id, card, created_at, read_at, archived_at, expires_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (delivery_id) DO NOTHING",
        n.contactId, NullableId{n.topicId}, NullableId{n.deliveryId}, n.card, n.createdAt, NullableId{n.readAt},
        NullableId{n.archivedAt}, n.expiresAt);
    if (written > 0)
        return {m_connection.lastInsertId(), true};
    return {m_connection.integer("SELECT id FROM notification WHERE delivery_id = ?", n.deliveryId), false};
}

std::optional<Notification> NotificationRepository::find(qint64 contactId, qint64 id, qint64 now)
{
    static const std::string sql = std::string(selection) + " AND notification.id = ?3";
    Rows rows = m_connection.query(sql, contactId, now, id);
    return rows.next() ? std::optional(read(rows)) : std::nullopt;
}

QList<Notification> NotificationRepository::page(qint64 contactId, InboxPart part, qint64 before, int limit, qint64 now)
{
    const std::string sql
        = std::string(selection) + conditionOf(part) + " AND notification.id < ?3 ORDER BY notification.id DESC LIMIT ?4";
    QList<Notification> found;
    Rows rows = m_connection.query(sql, contactId, now, before > 0 ? before : std::numeric_limits<qint64>::max(), limit);
    while (rows.next())
        found << read(rows);
    return found;
}

qint64 NotificationRepository::countUnread(qint64 contactId, qint64 now)
{
    return m_connection.integer("SELECT COUNT(*) FROM notification WHERE contact_id = ? AND expires_at > ?"
                                " AND read_at IS NULL AND archived_at IS NULL",
                                contactId, now);
}

void NotificationRepository::setRead(qint64 id, qint64 at)
{
    m_connection.run("UPDATE notification SET read_at = ? WHERE id = ?", NullableId{at}, id);
}

void NotificationRepository::setArchived(qint64 id, qint64 at)
{
    m_connection.run("UPDATE notification SET archived_at = ? WHERE id = ?", NullableId{at}, id);
}

int NotificationRepository::prune(qint64 now)
{
    return m_connection.run("DELETE FROM notification WHERE id IN"
                            " (SELECT id FROM notification WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)",
                            now, PruneStep);
}

} // namespace carillon
