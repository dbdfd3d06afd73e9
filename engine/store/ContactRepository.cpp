// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/ContactRepository.h"

#include "engine/model/EmailAddress.h"
#include "engine/model/Names.h"
#include "engine/store/Connection.h"

#include <QHash>

namespace carillon {

namespace {

constexpr int attributeSample = 1000;
constexpr qsizetype contactsPerQuery = 32;

#define CONTACT_COLUMNS "id, external_id, name, locale, time_zone, attributes, created_at, updated_at, quiet_hours"

Contact contactOf(const Rows& rows)
{
    return {rows.integer(0), rows.text(1),    rows.text(2),    rows.text(3), rows.text(4),
            rows.json(5),    rows.integer(6), rows.integer(7), {},           rows.text(8)};
}

// The WHERE clause that all searches share; `?1` the pattern, `?2` the list.
#define CONTACT_MATCH                                                                                                       \
    " (?1 = '' OR name LIKE ?1 ESCAPE '\\' OR external_id LIKE ?1 ESCAPE '\\'"                                              \
    " OR EXISTS (SELECT 1 FROM address WHERE contact_id = contact.id AND value_key LIKE ?1 ESCAPE '\\'))"                   \
    " AND (?2 = 0 OR EXISTS (SELECT 1 FROM list_member WHERE list_id = ?2 AND contact_id = contact.id))"

QString likePattern(QString search)
{
    if (search.trimmed().isEmpty())
        return {};
    search = search.trimmed()
                 .replace(u'\\', QStringLiteral("\\\\"))
                 .replace(u'%', QStringLiteral("\\%"))
                 .replace(u'_', QStringLiteral("\\_"));
    return u'%' + search + u'%';
}

void insertAddresses(Connection& connection, qint64 contactId, const QList<Address>& addresses)
{
    for (const Address& address : addresses)
        connection.run("INSERT INTO address (contact_id, channel, value, value_key, state) VALUES (?, ?, ?, ?, ?)",
                       contactId, address.channel, address.value, addressKey(address.channel, address.value),
                       nameOf(address.state));
}

// Which of the rows (id -> channel and key) an address is: the one with its channel and key, or with its id; 0: none.
qint64 rowOf(const Address& address, const QHash<qint64, QString>& rows, const QString& name)
{
    const qint64 same = rows.key(name);
    return same != 0 || !rows.contains(address.id) ? same : address.id;
}

// An address that stays keeps its row, by which its device is known.
void replaceAddresses(Connection& connection, const Contact& contact)
{
    QHash<qint64, QString> left;
    Rows rows = connection.query("SELECT id, channel, value_key FROM address WHERE contact_id = ?", contact.id);
    while (rows.next())
        left.insert(rows.integer(0), rows.text(1) + u'\n' + rows.text(2));
    QList<Address> added;
    for (const Address& address : contact.addresses) {
        const QString key = addressKey(address.channel, address.value);
        const qint64 id = rowOf(address, left, address.channel + u'\n' + key);
        if (left.remove(id) == 0)
            added << address;
        else
            connection.run("UPDATE address SET channel = ?, value = ?, value_key = ?, state = ? WHERE id = ?",
                           address.channel, address.value, key, nameOf(address.state), id);
    }
    for (const qint64 id : left.keys())
        connection.run("DELETE FROM address WHERE id = ?", id);
    insertAddresses(connection, contact.id, added);
}

#define ADDRESS_COLUMNS "id, contact_id, channel, value, state"

Address addressOf(const Rows& rows)
{
    return {rows.integer(0), rows.integer(1), rows.text(2), rows.text(3),
            valueOf<AddressState>(rows.text(4)).value_or(AddressState::Disabled)};
}

void readAddresses(Connection& connection, Contact& contact)
{
    Rows rows = connection.query("SELECT " ADDRESS_COLUMNS " FROM address WHERE contact_id = ? ORDER BY id", contact.id);
    while (rows.next())
        contact.addresses << addressOf(rows);
}

Rows queryByIds(Connection& connection, std::string_view sql, const QList<qint64>& ids)
{
    std::shared_ptr<Statement> statement = connection.prepared(sql);
    for (qsizetype i = 0; i < contactsPerQuery; ++i)
        statement->bind(int(i) + 1, ids.value(i, ids.last()));
    return Rows(std::move(statement));
}

#define EIGHT_PARAMETERS "?, ?, ?, ?, ?, ?, ?, ?"
#define CONTACT_ID_LIST "(" EIGHT_PARAMETERS ", " EIGHT_PARAMETERS ", " EIGHT_PARAMETERS ", " EIGHT_PARAMETERS ")"

// Up to contactsPerQuery contacts with their addresses.
void readSome(Connection& connection, const QList<qint64>& ids, QHash<qint64, Contact>& found)
{
    Rows contacts = queryByIds(connection, "SELECT " CONTACT_COLUMNS " FROM contact WHERE id IN " CONTACT_ID_LIST, ids);
    while (contacts.next())
        found.insert(contacts.integer(0), contactOf(contacts));
    Rows addresses = queryByIds(
        connection,
        "SELECT " ADDRESS_COLUMNS " FROM address WHERE contact_id IN " CONTACT_ID_LIST " ORDER BY contact_id, id", ids);
    while (addresses.next()) {
        if (const auto contact = found.find(addresses.integer(1)); contact != found.end())
            contact->addresses << addressOf(addresses);
    }
}

} // namespace

std::optional<Contact> ContactRepository::find(qint64 id)
{
    Rows rows = m_connection.query("SELECT " CONTACT_COLUMNS " FROM contact WHERE id = ?", id);
    if (!rows.next())
        return std::nullopt;
    Contact contact = contactOf(rows);
    readAddresses(m_connection, contact);
    return contact;
}

std::optional<qint64> ContactRepository::findByExternalId(const QString& externalId)
{
    const qint64 id
        = externalId.isEmpty() ? 0 : m_connection.integer("SELECT id FROM contact WHERE external_id = ?", externalId);
    return id == 0 ? std::nullopt : std::optional(id);
}

std::optional<qint64> ContactRepository::findByAddress(const QString& channel, const QString& value)
{
    const qint64 id = m_connection.integer(
        "SELECT contact_id FROM address WHERE channel = ? AND value_key = ? ORDER BY contact_id LIMIT 1", channel,
        addressKey(channel, value));
    return id == 0 ? std::nullopt : std::optional(id);
}

QList<Contact> ContactRepository::findAll(const QList<qint64>& ids)
{
    QHash<qint64, Contact> found;
    found.reserve(ids.size());
    for (qsizetype from = 0; from < ids.size(); from += contactsPerQuery)
        readSome(m_connection, ids.sliced(from, qMin(contactsPerQuery, ids.size() - from)), found);
    QList<Contact> contacts;
    contacts.reserve(ids.size());
    for (const qint64 id : ids) {
        if (const auto contact = found.constFind(id); contact != found.cend())
            contacts << *contact;
    }
    return contacts;
}

QList<Contact> ContactRepository::page(const QString& search, qint64 listId, qint64 offset, int limit)
{
    QList<Contact> contacts;
    {
        Rows rows = m_connection.query("SELECT " CONTACT_COLUMNS " FROM contact WHERE" CONTACT_MATCH
                                       " ORDER BY id LIMIT ?3 OFFSET ?4",
                                       likePattern(search), listId, limit, offset);
        while (rows.next())
            contacts << contactOf(rows);
    }
    for (Contact& contact : contacts)
        readAddresses(m_connection, contact);
    return contacts;
}

qint64 ContactRepository::count(const QString& search, qint64 listId)
{
    if (search.trimmed().isEmpty())
        return listId == 0 ? m_connection.integer("SELECT COUNT(*) FROM contact")
                           : m_connection.integer("SELECT COUNT(*) FROM list_member WHERE list_id = ?", listId);
    return m_connection.integer("SELECT COUNT(*) FROM contact WHERE" CONTACT_MATCH, likePattern(search), listId);
}

qint64 ContactRepository::insert(const Contact& c)
{
    const qint64 id = m_connection.integer(
        "INSERT INTO contact (external_id, name, locale, time_zone, attributes, created_at, updated_at, quiet_hours)"
        " VALUES (NULLIF(?, ''), ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        c.externalId, c.name, c.locale, c.timeZone, c.attributes, c.createdAt, c.updatedAt, c.quietHours);
    insertAddresses(m_connection, id, c.addresses);
    return id;
}

void ContactRepository::update(const Contact& c)
{
    m_connection.run("UPDATE contact SET external_id = NULLIF(?, ''), name = ?, locale = ?, time_zone = ?, attributes = ?, "
                     "updated_at = ?, quiet_hours = ? WHERE id = ?",
                     c.externalId, c.name, c.locale, c.timeZone, c.attributes, c.updatedAt, c.quietHours, c.id);
    replaceAddresses(m_connection, c);
}

void ContactRepository::remove(qint64 id)
{
    m_connection.run("DELETE FROM contact WHERE id = ?", id);
}

void ContactRepository::setAddressState(const QString& channel, const QString& value, AddressState state)
{
    m_connection.run("UPDATE address SET state = ? WHERE channel = ? AND value_key = ?", nameOf(state), channel,
                     addressKey(channel, value));
}

bool ContactRepository::moveAddress(const QString& channel, const QString& from, const QString& to)
{
    const QString toKey = addressKey(channel, to);
    return m_connection.run("UPDATE address SET value = ?, value_key = ? WHERE channel = ? AND value_key = ?"
                            " AND NOT EXISTS (SELECT 1 FROM address AS other WHERE other.contact_id = address.contact_id"
                            " AND other.channel = address.channel AND other.value_key = ?)",
                            to, toKey, channel, addressKey(channel, from), toKey)
        > 0;
}

QStringList ContactRepository::attributeKeys()
{
    QStringList keys;
    Rows rows = m_connection.query(
        "SELECT key FROM (SELECT attributes FROM contact ORDER BY id DESC LIMIT ?) AS sample, json_each(sample.attributes)"
        " GROUP BY key ORDER BY COUNT(*) DESC, key",
        attributeSample);
    while (rows.next())
        keys << rows.text(0);
    return keys;
}

} // namespace carillon
