// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/CommandClient.h"

#include "app/ctl/Command.h"
#include "app/ctl/CommandServer.h"
#include "app/ctl/InputFile.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

#include <cstdio>

namespace carillon {

namespace {

constexpr int connectMs = 2'000;

void print(std::FILE* out, const QJsonValue& text)
{
    const QByteArray bytes = text.toString().toUtf8();
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), out);
    std::fflush(out);
}

QString wholePath(const QString& given)
{
    return isJsonText(given) ? given : QFileInfo(given.startsWith(u'@') ? given.mid(1) : given).absoluteFilePath();
}

// The engine stands in another folder.
QStringList withWholePaths(QStringList arguments)
{
    const QString option = QStringLiteral("--data");
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        if (arguments[i] == option && i + 1 < arguments.size())
            arguments[i + 1] = wholePath(arguments[i + 1]);
        else if (arguments[i].startsWith(option + u'='))
            arguments[i] = option + u'=' + wholePath(arguments[i].mid(option.size() + 1));
    }
    return arguments;
}

} // namespace

CommandClient::CommandClient(const Console& console)
    : m_console(console)
{
    connect(&m_socket, &QLocalSocket::readyRead, this, &CommandClient::read);
    connect(&m_socket, &QLocalSocket::disconnected, this, &CommandClient::left);
}

// Whoever leaves before the answer knows that he did.
CommandClient::~CommandClient()
{
    m_socket.disconnect(this);
}

bool CommandClient::ask(const QString& workspacePath, const QStringList& arguments, const QByteArray& input)
{
    m_socket.connectToServer(CommandServer::socketPath(workspacePath));
    if (!m_socket.waitForConnected(connectMs))
        return false;
    const QJsonObject request{{QStringLiteral("arguments"), QJsonArray::fromStringList(withWholePaths(arguments))},
                              {QStringLiteral("input"), QString::fromLatin1(input.toBase64())}};
    m_socket.write(QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n');
    return true;
}

void CommandClient::read()
{
    while (!m_ended && m_socket.canReadLine()) {
        const QJsonObject line = QJsonDocument::fromJson(m_socket.readLine()).object();
        print(stdout, line.value(u"out"));
        print(stderr, line.value(u"error"));
        if (!line.contains(u"exit"))
            continue;
        m_ended = true;
        Q_EMIT ended(line.value(u"exit").toInt(ExitCode::Failed));
    }
}

void CommandClient::left()
{
    read();
    if (m_ended)
        return;
    m_ended = true;
    Q_EMIT ended(m_console.fail({ErrorCode::Network, Command::tr("The running engine ended before it answered."), {}}));
}

} // namespace carillon
