// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Paths.h"
#include "app/VaultChoice.h"
#include "app/ctl/CommandClient.h"
#include "app/ctl/CommandLine.h"
#include "app/ctl/CommandServer.h"
#include "app/ctl/Commands.h"
#include "app/ctl/Signals.h"
#include "engine/base/Random.h"
#include "engine/base/SystemClock.h"
#include "engine/service/WorkspaceService.h"

#include <QCoreApplication>
#include <QFile>
#include <QTemporaryDir>

#include <cstdio>

using namespace carillon;

namespace {

QString helpText()
{
    QString text = Command::tr("Usage: carillonctl COMMAND [ARGUMENTS] [OPTIONS]\n\nCommands:\n");
    for (const CommandSpec& spec : allCommands())
        text += QStringLiteral("  %1 %2  %3\n")
                    .arg(QLatin1String(spec.name), -17)
                    .arg(QLatin1String(spec.arguments), -11)
                    .arg(QCoreApplication::translate("carillonctl", spec.summary));
    text += Command::tr("\nOptions of every command:\n"
                        "  --workspace FILE  The workspace; the user's own when not given\n"
                        "  --vault KIND      Where secrets are: system, environment, sealed:FILE, memory\n"
                        "  --json            Results as JSON, one object a line\n"
                        "  --help            This text, or the options of a command\n"
                        "  --version\n\n"
                        "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but not for all.\n");
    return text;
}

// A copied or restored workspace sends only when somebody says so.
Status releaseHold(const Services& services, const Caller& caller, bool thisCopySends)
{
    const Result<WorkspaceHold> hold = services.workspace.hold().result();
    if (!hold)
        return fail(hold.error());
    if (!hold->held)
        return {};
    if (thisCopySends)
        return services.workspace.release(caller).result();
    return fail(
        ErrorCode::Conflict,
        Command::tr("%1 What it would send (%2 deliveries, %3 campaigns) may have been sent by the original. If this "
                    "copy is the one that sends from now on, say --this-copy-sends.")
            .arg(hold->sentence)
            .arg(hold->waiting)
            .arg(hold->scheduled));
}

// "127.0.0.1:8025" or "[::1]:8025" or just a port.
Status readListen(const QString& text, EngineOptions& options)
{
    const qsizetype colon = text.lastIndexOf(u':');
    QString host = colon < 0 ? QString() : text.left(colon);
    host.remove(u'[').remove(u']');
    bool ok = false;
    options.port = text.mid(colon + 1).toUShort(&ok);
    if (!host.isEmpty())
        options.address = QHostAddress(host == QStringLiteral("localhost") ? QStringLiteral("127.0.0.1") : host);
    if (!ok || options.address.isNull())
        return fail(ErrorCode::InvalidInput,
                    Command::tr("--listen %1: write an address and a port, for example 127.0.0.1:8025.").arg(text),
                    QStringLiteral("listen"));
    options.anyPort = false;
    return {};
}

bool isDemo(const CommandSpec& spec)
{
    return QLatin1String(spec.name) == QLatin1String("demo");
}

Result<QString> workspacePath(const CommandSpec& spec, const QCommandLineParser& parser, const QTemporaryDir& demoFolder)
{
    const QString named = parser.value(QStringLiteral("workspace"));
    if (named.isEmpty() && isDemo(spec))
        return demoFolder.filePath(QStringLiteral("sample.carillon"));
    const Result<QString> path = named.isEmpty() ? defaultWorkspacePath() : named;
    if (path && !spec.makesWorkspace && !QFile::exists(*path))
        return fail(ErrorCode::NotFound,
                    Command::tr("There is no workspace %1. carillonctl apply, import and serve make one; --workspace names "
                                "another.")
                        .arg(*path),
                    QStringLiteral("workspace"));
    return path;
}

Result<EngineOptions> engineOptions(const CommandSpec& spec, const QCommandLineParser& parser,
                                    const QTemporaryDir& demoFolder)
{
    const Result<QString> path = workspacePath(spec, parser, demoFolder);
    if (!path)
        return fail(path.error());
    EngineOptions options;
    options.path = *path;
    options.send = spec.sends;
    options.serve = spec.serves;
    const bool demo = isDemo(spec);
    if (demo)
        options.vault = VaultKind::Memory;
    else
        options.stateFolder = stateFolder();
    if (const Status chosen = demo ? Status() : chooseVault(parser.value(QStringLiteral("vault")), options); !chosen)
        return fail(chosen.error());
    if (spec.serves) {
        options.origins = parser.values(QStringLiteral("origin"));
        options.anyPort = false;
        if (parser.isSet(QStringLiteral("listen"))) {
            if (const Status read = readListen(parser.value(QStringLiteral("listen")), options); !read)
                return fail(read.error());
        }
    }
    return options;
}

Error whyNotOpen(Error error)
{
    if (error.code == ErrorCode::Busy)
        error.message += u' '
            + Command::tr("This command needs the workspace for itself: stop the running engine, or use its window.");
    return error;
}

// Another process has the workspace: its engine is asked to carry the command out.
int runElsewhere(const CommandSpec& spec, const EngineOptions& options, const QByteArray& input, const Console& console,
                 const Signals& stops, const Error& whyNotHere)
{
    CommandClient client(console);
    if (!spec.byRunningEngine || !client.ask(options.path, QCoreApplication::arguments().mid(1), input))
        return console.fail(whyNotOpen(whyNotHere));
    QObject::connect(
        &client, &CommandClient::ended, qApp, [](int code) { QCoreApplication::exit(code); }, Qt::QueuedConnection);
    QObject::connect(&stops, &Signals::stopRequested, qApp, [&console] {
        console.note(Command::tr("Stopped waiting. The running engine goes on with what it has begun."));
        QCoreApplication::exit(ExitCode::Incomplete);
    });
    return QCoreApplication::exec();
}

// All of standard input, when the command reads it.
Result<QByteArray> inputOf(const CommandSpec& spec, const QStringList& arguments)
{
    if (!spec.readsInput || !spec.readsInput(arguments))
        return QByteArray();
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return fail(ErrorCode::Storage, Command::tr("Standard input cannot be read."));
    const QByteArray content = input.read(CommandSpec::MaxInput + 1);
    if (content.size() > CommandSpec::MaxInput)
        return fail(ErrorCode::InvalidInput, Command::tr("Standard input is longer than 32 KiB."));
    return content;
}

int runCommand(const CommandSpec& spec, const QCommandLineParser& parser, const Console& console)
{
    SystemClock clock;
    if (spec.run) {
        const std::optional<int> exitCode = spec.run({console, clock, parser.positionalArguments(), parser});
        if (exitCode)
            return *exitCode;
    }
    const QTemporaryDir demoFolder;
    const Result<EngineOptions> options = engineOptions(spec, parser, demoFolder);
    if (!options)
        return console.fail(options.error());
    const Result<QByteArray> input = inputOf(spec, parser.positionalArguments());
    if (!input)
        return console.fail(input.error());
    Signals stops;
    SystemRandom random;
    const auto engine = Engine::open(*options, clock, random);
    if (!engine && engine.error().code == ErrorCode::Busy)
        return runElsewhere(spec, *options, *input, console, stops, engine.error());
    if (!engine)
        return console.fail(engine.error());
    const Caller caller{QStringLiteral("cli:") + userName(), Role::Administrator};
    if (spec.sends) {
        const bool thisCopySends = parser.isSet(QStringLiteral("this-copy-sends"));
        if (const Status free = releaseHold((*engine)->services(), caller, thisCopySends); !free)
            return console.fail(free.error());
    }
    CommandServer server(**engine, clock);
    if (spec.sends) {
        if (const Status listening = server.listen(options->path); !listening)
            console.note(listening.error().message);
    }
    const CommandContext context{**engine, (*engine)->services(),        caller, console,
                                 clock,    parser.positionalArguments(), parser, *input};
    const std::unique_ptr<Command> command = spec.make(context);
    QObject::connect(
        command.get(), &Command::finished, qApp, [](int code) { QCoreApplication::exit(code); }, Qt::QueuedConnection);
    QObject::connect(&stops, &Signals::stopRequested, command.get(), &Command::stop);
    QMetaObject::invokeMethod(command.get(), &Command::start, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char* argv[])
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("carillonctl"));
    QCoreApplication::setApplicationVersion(QStringLiteral(CARILLON_VERSION));
    QStringList arguments = QCoreApplication::arguments();
    const Console console(arguments.contains(QStringLiteral("--json")));
    if (arguments.contains(QStringLiteral("--version"))) {
        std::puts("carillonctl " CARILLON_VERSION);
        return ExitCode::Done;
    }
    const QString program = arguments.takeFirst();
    const QString name = takeCommandName(arguments);
    if (name.isEmpty()) {
        const bool asked = arguments.contains(QStringLiteral("--help")) || arguments.contains(QStringLiteral("-h"));
        std::fputs(helpText().toUtf8().constData(), asked ? stdout : stderr);
        return asked ? ExitCode::Done : ExitCode::Usage;
    }
    const std::optional<CommandSpec> spec = findCommand(name);
    if (!spec)
        return console.failUsage(Command::tr("There is no command \"%1\". carillonctl --help lists them.").arg(name));
    QCommandLineParser parser;
    addOptions(parser, *spec);
    if (!parser.parse(QStringList{program} + arguments))
        return console.failUsage(parser.errorText());
    if (parser.isSet(QStringLiteral("help"))) {
        std::fputs(parser.helpText().toUtf8().constData(), stdout);
        return ExitCode::Done;
    }
    const int code = runCommand(*spec, parser, console);
    if (code != ExitCode::Usage && (std::fflush(stdout) != 0 || std::ferror(stdout) != 0))
        return console.fail({ErrorCode::Storage, Command::tr("Not all could be written: the disk may be full."), {}});
    return code;
}
