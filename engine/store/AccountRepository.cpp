// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/AccountRepository.h"

#include "engine/store/Connection.h"

namespace carillon {

namespace {

Account accountOf(const Rows& rows)
{
    return {rows.integer(0), rows.text(1),    rows.text(2),    rows.text(3),
            rows.json(4),    rows.boolean(5), rows.integer(6), rows.integer(7)};
}

} // namespace

QList<Account> AccountRepository::all()
{
    QList<Account> accounts;
    Rows rows = m_connection.query(
        "SELECT id, name, provider, channel, settings, enabled, created_at, updated_at FROM account ORDER BY channel, name");
    while (rows.next())
        accounts << accountOf(rows);
    return accounts;
}

std::optional<Account> AccountRepository::find(qint64 id)
{
    Rows rows = m_connection.query(
        "SELECT id, name, provider, channel, settings, enabled, created_at, updated_at FROM account WHERE id = ?", id);
    if (!rows.next())
        return std::nullopt;
    return accountOf(rows);
}

qint64 AccountRepository::save(const Account& a)
{
    if (a.id != 0) {
        m_connection.run(
            "UPDATE account SET name = ?, provider = ?, channel = ?, settings = ?, enabled = ?, updated_at = ? WHERE id = ?",
            a.name, a.provider, a.channel, a.settings, a.enabled, a.updatedAt, a.id);
        return a.id;
    }
    return m_connection.integer("INSERT INTO account (name, provider, channel, settings, enabled, created_at, updated_at)"
                                " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
                                a.name, a.provider, a.channel, a.settings, a.enabled, a.createdAt, a.updatedAt);
}

void AccountRepository::remove(qint64 id)
{
    m_connection.run("DELETE FROM account WHERE id = ?", id);
}

qint64 AccountRepository::routeCount(qint64 id)
{
    return m_connection.integer("SELECT COUNT(*) FROM route WHERE account_id = ?", id);
}

} // namespace carillon
