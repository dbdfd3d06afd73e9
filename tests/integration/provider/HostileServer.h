// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QTcpServer>
#include <QTcpSocket>

namespace carillon {

// A mail server that behaves well but at one point of the conversation: there it says `text`, and then nothing more, or
// closes.
class HostileServer : public QTcpServer {
public:
    struct Trick {
        QByteArray phase; // "CONNECT", a verb, or "." for the end of a body
        QByteArray text; // may be empty
        bool closes = false;
    };

    explicit HostileServer(Trick trick, const QByteArray& offers = {})
        : m_trick(std::move(trick))
        , m_offers(offers)
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket* socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket, inBody = false]() mutable {
                while (socket->isOpen() && socket->canReadLine())
                    read(*socket, socket->readLine(), inBody);
            });
            sockets += socket;
            say(*socket, "CONNECT", "220 hello\r\n");
        });
    }

    // Says one octet more on each open connection.
    void drip()
    {
        for (QTcpSocket* socket : sockets) {
            if (socket->state() == QAbstractSocket::ConnectedState)
                socket->write("2");
        }
    }

    QMap<QByteArray, int> reached; // how often each phase came
    QList<QTcpSocket*> sockets; // children of this

private:
    void read(QTcpSocket& socket, const QByteArray& line, bool& inBody)
    {
        if (inBody) {
            inBody = line != ".\r\n";
            if (!inBody)
                say(socket, ".", "250 ok\r\n");
            return;
        }
        const QByteArray verb = line.left(4).trimmed();
        inBody = verb == "DATA" && m_trick.phase != verb;
        if (verb == "EHLO")
            say(socket, verb, "250-host\r\n" + m_offers + "250 HELP\r\n");
        else
            say(socket, verb, verb == "DATA" ? "354 go\r\n" : "250 ok\r\n");
    }

    void say(QTcpSocket& socket, const QByteArray& phase, const QByteArray& usual)
    {
        ++reached[phase];
        const bool tricks = phase == m_trick.phase;
        if (!m_silent.contains(&socket))
            socket.write(tricks ? m_trick.text : usual);
        if (!tricks)
            return;
        m_silent += &socket;
        if (m_trick.closes)
            socket.disconnectFromHost();
    }

    const Trick m_trick;
    const QByteArray m_offers;
    QList<QTcpSocket*> m_silent;
};

} // namespace carillon
