// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <QString>

#include <atomic>
#include <memory>
#include <thread>

namespace carillon {

class Connection;

// Moves what waits in the write-ahead log into the database, in a thread and through a connection of its own. Done by a
// commit, as SQLite would, it makes that one take 20 to 60 ms in place of two, and every trigger wait that stands behind it.
//
// While others write, this thread never quite reaches the end of the log. What came meanwhile is little: the writer moves it
// itself, between two commits, and the log can begin anew. So the log stays small, as long as no reader reads for ever.
class Checkpointer {
public:
    // Takes the writer's checkpoints over. Both must outlive it. Errors: those of Connection::open().
    static Result<std::unique_ptr<Checkpointer>> start(const QString& path, Connection& writer);
    ~Checkpointer();

    Checkpointer(const Checkpointer&) = delete;
    Checkpointer& operator=(const Checkpointer&) = delete;

    // In the writer's thread, after each commit, when nobody waits for it any more.
    void committed();

private:
    enum class State { Resting, Moving, Moved, Ending };

    Checkpointer(std::unique_ptr<Connection> own, Connection& writer);
    void run();

    std::unique_ptr<Connection> m_own;
    Connection& m_writer;
    std::atomic<State> m_state = State::Resting;
    std::thread m_thread;
};

} // namespace carillon
