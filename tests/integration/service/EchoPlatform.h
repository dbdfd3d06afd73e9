// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/unit/provider/ScriptedServer.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace carillon {

// Platforms that say back all they are sent, in every spelling and under every name by which a reason may be read: the worst
// for whoever wants to keep a secret.
class EchoPlatform {
public:
    EchoPlatform()
        : web([this](QTcpSocket* socket, const ScriptedServer::Request& request) { echo(socket, request); })
    {
        QObject::connect(&mail, &QTcpServer::newConnection, &mail, [this] { greet(); });
        if (!mail.listen(QHostAddress::LocalHost))
            qFatal("no port on loopback");
    }

    ScriptedServer web;
    QTcpServer mail; // takes no login, and repeats what it was given
    QByteArray heard; // all of it

private:
    void echo(QTcpSocket* socket, const ScriptedServer::Request& request)
    {
        static const QByteArrayList statuses{"400 Bad Request", "200 OK",        "401 Unauthorized",
                                             "403 Forbidden",   "404 Not Found", "500 Internal Server Error"};
        const QByteArray said = request.head + "\r\n\r\n" + request.body;
        heard += said;
        QByteArray credential = request.header("Authorization");
        const QString all = QString::fromUtf8(credential + ' ' + said.toPercentEncoding() + ' ' + said);
        QJsonObject answer{{QStringLiteral("ok"), false}, {QStringLiteral("raw"), QString::fromLatin1(said.toBase64())}};
        for (const char* name : {"error", "message", "description", "detail", "title", "errors", "error_description"})
            answer.insert(QString::fromLatin1(name), all);
        answer.insert(QStringLiteral("error"), QJsonObject{{QStringLiteral("message"), all}, {QStringLiteral("code"), 1}});
        const bool asText = m_answers % 5 == 4;
        socket->write(ScriptedServer::answer(statuses.at(m_answers++ % statuses.size()),
                                             asText ? all.toUtf8() : QJsonDocument(answer).toJson()));
    }

    void greet()
    {
        while (QTcpSocket* socket = mail.nextPendingConnection()) {
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            socket->write("220 echo ESMTP\r\n");
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                while (socket->canReadLine())
                    reply(socket, socket->readLine().trimmed());
            });
        }
    }

    void reply(QTcpSocket* socket, const QByteArray& line)
    {
        heard += line + '\n';
        if (line.startsWith("EHLO"))
            socket->write("250-echo\r\n250 AUTH PLAIN\r\n");
        else
            socket->write("535 5.7.8 no: " + line + ' ' + QByteArray::fromBase64(line.mid(11)).replace('\0', ' ') + "\r\n");
    }

    qsizetype m_answers = 0;
};

} // namespace carillon
