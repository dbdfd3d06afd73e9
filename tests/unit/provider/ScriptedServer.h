// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>

#include <functional>

namespace carillon {

// A web server on loopback that does to each request what the test says, however rude.
class ScriptedServer : public QTcpServer {
public:
    struct Request {
        QByteArray head; // request line and headers
        QByteArray body;

        QByteArray header(const QByteArray& name) const
        {
            const QByteArray start = name.toLower() + ':';
            const QByteArrayList lines = head.split('\n');
            for (const QByteArray& line : lines) {
                if (line.toLower().startsWith(start))
                    return line.sliced(start.size()).trimmed();
            }
            return {};
        }
    };
    // Called with each whole request; writes what it likes.
    using Script = std::function<void(QTcpSocket* socket, const Request& request)>;

    explicit ScriptedServer(Script script)
        : m_script(std::move(script))
    {
        connect(this, &QTcpServer::newConnection, this, [this] { accept(); });
        if (!listen(QHostAddress::LocalHost))
            qFatal("no port on loopback");
    }

    QString url(const QString& path = QStringLiteral("/")) const
    {
        return QStringLiteral("http://127.0.0.1:%1%2").arg(serverPort()).arg(path);
    }

    void setScript(Script script) { m_script = std::move(script); }
    // Closes each connection before reading anything.
    void setHangUp(bool on) { m_hangUp = on; }

    // A whole answer with a length.
    static QByteArray answer(const QByteArray& status, const QByteArray& body = {}, const QByteArray& headers = {})
    {
        return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n"
            + body;
    }

    QList<Request> requests;
    int connections = 0;

private:
    void accept()
    {
        while (QTcpSocket* socket = nextPendingConnection()) {
            ++connections;
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            if (m_hangUp) {
                socket->abort();
                continue;
            }
            auto buffer = std::make_shared<QByteArray>();
            connect(socket, &QTcpSocket::readyRead, socket, [this, socket, buffer] { read(socket, *buffer); });
        }
    }

    void read(QTcpSocket* socket, QByteArray& buffer)
    {
        buffer += socket->readAll();
        for (;;) {
            const qsizetype end = buffer.indexOf("\r\n\r\n");
            if (end < 0)
                return;
            Request request{buffer.first(end), {}};
            const qsizetype size = bodySize(request, buffer, end + 4);
            if (size < 0)
                return;
            buffer.remove(0, end + 4 + size);
            requests << request;
            m_script(socket, request);
        }
    }

    // Takes the body out; gives the bytes that it has on the wire, -1 while some are missing.
    static qsizetype bodySize(Request& request, const QByteArray& buffer, qsizetype from)
    {
        if (request.header("Transfer-Encoding").toLower() == "chunked")
            return chunkedSize(request, buffer, from);
        const qsizetype length = request.header("Content-Length").toLongLong();
        if (buffer.size() < from + length)
            return -1;
        request.body = buffer.sliced(from, length);
        return length;
    }

    static qsizetype chunkedSize(Request& request, const QByteArray& buffer, qsizetype from)
    {
        for (qsizetype at = from;;) {
            const qsizetype line = buffer.indexOf("\r\n", at);
            const qsizetype length = line < 0 ? -1 : buffer.sliced(at, line - at).toLongLong(nullptr, 16);
            if (length < 0 || buffer.size() < line + 2 + length + 2)
                return -1;
            request.body += buffer.sliced(line + 2, length);
            at = line + 2 + length + 2;
            if (length == 0)
                return at - from;
        }
    }

    Script m_script;
    bool m_hangUp = false;
};

} // namespace carillon
