// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/Checkpointer.h"

#include "engine/store/Connection.h"
#include "engine/store/SqlFailure.h"

namespace carillon {

namespace {

// 16 MiB. Pages that are written again and again are moved once; more would make the last step, the writer's own, no
// shorter.
constexpr int enoughPages = 4'000;

// What cannot be moved (a full disk) stays in the log, where it is safe, and is tried again.
void moveAll(Connection& connection)
{
    try {
        Rows rows = connection.query("PRAGMA wal_checkpoint(PASSIVE)");
        while (rows.next()) { }
    } catch (const SqlFailure&) {
        return;
    }
}

} // namespace

Checkpointer::Checkpointer(std::unique_ptr<Connection> own, Connection& writer)
    : m_own(std::move(own))
    , m_writer(writer)
{
    m_writer.leaveCheckpoints();
    m_thread = std::thread([this] { run(); });
}

Result<std::unique_ptr<Checkpointer>> Checkpointer::start(const QString& path, Connection& writer)
{
    auto own = Connection::open(path, Connection::Access::Write);
    if (!own)
        return fail(own.error());
    return std::unique_ptr<Checkpointer>(new Checkpointer(std::move(*own), writer));
}

Checkpointer::~Checkpointer()
{
    m_state = State::Ending;
    m_state.notify_one();
    m_thread.join();
}

void Checkpointer::committed()
{
    const State state = m_state;
    if (state == State::Moved) {
        moveAll(m_writer);
        m_state = State::Resting;
    } else if (state == State::Resting && m_writer.logPages() >= enoughPages) {
        m_state = State::Moving;
        m_state.notify_one();
    }
}

void Checkpointer::run()
{
    for (State state = m_state; state != State::Ending; state = m_state) {
        if (state != State::Moving) {
            m_state.wait(state);
            continue;
        }
        moveAll(*m_own);
        m_state.compare_exchange_strong(state, State::Moved);
    }
}

} // namespace carillon
