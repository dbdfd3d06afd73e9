// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/CommandServer.h"

#include "app/Paths.h"
#include "app/ctl/CommandLine.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocalSocket>

#include <sys/socket.h>

namespace carillon {

namespace {

// Who is at the other end, as the operating system has it; empty when it does not say.
QString peerOf(const QLocalSocket& socket)
{
    ucred who{};
    socklen_t size = sizeof who;
    if (getsockopt(int(socket.socketDescriptor()), SOL_SOCKET, SO_PEERCRED, &who, &size) != 0)
        return {};
    return userName(who.uid);
}

// One command that was asked for, from its first byte to its exit code. Belongs to its socket.
class CommandCall : public QObject {
    Q_OBJECT

public:
    CommandCall(Engine& engine, Clock& clock, QLocalSocket* socket)
        : QObject(socket)
        , m_engine(engine)
        , m_clock(clock)
        , m_socket(socket)
    {
        connect(socket, &QLocalSocket::readyRead, this, &CommandCall::read);
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        read();
    }

private:
    void read()
    {
        if (m_console) {
            m_socket->readAll(); // nothing more is asked for
            return;
        }
        if (m_socket->canReadLine())
            return begin(QJsonDocument::fromJson(m_socket->readLine()).object());
        if (m_socket->bytesAvailable() > CommandServer::LongestRequest)
            m_socket->abort();
    }

    void begin(const QJsonObject& asked)
    {
        QStringList arguments;
        const QJsonArray given = asked.value(u"arguments").toArray();
        for (const QJsonValue& argument : given)
            arguments << argument.toString();
        m_console.emplace(arguments.contains(QStringLiteral("--json")),
                          [this](Console::Stream stream, const QByteArray& bytes) {
                              const bool isResult = stream == Console::Stream::Out;
                              say({{isResult ? QStringLiteral("out") : QStringLiteral("error"), QString::fromUtf8(bytes)}});
                          });
        const QString name = takeCommandName(arguments);
        const std::optional<CommandSpec> spec = findCommand(name);
        if (!spec || !spec->byRunningEngine)
            return end(m_console->failUsage(Command::tr("The running engine has no command \"%1\".").arg(name)));
        addOptions(m_options, *spec);
        if (!m_options.parse(QStringList{QStringLiteral("carillonctl")} + arguments))
            return end(m_console->failUsage(m_options.errorText()));
        const Caller caller{QStringLiteral("cli:") + peerOf(*m_socket), Role::Administrator};
        m_context.emplace(CommandContext{m_engine, m_engine.services(), caller, *m_console, m_clock,
                                         m_options.positionalArguments(), m_options,
                                         QByteArray::fromBase64(asked.value(u"input").toString().toLatin1())});
        m_command = spec->make(*m_context);
        connect(m_command.get(), &Command::finished, this, &CommandCall::end, Qt::QueuedConnection);
        m_command->start();
    }

    void say(const QJsonObject& line)
    {
        if (m_socket->state() != QLocalSocket::ConnectedState)
            return;
        if (m_socket->bytesToWrite() > CommandServer::MostUnread)
            return m_socket->abort();
        m_socket->write(QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n');
    }

    void end(int code)
    {
        say({{QStringLiteral("exit"), code}});
        m_socket->disconnectFromServer(); // once all is written
    }

    Engine& m_engine;
    Clock& m_clock;
    QLocalSocket* m_socket;
    QCommandLineParser m_options;
    std::optional<Console> m_console; // once it is asked
    std::optional<CommandContext> m_context;
    std::unique_ptr<Command> m_command;
};

} // namespace

CommandServer::CommandServer(Engine& engine, Clock& clock)
    : m_engine(engine)
    , m_clock(clock)
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    m_server.setMaxPendingConnections(MostAtATime);
    connect(&m_server, &QLocalServer::newConnection, this, &CommandServer::accept);
}

CommandServer::~CommandServer() = default;

QString CommandServer::socketPath(const QString& workspacePath)
{
    const QString canonical = QFileInfo(workspacePath).canonicalFilePath();
    return (canonical.isEmpty() ? workspacePath : canonical) + QStringLiteral(".socket");
}

Status CommandServer::listen(const QString& workspacePath)
{
    const QString path = socketPath(workspacePath);
    QLocalServer::removeServer(path); // the lock of the workspace is ours, so nobody listens there
    if (m_server.listen(path))
        return {};
    return fail(
        ErrorCode::Storage,
        tr("carillonctl cannot reach this engine while it runs: %1 cannot be made (%2).").arg(path, m_server.errorString()));
}

void CommandServer::accept()
{
    while (QLocalSocket* socket = m_server.nextPendingConnection()) {
        if (m_server.findChildren<QLocalSocket*>().size() > MostAtATime)
            delete socket;
        else
            new CommandCall(m_engine, m_clock, socket);
    }
}

} // namespace carillon

#include "CommandServer.moc"
