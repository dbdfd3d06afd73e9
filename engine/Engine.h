// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/base/Secret.h"
#include "engine/service/Services.h"

#include <QHostAddress>
#include <QObject>
#include <QUrl>

#include <memory>

namespace carillon {

class Clock;
class HttpTransport;
class Random;

// Where an engine keeps its secrets.
enum class VaultKind {
    System, // systemd credentials and environment, then the operating system's keychain
    Environment, // systemd credentials and environment only; nothing can be stored
    Sealed, // systemd credentials and environment, then a file that a passphrase opens
    Memory, // nowhere: gone with the process; for the sample workspace and tests
};

struct EngineOptions {
    QString path; // of the workspace
    VaultKind vault = VaultKind::System;
    QString vaultFile; // VaultKind::Sealed only; made with the first secret
    Secret vaultPassphrase; // of it
    QString stateFolder; // what this machine remembers of workspaces (see WorkspaceGuard); empty: nothing
    std::shared_ptr<HttpTransport> http; // what HTTP accounts send through; null: one of the engine's own
    bool send = true; // false: only look; nothing is planned, claimed or sent
    bool serve = true; // the web dashboard and its socket
    QHostAddress address = QHostAddress::LocalHost;
    quint16 port = 8025; // 0: one that is free
    bool anyPort = true; // when `port` is taken, one that is free
    QStringList origins; // web pages that may connect to the socket, beside our own
};

// The face of the engine: opens a workspace, owns its rooms, starts and stops them in order.
//
// Threads: the engine's own (dispatch, vault), the front (feed, socket, HTTP), the store's, and those that senders keep.
// Make and destroy it in the thread of its user; the operations may be called from any thread.
//
//     auto engine = Engine::open({path}, clock, random);
//     if (!engine)
//         return show(engine.error());
//     (*engine)->services().topics.list().then(...);
class Engine : public QObject {
    Q_OBJECT

public:
    // Blocks until the workspace is open and the server listens. The errors are those of Store::open and, for a sealed
    // file, of SealedFileVault::open.
    static Result<std::unique_ptr<Engine>> open(const EngineOptions& options, Clock& clock, Random& random);
    // Stops claiming, waits for what is on the wire for a moment, writes what came of it, closes.
    ~Engine() override;

    const Services& services() const;
    // Where the dashboard is served; empty when it is not.
    QUrl address() const;
    // What does not work though the engine runs: no keychain, no port. Sentences for people.
    QStringList warnings() const;

private:
    struct Rooms;

    explicit Engine(std::unique_ptr<Rooms> rooms);

    std::unique_ptr<Rooms> m_rooms;
};

} // namespace carillon
