// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/store/Connection.h"

namespace carillon {

// One transaction that is rolled back unless committed. Takes the write lock at once (BEGIN IMMEDIATE), so that it cannot
// fail half-way for want of it.
class Transaction {
public:
    explicit Transaction(Connection& connection)
        : m_connection(connection)
    {
        connection.run("BEGIN IMMEDIATE");
    }
    ~Transaction();
    Q_DISABLE_COPY_MOVE(Transaction)

    void commit();

private:
    Connection& m_connection;
    bool m_open = true;
};

// A part of a transaction that can be undone by itself.
class Savepoint {
public:
    explicit Savepoint(Connection& connection)
        : m_connection(connection)
    {
        connection.run("SAVEPOINT job");
    }
    ~Savepoint();
    Q_DISABLE_COPY_MOVE(Savepoint)

    void release();

private:
    Connection& m_connection;
    bool m_open = true;
};

} // namespace carillon
