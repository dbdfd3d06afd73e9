// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/ListRepository.h"

#include "engine/store/Connection.h"

namespace carillon {

QList<ContactList> ListRepository::all()
{
    QList<ContactList> lists;
    Rows rows = m_connection.query(
        "SELECT id, name, created_at, (SELECT COUNT(*) FROM list_member WHERE list_id = list.id) FROM list ORDER BY name");
    while (rows.next())
        lists << ContactList{rows.integer(0), rows.text(1), rows.integer(2), rows.integer(3)};
    return lists;
}

std::optional<ContactList> ListRepository::findByName(const QString& name)
{
    Rows rows = m_connection.query(
        "SELECT id, name, created_at, (SELECT COUNT(*) FROM list_member WHERE list_id = list.id) FROM list WHERE name = ?",
        name);
    if (!rows.next())
        return std::nullopt;
    return ContactList{rows.integer(0), rows.text(1), rows.integer(2), rows.integer(3)};
}

qint64 ListRepository::save(const ContactList& list)
{
    if (list.id != 0) {
        m_connection.run("UPDATE list SET name = ? WHERE id = ?", list.name, list.id);
        return list.id;
    }
    return m_connection.integer("INSERT INTO list (name, created_at) VALUES (?, ?) RETURNING id", list.name, list.createdAt);
}

void ListRepository::add(qint64 listId, qint64 contactId)
{
    m_connection.run("INSERT INTO list_member (list_id, contact_id) VALUES (?, ?) ON CONFLICT DO NOTHING", listId,
                     contactId);
}

} // namespace carillon
