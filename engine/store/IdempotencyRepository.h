// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

#include <optional>

namespace carillon {

class Connection;

// What was answered to requests that came with a key. Throws SqlFailure, as everything that runs on a Connection does.
//
// A request looks its key up, does its work and keeps its answer in one transaction of the one writer: a second one with the
// same key finds nothing or the whole answer, never something half done.
class IdempotencyRepository {
public:
    // Rows that prune() removes at the most: a small part of a transaction.
    static constexpr int PruneStep = 100;

    explicit IdempotencyRepository(Connection& connection)
        : m_connection(connection)
    {
    }

    struct Kept {
        QByteArray bodyHash;
        QJsonObject answer;
    };

    // What is kept under a key since `notBefore`. `scope`: who asked for what, "token:shop/trigger".
    std::optional<Kept> find(const QString& scope, const QString& key, qint64 notBefore);
    // Keeps it, in place of what was there.
    void keep(const QString& scope, const QString& key, const Kept& kept, qint64 now);
    // Removes some of what is older than `before`, the oldest first; how many. Called with each keep, it cannot fall behind.
    int prune(qint64 before);

private:
    Connection& m_connection;
};

} // namespace carillon
