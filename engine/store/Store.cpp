// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/Store.h"

#include "engine/base/Clock.h"
#include "engine/store/Checkpointer.h"
#include "engine/store/Migrator.h"
#include "engine/store/Transaction.h"
#include "engine/store/WorkspaceLock.h"

#include <QCoreApplication>
#include <QFile>
#include <QUuid>

#include <algorithm>

namespace carillon {

namespace {

constexpr size_t maxWaitingJobs = 4096;
constexpr size_t maxJobsPerCommit = 256;
constexpr int readerCount = 2;
// How long a group works before it is committed.
constexpr std::chrono::microseconds groupWork{3'000};
constexpr std::chrono::microseconds longestGroupWork{10'000};

using SteadyTime = std::chrono::steady_clock::time_point;

std::chrono::microseconds since(SteadyTime begin)
{
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
}

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
    stop();
}

void Store::stop()
{
    m_writes.close();
    m_reads.close();
    for (std::thread& thread : m_threads)
        thread.join();
    m_threads.clear();
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
    auto checkpointer = Checkpointer::start(m_path, *m_writer);
    if (!checkpointer)
        return fail(checkpointer.error());
    m_checkpointer = std::move(*checkpointer);
    m_threads.emplace_back([this] { writeLoop(); });
    for (const auto& reader : m_readers)
        m_threads.emplace_back([this, connection = reader.get()] { readLoop(*connection); });
    return {};
}

// Jobs that are committed together, and what came of each.
struct Store::Group {
    std::vector<StoreJob> written;
    std::vector<std::pair<StoreJob, Error>> refused;
    std::optional<StoreJob> underWay;

    void runUnderWay(Connection& connection)
    {
        try {
            Savepoint savepoint(connection);
            if (underWay->work(connection))
                savepoint.release();
            written.push_back(*std::move(underWay));
        } catch (const SqlFailure& failure) {
            if (!connection.inTransaction())
                throw; // the whole group is gone with it
            refused.emplace_back(*std::move(underWay), failure.error);
        }
        underWay.reset();
    }

    void fail(const Error& error) const
    {
        for (const StoreJob& job : written)
            job.failed(error);
        for (const auto& [job, own] : refused)
            job.failed(own);
        if (underWay)
            underWay->failed(error);
    }
};

void Store::writeLoop()
{
    while (std::optional<StoreJob> first = m_writes.take())
        commitGroup(*std::move(first), [this](Group& group) { gather(group); });
}

// Runs the job under way, and others after it until the group has worked for its time or urgent ones are done. A slow disk
// makes groups larger: their time is that of a commit.
void Store::gather(Group& group)
{
    const SteadyTime begin = std::chrono::steady_clock::now();
    const auto longest = std::clamp<std::chrono::microseconds>(m_lastCommit, groupWork, longestGroupWork);
    bool urgent = false;
    for (size_t count = 1; group.underWay; ++count) {
        urgent |= group.underWay->urgent;
        group.runUnderWay(*m_writer);
        const bool goesOn = m_writes.urgentWaits() || (!urgent && since(begin) < longest);
        if (goesOn && count < maxJobsPerCommit)
            group.underWay = m_writes.poll();
    }
}

// The same for whoever has no threads and chooses the size himself, so that nothing depends on how long the work takes.
void Store::gatherMany(Group& group, size_t most)
{
    for (size_t count = 1; group.underWay; ++count) {
        group.runUnderWay(*m_writer);
        if (count < qMin(most, maxJobsPerCommit))
            group.underWay = m_writes.poll();
    }
}

void Store::commitGroup(StoreJob&& first, const std::function<void(Group&)>& gatherInto)
{
    Group group;
    group.underWay = std::move(first);
    const SteadyTime begin = std::chrono::steady_clock::now();
    try {
        Transaction transaction(*m_writer);
        gatherInto(group);
        const SteadyTime committing = std::chrono::steady_clock::now();
        transaction.commit();
        m_lastCommit = since(committing);
    } catch (const SqlFailure& failure) {
        return group.fail(failure.error);
    }
    ++m_transactions;
    m_longestUs = std::max<qint64>(m_longestUs, since(begin).count());
    announce();
    for (const StoreJob& job : group.written)
        job.done();
    for (const auto& [job, error] : group.refused)
        job.failed(error);
    if (m_checkpointer)
        m_checkpointer->committed();
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
    while (std::optional<StoreJob> job = m_reads.take())
        read(connection, *std::move(job))();
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
    std::optional<StoreJob> first = m_writes.poll();
    if (!first)
        return false;
    commitGroup(*std::move(first), [this, most](Group& group) { gatherMany(group, most); });
    return true;
}

std::function<void()> Store::runRead()
{
    std::optional<StoreJob> job = m_reads.poll();
    return job ? read(*m_readers.front(), *std::move(job)) : std::function<void()>();
}

Error Store::busyError()
{
    return {
        ErrorCode::Busy,
        QCoreApplication::translate("Store", "The database has more work waiting than it can take. Try again in a moment."),
        {}};
}

} // namespace carillon
