// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/AudienceRepository.h"

#include "engine/model/Names.h"
#include "engine/store/Connection.h"
#include "engine/store/MissedContacts.h"

namespace carillon {

namespace {

QByteArray idList(const QList<qint64>& ids)
{
    QByteArray list;
    for (const qint64 id : ids)
        list += (list.isEmpty() ? "" : ",") + QByteArray::number(id);
    return list;
}

// The contacts of an audience that names them, as the JSON array that membership() reads. They are a parameter and no part
// of the SQL, so that one prepared statement serves every trigger.
QByteArray namedContacts(const Audience& audience)
{
    return '[' + idList(audience.contactIds) + ']';
}

// A condition on a column that holds contact ids. Only numbers are put into the SQL. `named` is the parameter that has
// namedContacts(); it is bound in any case.
QByteArray membership(const Audience& audience, const QByteArray& column, const QByteArray& named)
{
    if (audience.missed)
        return missedCondition(*audience.missed, column);
    if (audience.everyone)
        return "1 = 1";
    if (!audience.contactIds.isEmpty())
        return column + " IN (SELECT value FROM json_each(" + named + "))";
    return "EXISTS (SELECT 1 FROM list_member WHERE list_member.contact_id = " + column + " AND list_id IN ("
        + idList(audience.listIds) + "))";
}

} // namespace

QList<qint64> AudienceRepository::contactIds(const Audience& audience, qint64 after, int limit)
{
    QByteArray sql
        = "SELECT id FROM contact WHERE id > ?1 AND " + membership(audience, "contact.id", "?3") + " ORDER BY id LIMIT ?2";
    if (audience.missed)
        sql = missedPage(*audience.missed);
    else if (!audience.everyone && audience.listIds.size() == 1) // the list's own order is by contact
        sql = "SELECT contact_id FROM list_member WHERE contact_id > ?1 AND list_id = " + idList(audience.listIds)
            + " ORDER BY contact_id LIMIT ?2";
    QList<qint64> ids;
    Rows rows = m_connection.query(sql.constData(), after, limit, namedContacts(audience));
    while (rows.next())
        ids << rows.integer(0);
    return ids;
}

qint64 AudienceRepository::count(const Audience& audience)
{
    if (audience.missed) {
        const QByteArray missed = "SELECT COUNT(*) FROM (" + missedContacts(*audience.missed) + ")";
        return m_connection.integer(missed.constData());
    }
    if (audience.everyone)
        return m_connection.integer("SELECT COUNT(*) FROM contact");
    if (!audience.contactIds.isEmpty())
        return m_connection.integer("SELECT COUNT(*) FROM contact WHERE id IN (SELECT value FROM json_each(?))",
                                    namedContacts(audience));
    const QByteArray sql
        = "SELECT COUNT(DISTINCT contact_id) FROM list_member WHERE list_id IN (" + idList(audience.listIds) + ")";
    return m_connection.integer(sql.constData());
}

QList<AudienceRepository::Candidate> AudienceRepository::candidates(const Audience& audience, const QString& channel,
                                                                    qint64 first, qint64 last)
{
    if (channel == QStringLiteral("in_app"))
        return inboxes(audience, channel, first, last);
    const QByteArray sql
        = "SELECT contact.id, address.id, address.value, address.state, suppression.id,"
          " EXISTS (SELECT 1 FROM address AS other WHERE other.channel = ?1 AND other.value_key = address.value_key"
          " AND other.state = 'active' AND (other.contact_id < contact.id OR (other.contact_id = contact.id AND other.id < "
          "address.id))"
          " AND "
        + membership(audience, "other.contact_id", "?4")
        + ") FROM contact LEFT JOIN address ON address.contact_id = contact.id AND address.channel = ?1"
          " LEFT JOIN suppression ON suppression.channel = ?1 AND suppression.value_key = address.value_key"
          " WHERE contact.id BETWEEN ?2 AND ?3 AND "
        + membership(audience, "contact.id", "?4") + " ORDER BY contact.id, address.id";
    QList<Candidate> found;
    Rows rows = m_connection.query(sql.constData(), channel, first, last, namedContacts(audience));
    while (rows.next())
        found << Candidate{rows.integer(0),      rows.integer(1),
                           rows.text(2),         valueOf<AddressState>(rows.text(3)).value_or(AddressState::Disabled),
                           rows.integer(4) != 0, rows.boolean(5)};
    return found;
}

// Every contact that an application can name has one, and no two the same.
QList<AudienceRepository::Candidate> AudienceRepository::inboxes(const Audience& audience, const QString& channel,
                                                                 qint64 first, qint64 last)
{
    const QByteArray sql = "SELECT contact.id, external_id, suppression.id FROM contact"
                           " LEFT JOIN suppression ON suppression.channel = ?1 AND suppression.value_key = external_id"
                           " WHERE contact.id BETWEEN ?2 AND ?3 AND "
        + membership(audience, "contact.id", "?4") + " ORDER BY contact.id";
    QList<Candidate> found;
    Rows rows = m_connection.query(sql.constData(), channel, first, last, namedContacts(audience));
    while (rows.next()) {
        const qint64 contact = rows.integer(0);
        const QString name = rows.text(1);
        found << Candidate{contact, name.isEmpty() ? 0 : contact, name, AddressState::Active, rows.integer(2) != 0, false};
    }
    return found;
}

QHash<qint64, AudienceRepository::Times> AudienceRepository::times(const Audience& audience, qint64 first, qint64 last,
                                                                   bool quietAlone)
{
    const QByteArray sql = QByteArray("SELECT id, time_zone, quiet_hours FROM contact ")
        + (quietAlone ? "INDEXED BY contact_quiet WHERE quiet_hours <> '' AND " : "WHERE ") + "id BETWEEN ?1 AND ?2 AND "
        + membership(audience, "contact.id", "?3");
    QHash<qint64, Times> found;
    Rows rows = m_connection.query(sql.constData(), first, last, namedContacts(audience));
    while (rows.next())
        found.insert(rows.integer(0), {rows.text(1), rows.text(2)});
    return found;
}

QHash<qint64, QString> AudienceRepository::locales(const Audience& audience, qint64 first, qint64 last)
{
    const QByteArray sql
        = "SELECT id, locale FROM contact WHERE id BETWEEN ?1 AND ?2 AND " + membership(audience, "contact.id", "?3");
    QHash<qint64, QString> found;
    Rows rows = m_connection.query(sql.constData(), first, last, namedContacts(audience));
    while (rows.next())
        found.insert(rows.integer(0), rows.text(1));
    return found;
}

} // namespace carillon
