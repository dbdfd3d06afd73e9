// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/store/WorkspacePlace.h"

#include <QObject>

#include <atomic>

namespace carillon {

class Clock;
class Connection;
class Store;

// Notices a workspace that was copied, moved to another machine, or restored from an older copy: what it would send, the
// original may have sent. It is held then, at every opening, until a person says that this copy sends.
//
// It compares the place in the workspace with where it is now, and with a small file "<workspace id>.json" in the state
// folder of whoever runs the engine. Without such a folder an older copy that was restored into the same file is not
// noticed.
//
// Make it and call check() before anything is sent. Lives in the thread that made it; held() and sentence() may be called
// from any.
class WorkspaceGuard : public QObject {
    Q_OBJECT

public:
    // The memory is written this often while the workspace is open, and when it is closed.
    static constexpr qint64 RememberMs = 60'000;

    // `stateFolder` is made when it is missing; empty: none. Store and clock must outlive it.
    WorkspaceGuard(Store& store, Clock& clock, QString stateFolder);

    // Blocks. An error says what cannot be written; whether it is held is known all the same.
    Status check();
    bool held() const { return m_held; }
    // Why it is held: "This workspace was last used on another machine (mail1), on 12 November 2026."
    QString sentence() const { return m_sentence; }

    // This is the place from now on: written with the transaction that audits it, in the writer's thread. Then
    // markReleased(), once that is durable.
    void takePlace(Connection& connection, qint64 now) const;
    void markReleased();

    // Writes what the next opening here should find, at least. Blocks for a moment.
    Status remember() const;

Q_SIGNALS:
    void released();

private:
    std::optional<WorkspacePlace> readPlace(Connection& connection) const;
    QString memoryPath() const;
    std::optional<WorkspaceMemory> readMemory() const;
    void rememberLater();

    Store& m_store;
    Clock& m_clock;
    const QString m_stateFolder;
    WorkspacePlace m_here;
    std::optional<WorkspaceMemory> m_memory; // as it was before this opening
    QString m_sentence; // written by check() alone
    std::atomic_bool m_held = false;
};

} // namespace carillon
