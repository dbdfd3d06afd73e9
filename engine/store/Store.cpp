// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/Store.h"

#include "engine/base/Clock.h"
#include "engine/store/Migrator.h"
#include "engine/store/Transaction.h"
#include "engine/store/WorkspaceLock.h"

#include <QCoreApplication>
#include <QFile>
#include <QUuid>

namespace carillon {

namespace {

constexpr size_t maxWaitingJobs = 4096;
constexpr size_t maxJobsPerCommit = 256;
constexpr int readerCount = 2;

} // namespace

Store::Store(QString path)
    : m_path(std::move(path))
    , m_writes(maxWaitingJobs)
    , m_reads(maxWaitingJobs)
{
}

Result<std::unique_ptr<Store>> Store::open(const QString& path, const Clock& clock, StoreThreads threads)
{
    std::unique_ptr<Store> store(new Store(path));
    if (Status started = store->start(clock, threads); !started)
        return fail(started.error());
    return store;
}

Store::~Store()
{
    m_writes.close();
    m_reads.close();
    for (std::thread& thread : m_threads)
        thread.join();
}

Status Store::start(const Clock& clock, StoreThreads threads)
{
    auto lock = WorkspaceLock::take(m_path);
    if (!lock)
        return fail(lock.error());
    m_lock = std::move(*lock);
    const bool fresh = !QFile::exists(m_path);
    auto writer = Connection::open(m_path, Connection::Access::Write);
    if (!writer)
        return fail(writer.error());
    if (fresh) // contacts are nobody else's business; SQLite gives its side files the same permissions
        QFile::setPermissions(m_path, QFile::ReadOwner | QFile::WriteOwner);
    m_writer = std::move(*writer);
    try {
        Rows mode = m_writer->query("PRAGMA journal_mode = WAL");
        if (!mode.next() || mode.text(0) != QStringLiteral("wal"))
            return fail(ErrorCode::Storage,
                        QCoreApplication::translate(
                            "Store", "The file system of %1 does not allow a write-ahead log. Choose a local disk.")
                            .arg(m_path));
    } catch (const SqlFailure& failure) {
        return fail(failure.error);
    }
    if (Status migrated = Migrator(*m_writer, m_path, clock).migrate(builtInMigrations()); !migrated)
        return migrated;
    try {
        m_writer->run("INSERT INTO workspace (key, value) VALUES ('id', ?) ON CONFLICT DO NOTHING",
                      QUuid::createUuid().toString(QUuid::Id128));
        Rows id = m_writer->query("SELECT value FROM workspace WHERE key = 'id'");
        id.next();
        m_workspaceId = id.text(0);
        m_lastSeq = m_writer->integer("SELECT COALESCE(MAX(seq), 0) FROM log");
    } catch (const SqlFailure& failure) {
        return fail(failure.error);
    }
    for (int i = 0; i < readerCount; ++i) {
        auto reader = Connection::open(m_path, Connection::Access::Read);
        if (!reader)
            return fail(reader.error());
        m_readers.push_back(std::move(*reader));
    }
    if (threads == StoreThreads::None)
        return {};
    m_threads.emplace_back([this] { writeLoop(); });
    for (const auto& reader : m_readers)
        m_threads.emplace_back([this, connection = reader.get()] { readLoop(*connection); });
    return {};
}

void Store::writeLoop()
{
    for (;;) {
        std::deque<StoreJob> group = m_writes.take(maxJobsPerCommit);
        if (group.empty())
            return;
        commitGroup(group);
    }
}

void Store::commitGroup(std::deque<StoreJob>& group)
{
    std::vector<StoreJob*> written;
    std::vector<std::pair<StoreJob*, Error>> refused;
    try {
        Transaction transaction(*m_writer);
        for (StoreJob& job : group) {
            try {
                Savepoint savepoint(*m_writer);
                if (job.work(*m_writer))
                    savepoint.release();
                written.push_back(&job);
            } catch (const SqlFailure& failure) {
                if (!m_writer->inTransaction())
                    throw; // the whole group is gone with it
                refused.emplace_back(&job, failure.error);
            }
        }
        transaction.commit();
    } catch (const SqlFailure& failure) {
        for (const StoreJob& job : group)
            job.failed(failure.error);
        return;
    }
    announce();
    for (const StoreJob* job : written)
        job->done();
    for (const auto& [job, error] : refused)
        job->failed(error);
}

void Store::announce()
{
    try {
        const qint64 last = m_writer->integer("SELECT COALESCE(MAX(seq), 0) FROM log");
        if (last == m_lastSeq)
            return;
        m_lastSeq = last;
        Q_EMIT committed(last);
    } catch (const SqlFailure&) {
        return; // the next commit announces these entries as well
    }
}

void Store::readLoop(Connection& connection)
{
    for (;;) {
        std::deque<StoreJob> jobs = m_reads.take(1);
        if (jobs.empty())
            return;
        read(connection, std::move(jobs.front()))();
    }
}

std::function<void()> Store::read(Connection& connection, StoreJob&& job)
{
    try {
        // One transaction a job: everything it reads is of one moment.
        connection.run("BEGIN");
        job.work(connection);
        connection.run("COMMIT");
        return std::move(job.done);
    } catch (const SqlFailure& failure) {
        try {
            connection.script("ROLLBACK");
        } catch (const SqlFailure&) {
            // The failure ended the transaction already.
        }
        return [failed = std::move(job.failed), error = failure.error] { failed(error); };
    }
}

bool Store::runWrites(size_t most)
{
    std::deque<StoreJob> group = m_writes.takeWaiting(qMin(most, maxJobsPerCommit));
    if (group.empty())
        return false;
    commitGroup(group);
    return true;
}

std::function<void()> Store::runRead()
{
    std::deque<StoreJob> jobs = m_reads.takeWaiting(1);
    return jobs.empty() ? std::function<void()>() : read(*m_readers.front(), std::move(jobs.front()));
}

Error Store::busyError()
{
    return {
        ErrorCode::Busy,
        QCoreApplication::translate("Store", "The database has more work waiting than it can take. Try again in a moment."),
        {}};
}

} // namespace carillon
