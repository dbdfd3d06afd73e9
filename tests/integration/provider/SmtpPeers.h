// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/SystemClock.h"
#include "engine/model/Names.h"
#include "engine/provider/SmtpProvider.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

namespace carillon {

inline const QString python = QStringLiteral("/usr/bin/python3"); // Debian's own, which has Debian's modules

inline int freePort()
{
    QTcpServer probe;
    probe.listen(QHostAddress::LocalHost);
    return probe.serverPort();
}

// A program that serves on 127.0.0.1, ended with this object.
class Peer {
public:
    ~Peer()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    bool startSink(const QStringList& options)
    {
        port = freePort();
        QStringList arguments = options;
        if (geteuid() == 0)
            arguments += {QStringLiteral("-u"), QStringLiteral("nobody")};
        arguments += {QStringLiteral("127.0.0.1:%1").arg(port), QStringLiteral("100")};
        m_process.setStandardErrorFile(QProcess::nullDevice());
        m_process.start(sinkProgram(), arguments);
        return m_process.waitForStarted() && QTest::qWaitFor([this] { return answers(); });
    }

    bool startPython(const QStringList& options)
    {
        m_process.setStandardErrorFile(QProcess::nullDevice());
        m_process.start(python,
                        QStringList{QStringLiteral(CARILLON_SOURCE_DIR "/tests/integration/peers/smtp_peer.py")} + options);
        return QTest::qWaitFor([this] {
            if (m_process.canReadLine())
                port = nextObject().value(QStringLiteral("port")).toInt();
            return port != 0;
        });
    }

    // What it has taken since the last call.
    QList<QJsonObject> taken()
    {
        QList<QJsonObject> messages;
        m_process.waitForReadyRead(10);
        while (m_process.canReadLine())
            messages += nextObject();
        return messages;
    }

    static QString sinkProgram()
    {
        return QStandardPaths::findExecutable(QStringLiteral("smtp-sink"),
                                              {QStringLiteral("/usr/sbin"), QStringLiteral("/usr/bin")});
    }

    int port = 0;

private:
    QJsonObject nextObject() { return QJsonDocument::fromJson(m_process.readLine()).object(); }

    bool answers() const
    {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), quint16(port));
        return socket.waitForConnected(100);
    }

    QProcess m_process;
};

// Answers the closing dot that much later. Without PIPELINING, since smtp-sink forgets the delay when the next command is
// there already.
inline QStringList slow(int seconds)
{
    return {QStringLiteral("-p"), QStringLiteral("-W"), QStringLiteral(".:%1").arg(seconds)};
}

inline Message mail(qint64 id, const QByteArray& content = "Subject: x\r\n\r\nHello\r\n")
{
    Message message;
    message.deliveryId = id;
    message.from = QStringLiteral("sender@example.org");
    message.to = QStringLiteral("r%1@example.net").arg(id);
    message.content = content;
    return message;
}

inline QList<Message> mails(int count)
{
    QList<Message> all;
    for (int id = 1; id <= count; ++id)
        all += mail(id);
    return all;
}

// A sender and all it has answered.
class Client {
public:
    explicit Client(const QJsonObject& more, const QByteArray& password = {})
        : Client(more, QHash<QString, Secret>{{QStringLiteral("password"), Secret(password)}})
    {
    }

    Client(const QJsonObject& more, const QHash<QString, Secret>& secrets)
    {
        AccountConfig config;
        config.settings
            = {{QStringLiteral("host"), QStringLiteral("127.0.0.1")}, {QStringLiteral("security"), QStringLiteral("none")}};
        for (auto field = more.begin(); field != more.end(); ++field)
            config.settings.insert(field.key(), field.value());
        config.secrets = secrets;
        sender = SmtpProvider(m_clock).makeSender(config);
        QObject::connect(sender.get(), &Sender::outcomes, sender.get(),
                         [this](const QList<Outcome>& outcomes) { answers += outcomes; });
    }

    // The answers to `messages`, by delivery; a message answered twice or never shows as a wrong count.
    QMap<qint64, Outcome> send(const QList<Message>& messages)
    {
        sender->send(messages);
        if (!QTest::qWaitFor([&] { return answers.size() >= messages.size(); }, 20'000))
            qWarning("%d of %d answered", int(answers.size()), int(messages.size()));
        QTest::qWait(20); // for one too many
        QMap<qint64, Outcome> byDelivery;
        for (const Outcome& outcome : answers)
            byDelivery.insert(outcome.deliveryId, outcome);
        return answers.size() == messages.size() ? byDelivery : QMap<qint64, Outcome>();
    }

    Outcome sendOne(const Message& message) { return send({message}).value(message.deliveryId); }

    ProbeResult probe()
    {
        QSignalSpy spy(sender.get(), &Sender::probed);
        sender->probe();
        return spy.wait(20'000) ? spy.first().first().value<ProbeResult>()
                                : ProbeResult{false, {ErrorCode::Timeout, QStringLiteral("no answer"), {}}, {}};
    }

private:
    SystemClock m_clock;

public:
    QList<Outcome> answers;
    std::unique_ptr<Sender> sender;
};

// "refused 550 5.1.1"
inline QString shown(const Outcome& outcome)
{
    return QStringLiteral("%1 %2").arg(nameOf(outcome.kind), outcome.code).trimmed();
}

inline QStringList kinds(const QMap<qint64, Outcome>& outcomes)
{
    QStringList names;
    for (const Outcome& outcome : outcomes)
        names += nameOf(outcome.kind);
    names.removeDuplicates();
    names.sort();
    return names;
}

// Why the servers cannot be had here; empty when they can.
inline QByteArray missingPeers()
{
    if (Peer::sinkProgram().isEmpty())
        return "smtp-sink is not installed (Debian: postfix)";
    QProcess check;
    check.start(python, {QStringLiteral("-c"), QStringLiteral("import aiosmtpd")});
    check.waitForFinished();
    const bool found = check.exitStatus() == QProcess::NormalExit && check.exitCode() == 0;
    return found ? QByteArray() : QByteArray("aiosmtpd is not installed (Debian: python3-aiosmtpd)");
}

} // namespace carillon
