// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/Transaction.h"

#include "engine/store/SqlFailure.h"

namespace carillon {

namespace {

// A failed rollback means that SQLite has rolled back already; there is nothing left to undo.
void undo(Connection& connection, const char* sql)
{
    try {
        connection.script(sql);
    } catch (const SqlFailure&) {
        return;
    }
}

} // namespace

Transaction::~Transaction()
{
    if (m_open)
        undo(m_connection, "ROLLBACK");
}

void Transaction::commit()
{
    m_connection.run("COMMIT");
    m_open = false;
}

Savepoint::~Savepoint()
{
    if (m_open)
        undo(m_connection, "ROLLBACK TO job; RELEASE job");
}

void Savepoint::release()
{
    m_connection.run("RELEASE job");
    m_open = false;
}

} // namespace carillon
