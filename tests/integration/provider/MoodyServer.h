// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpServer>
#include <QTcpSocket>

namespace carillon {

// A server with habits that the others cannot be told to have.
class MoodyServer : public QTcpServer {
public:
    MoodyServer()
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, &MoodyServer::greet);
    }

    int port() const { return serverPort(); }

    int maxConnections = 100; // further ones get 421
    int maxMessages = 1'000; // of a connection; then it closes without a word
    int open = 0;
    int mostOpen = 0;
    int quits = 0;
    QStringList recipients; // of messages taken

private:
    struct State {
        bool inBody = false;
        int messages = 0;
        QString recipient;
    };

    void greet()
    {
        QTcpSocket* socket = nextPendingConnection();
        if (open == maxConnections) {
            socket->write("421 4.7.0 too many connections\r\n");
            socket->disconnectFromHost();
            return;
        }
        mostOpen = qMax(mostOpen, ++open);
        socket->write("220 hello\r\n");
        connect(socket, &QTcpSocket::disconnected, this, [this] { --open; });
        connect(socket, &QTcpSocket::readyRead, this, [this, socket, state = State()]() mutable {
            while (socket->state() == QAbstractSocket::ConnectedState && socket->canReadLine())
                answer(*socket, state, socket->readLine());
        });
    }

    void answer(QTcpSocket& socket, State& state, const QByteArray& line)
    {
        if (state.inBody) {
            if (line != ".\r\n")
                return;
            state.inBody = false;
            recipients += state.recipient;
            socket.write("250 ok\r\n");
            if (++state.messages == maxMessages)
                socket.disconnectFromHost();
            return;
        }
        state.inBody = line.startsWith("DATA");
        if (line.startsWith("RCPT"))
            state.recipient = QString::fromUtf8(line);
        if (line.startsWith("QUIT"))
            ++quits;
        socket.write(line.startsWith("EHLO") ? "250-host\r\n250 PIPELINING\r\n"
                         : state.inBody      ? "354 go\r\n"
                                             : "250 ok\r\n");
    }
};

} // namespace carillon
