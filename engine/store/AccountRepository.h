// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Topic.h"

#include <QHash>

#include <optional>

namespace carillon {

class Connection;

// Accounts as rows; secrets are not here. Throws SqlFailure, as everything that runs on a Connection does.
class AccountRepository {
public:
    explicit AccountRepository(Connection& connection)
        : m_connection(connection)
    {
    }

    QList<Account> all();
    std::optional<Account> find(qint64 id);
    // Inserts (id 0) or updates; the id.
    qint64 save(const Account& account);
    void remove(qint64 id);
    // When a platform last said something of a delivery, by account, as the latest MostAttempts entries of the log tell.
    QHash<qint64, qint64> lastUsed();
    static constexpr int MostAttempts = 20'000;
    // How many routes use it.
    qint64 routeCount(qint64 id);

private:
    Connection& m_connection;
};

} // namespace carillon
