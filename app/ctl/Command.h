// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/Console.h"
#include "engine/Engine.h"

#include <QCommandLineParser>
#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace carillon {

// What a command works with; outlives it.
struct CommandContext {
    Engine& engine;
    const Services& services;
    Caller caller;
    const Console& console;
    Clock& clock;
    QStringList arguments; // after the command's name
    const QCommandLineParser& options;
    QByteArray input = {}; // from standard input, when the command reads it
};

// What a command works with that needs no workspace; outlives it.
struct PlainContext {
    const Console& console;
    const Clock& clock;
    QStringList arguments; // after the command's name
    const QCommandLineParser& options;
};

// A command that is running. It starts in start() and says finished() once, later or from within.
class Command : public QObject {
    Q_OBJECT

public:
    explicit Command(const CommandContext& context)
        : m_context(context)
    {
    }

    virtual void start() = 0;
    // The person pressed Ctrl+C, or the service manager wants an end. What is not overridden just ends.
    virtual void stop() { Q_EMIT finished(ExitCode::Done); }

Q_SIGNALS:
    void finished(int exitCode);

protected:
    const CommandContext& context() const { return m_context; }
    const Console& console() const { return m_context.console; }
    void failWith(const Error& error) { Q_EMIT finished(m_context.console.fail(error)); }
    void failUsage(const QString& text) { Q_EMIT finished(m_context.console.failUsage(text)); }

private:
    const CommandContext& m_context;
};

// A command as the table of commands has it.
struct CommandSpec {
    const char* name;
    const char* arguments; // for the help
    const char* summary;
    bool sends = false; // the engine works while it runs
    bool serves = false; // and the dashboard is served
    QList<QCommandLineOption> options;
    std::function<std::unique_ptr<Command>(const CommandContext&)> make;
    // Before make, where no workspace is needed: gives the exit code, or nothing when it takes one after all.
    std::function<std::optional<int>(const PlainContext&)> run = {};
    // When another process has the workspace, the engine there carries it out (see CommandServer).
    bool byRunningEngine = false;
    // Whether standard input is read for these arguments; at most MaxInput bytes of it. Null: never.
    std::function<bool(const QStringList& arguments)> readsInput = {};
    // Whether a workspace that is not there is made: by the commands with which one begins, and by no other, for which a
    // name that is not there is a mistake.
    bool makesWorkspace = false;

    static constexpr qint64 MaxInput = 32 * 1024;
};

// The same, for commands that a running engine takes.
inline CommandSpec byRunningEngine(CommandSpec spec)
{
    spec.byRunningEngine = true;
    return spec;
}

// The same, for commands that make the workspace when it is missing.
inline CommandSpec makingWorkspace(CommandSpec spec)
{
    spec.makesWorkspace = true;
    return spec;
}

} // namespace carillon
