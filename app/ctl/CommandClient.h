// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/Console.h"

#include <QLocalSocket>
#include <QObject>

namespace carillon {

// Asks the engine that has a workspace to carry out a command, and prints what it says. See CommandServer.
class CommandClient : public QObject {
    Q_OBJECT

public:
    explicit CommandClient(const Console& console);
    ~CommandClient() override;

    // False when no engine listens there. `arguments` as they were typed, without the program; files are meant from here.
    // `input`: what the command is to find at its standard input.
    bool ask(const QString& workspacePath, const QStringList& arguments, const QByteArray& input);

Q_SIGNALS:
    void ended(int exitCode);

private:
    void read();
    void left();

    const Console& m_console;
    QLocalSocket m_socket;
    bool m_ended = false;
};

} // namespace carillon
