// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <QLocalServer>
#include <QObject>

namespace carillon {

class Clock;
class Engine;

// Carries out what carillonctl asks for while this process has the workspace: a socket beside it, "<workspace>.socket",
// which only the user of this process (and root) can reach. Belongs to whoever runs the engine, lives in his thread.
//
// A line of JSON each way. Asked {"arguments": ["pause", "3"], "input": "<base64>"}, it answers {"out": "..."} and {"error":
// "..."} as the command prints, and {"exit": 0} at the end. Who asks is taken from the operating system. Whoever leaves
// before ends his command.
class CommandServer : public QObject {
    Q_OBJECT

public:
    static constexpr int MostAtATime = 16;
    static constexpr qint64 LongestRequest = 1024 * 1024; // bytes; one argument may have 128 KiB
    static constexpr qint64 MostUnread = 64 * 1024 * 1024; // bytes that the other side has not taken: it is cut then

    // Engine and clock must outlive it.
    CommandServer(Engine& engine, Clock& clock);
    ~CommandServer() override;

    // Where the socket of a workspace is.
    static QString socketPath(const QString& workspacePath);

    // The workspace must be open: a socket that is left from a process that died is taken over.
    Status listen(const QString& workspacePath);

private:
    void accept();

    Engine& m_engine;
    Clock& m_clock;
    QLocalServer m_server;
};

} // namespace carillon
