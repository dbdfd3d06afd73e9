// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"
#include "engine/store/JobQueue.h"
#include "engine/store/SqlFailure.h"

#include <QObject>

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

namespace carillon {

class Checkpointer;
class Clock;
class Connection;
class WorkspaceLock;

// Who runs the store's jobs.
enum class StoreThreads {
    Own, // its threads, as soon as they can
    None, // whoever has it, one by one: a simulation that decides what happens when, all in its own thread
};

// The workspace's database: one thread that writes, a few that read. Thread-safe.
//
// A job gets a Connection, uses repositories on it, and gives a Result. Writes that arrive while a commit is under way share
// the next one (group commit, synchronous=FULL): a write's future comes when it is durable. A write that gives an error, or
// whose SQL fails, is undone alone. Jobs must not keep the connection, block, or call read() and write() and wait.
//
// A group takes no more after a few milliseconds of work, so a write never waits long for others. What somebody waits for
// (a trigger) is written with writeUrgent(): it overtakes what has not begun and is committed at once. For that to be soon,
// no job may work for longer than 5 ms or so: what is large is written in pages, a job each.
//
//     Future<qint64> id = store.write([contact](Connection& c) -> Result<qint64> { return
//     ContactRepository(c).insert(contact); });
class Store : public QObject {
    Q_OBJECT

public:
    // Opens or makes the workspace at `path`, and brings it to the newest schema. Errors: Busy (another engine has it),
    // StorageTooNew, StorageDamaged, Storage.
    static Result<std::unique_ptr<Store>> open(const QString& path, const Clock& clock,
                                               StoreThreads threads = StoreThreads::Own);
    // Finishes what was asked for; without threads of its own, gives it up as a crash does.
    ~Store() override;

    // Finishes what was asked for, and whatever its answers ask for is refused as Busy from now on: when this returns, no
    // answer is under way in a thread of the store. For those whose answers reach what is destroyed before the store.
    void stop();

    template <typename Job>
    auto read(Job job)
    {
        return submit(m_reads, std::move(job), false);
    }

    template <typename Job>
    auto write(Job job)
    {
        return submit(m_writes, std::move(job), false);
    }

    template <typename Job>
    auto writeUrgent(Job job)
    {
        return submit(m_writes, std::move(job), true);
    }

    // What the writer has done since the workspace was opened.
    struct Figures {
        qint64 transactions = 0;
        qint64 longestUs = 0; // the longest transaction, from its beginning until it was durable, in microseconds
    };
    Figures figures() const { return {m_transactions, m_longestUs}; }

    const QString& path() const { return m_path; }
    // Random, made with the workspace: tells workspaces apart.
    const QString& workspaceId() const { return m_workspaceId; }
    // The log's last number when the workspace was opened.
    qint64 lastSeqAtOpening() const { return m_lastSeq; }

    // Without threads of its own: commits the next writes together, at most `most`, and answers them. False: none waits.
    bool runWrites(size_t most);
    // The same for one read. Gives what answers it, so that the answer can come later than those to others; empty: none
    // waits.
    std::function<void()> runRead();
    size_t waitingWrites() const { return m_writes.size(); }
    size_t waitingReads() const { return m_reads.size(); }

Q_SIGNALS:
    // Emitted in the writer's thread after each commit that wrote to the log: entries up to `lastSeq` can be read.
    void committed(qint64 lastSeq);

private:
    explicit Store(QString path);

    Status start(const Clock& clock, StoreThreads threads);
    void writeLoop();
    void readLoop(Connection& connection);
    struct Group;
    void gather(Group& group);
    void gatherMany(Group& group, size_t most);
    void commitGroup(StoreJob&& first, const std::function<void(Group&)>& gatherInto);
    void announce();
    static std::function<void()> read(Connection& connection, StoreJob&& job);

    template <typename Job>
    static auto submit(JobQueue& queue, Job job, bool urgent) -> QFuture<std::invoke_result_t<Job, Connection&>>;
    static Error busyError();

    QString m_path;
    QString m_workspaceId;
    qint64 m_lastSeq = 0; // after opening: the writer's own
    std::unique_ptr<WorkspaceLock> m_lock;
    std::unique_ptr<Connection> m_writer;
    std::unique_ptr<Checkpointer> m_checkpointer; // with threads of its own
    std::vector<std::unique_ptr<Connection>> m_readers;
    JobQueue m_writes;
    JobQueue m_reads;
    std::vector<std::thread> m_threads;
    std::chrono::microseconds m_lastCommit{0}; // the writer's own
    std::atomic<qint64> m_transactions = 0;
    std::atomic<qint64> m_longestUs = 0;
};

template <typename Job>
auto Store::submit(JobQueue& queue, Job job, bool urgent) -> QFuture<std::invoke_result_t<Job, Connection&>>
{
    using Answer = std::invoke_result_t<Job, Connection&>;
    auto promise = std::make_shared<QPromise<Answer>>();
    auto answer = std::make_shared<std::optional<Answer>>();
    const QFuture<Answer> future = promise->future();
    promise->start();
    const auto finish = [promise](Answer value) {
        promise->addResult(std::move(value));
        promise->finish();
    };
    StoreJob work;
    work.urgent = urgent;
    work.work = [job = std::move(job), answer](Connection& connection) mutable {
        answer->emplace(job(connection));
        return (*answer)->has_value();
    };
    work.done = [answer, finish] { finish(std::move(**answer)); };
    work.failed = [finish](const Error& error) { finish(fail(error)); };
    if (!queue.push(std::move(work)))
        finish(fail(busyError()));
    return future;
}

} // namespace carillon
