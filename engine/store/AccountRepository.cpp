// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/AccountRepository.h"

#include "engine/store/Connection.h"

namespace carillon {

namespace {

#define ACCOUNT_COLUMNS "id, name, provider, channel, settings, enabled, created_at, updated_at, limits"

Account accountOf(const Rows& rows)
{
    return {rows.integer(0), rows.text(1),    rows.text(2),
            rows.text(3),    rows.json(4),    rows.boolean(5),
            rows.integer(6), rows.integer(7), accountLimitsOf(rows.json(8)).value_or(AccountLimits())};
}

} // namespace

QList<Account> AccountRepository::all()
{
    QList<Account> accounts;
    Rows rows = m_connection.query("SELECT " ACCOUNT_COLUMNS " FROM account ORDER BY channel, name");
    while (rows.next())
        accounts << accountOf(rows);
    return accounts;
}

std::optional<Account> AccountRepository::find(qint64 id)
{
    Rows rows = m_connection.query("SELECT " ACCOUNT_COLUMNS " FROM account WHERE id = ?", id);
    if (!rows.next())
        return std::nullopt;
    return accountOf(rows);
}

qint64 AccountRepository::save(const Account& a)
{
    if (a.id != 0) {
        m_connection.run("UPDATE account SET name = ?, provider = ?, channel = ?, settings = ?, enabled = ?, updated_at = "
                         "?, limits = ? WHERE id = ?",
                         a.name, a.provider, a.channel, a.settings, a.enabled, a.updatedAt, toJson(a.limits), a.id);
        return a.id;
    }
    return m_connection.integer(
        "INSERT INTO account (name, provider, channel, settings, enabled, created_at, updated_at, limits)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        a.name, a.provider, a.channel, a.settings, a.enabled, a.createdAt, a.updatedAt, toJson(a.limits));
}

void AccountRepository::remove(qint64 id)
{
    m_connection.run("DELETE FROM account WHERE id = ?", id);
}

QHash<qint64, qint64> AccountRepository::lastUsed()
{
    QHash<qint64, qint64> times;
    Rows rows = m_connection.query("SELECT account_id, MAX(time) FROM (SELECT account_id, time FROM log"
                                   " WHERE type = 'delivery.sent' OR type = 'delivery.failed' OR type = 'delivery.bounced' "
                                   "OR type = 'delivery.retrying'"
                                   " ORDER BY time DESC LIMIT ?) WHERE account_id IS NOT NULL GROUP BY account_id",
                                   qint64(MostAttempts));
    while (rows.next())
        times.insert(rows.integer(0), rows.integer(1));
    return times;
}

qint64 AccountRepository::routeCount(qint64 id)
{
    return m_connection.integer("SELECT COUNT(*) FROM route WHERE account_id = ?", id);
}

} // namespace carillon
