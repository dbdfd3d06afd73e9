// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/Connection.h"

#include "engine/store/SqlError.h"

#include <QCoreApplication>
#include <QSqlDriver>
#include <QSqlError>
#include <QUuid>
#include <QVariant>

#include <sqlite3.h>

namespace carillon {

namespace {

// More distinct statements than the repositories have; a bound, not a target.
constexpr size_t maxCachedStatements = 512;

// A reader goes through a queue once, and what it reads is in the kernel's cache already: a large cache of its own would be
// memory without use. (In KiB, below.)
constexpr const char* readerPragmas = "PRAGMA cache_size = -4000;";
constexpr const char* writerPragmas
    = "PRAGMA cache_size = -8000; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000;";
constexpr const char* commonPragmas = "PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000; PRAGMA temp_store = MEMORY;";

// SQLite counts its memory under a lock that all connections share, with each allocation. Nobody asks for the count.
// Possible before the first connection alone; later it does nothing.
void countNoMemory()
{
    [[maybe_unused]] static const int answer = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

sqlite3* nativeHandle(const QSqlDatabase& database)
{
    const QVariant handle = database.driver()->handle();
    return handle.isValid() ? *static_cast<sqlite3* const*>(handle.constData()) : nullptr;
}

} // namespace

Rows::Rows(std::shared_ptr<Statement> statement)
    : m_statement(std::move(statement))
{
    m_statement->busy = true;
}

Rows::~Rows()
{
    if (!m_statement)
        return;
    m_statement->reset();
    m_statement->busy = false;
}

Result<std::unique_ptr<Connection>> Connection::open(const QString& path, Access access)
{
    countNoMemory();
    const QString name = QUuid::createUuid().toString(QUuid::Id128);
    std::unique_ptr<Connection> connection(new Connection(name));
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
    database.setDatabaseName(path);
    if (access == Access::Read)
        database.setConnectOptions(QStringLiteral("QSQLITE_OPEN_READONLY"));
    if (!database.open())
        return fail(
            ErrorCode::Storage,
            QCoreApplication::translate("Store", "%1 cannot be opened: %2.").arg(path, database.lastError().databaseText()));
    connection->m_handle = nativeHandle(database);
    try {
        connection->script(commonPragmas);
        connection->script(access == Access::Write ? writerPragmas : readerPragmas);
    } catch (const SqlFailure& failure) {
        return fail(failure.error);
    }
    return connection;
}

Connection::~Connection()
{
    m_statements.clear();
    QSqlDatabase::database(m_name, false).close();
    QSqlDatabase::removeDatabase(m_name);
}

std::shared_ptr<Statement> Connection::prepared(std::string_view sql)
{
    const auto found = m_statements.find(sql);
    if (found != m_statements.end() && !found->second->busy)
        return found->second;
    auto statement = std::make_shared<Statement>(m_handle, sql);
    if (found == m_statements.end() && m_statements.size() < maxCachedStatements)
        m_statements.emplace(sql, statement);
    return statement;
}

qint64 Connection::lastInsertId() const
{
    return sqlite3_last_insert_rowid(m_handle);
}

void Connection::script(const QByteArray& sql)
{
    if (sqlite3_exec(m_handle, sql.constData(), nullptr, nullptr, nullptr) != SQLITE_OK)
        throw sqlFailure(m_handle);
}

// SQLite's own checkpoints hang on this hook: to set another takes them away.
void Connection::leaveCheckpoints()
{
    sqlite3_wal_hook(
        m_handle,
        [](void* self, sqlite3*, const char*, int pages) {
            static_cast<Connection*>(self)->m_logPages = pages;
            return SQLITE_OK;
        },
        this);
}

bool Connection::inTransaction() const
{
    return sqlite3_get_autocommit(m_handle) == 0;
}

int Connection::changes() const
{
    return sqlite3_changes(m_handle);
}

} // namespace carillon
