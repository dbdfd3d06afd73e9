// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/http/HttpRouter.h"
#include "engine/http/RequestParser.h"

#include <QHostAddress>
#include <QSet>
#include <QTcpServer>

namespace carillon {

class Clock;
class HttpConnection;

struct HttpServerOptions {
    RequestLimits limits;
    int maxConnections = 2'000; // open at once, WebSockets not counted; more are answered 503 and closed
    qint64 headMs = 10'000; // from a connection's first moment, or a request's first octet, to its whole head: then 408
    qint64 bodyMs = 30'000; // from the head to the whole body: then 408
    qint64 idleMs = 60'000; // between requests, and while the client takes nothing of an answer: then closed
    qint64 answerMs = 60'000; // for a handler to answer: then 504
    // Names this server answers to, beside localhost and the loopback addresses: the public name when a reverse proxy is in
    // front. Empty and bound beyond loopback: any.
    QStringList hosts;
};

// An HTTP/1.1 server (RFC 9110, RFC 9112) in one event loop: keep-alive, pipelining, HEAD, chunked requests, HTTP/1.0 and
// 100-continue; every buffer, wait and count has a bound. Errors are problem+json.
//
// Bound to a loopback address it answers only to loopback names and `hosts` (else 421), so that a foreign page cannot reach
// it by pointing its own name at 127.0.0.1 (DNS rebinding).
//
// WebSockets share the port: a GET with "Upgrade: websocket" on a path added with addUpgrade() is handed over with its
// socket, from which nothing of that request was read yet.
//
// Lives in the thread that made it, with all its handlers. Destroying it closes every connection.
//
//     HttpServer server(clock, {});
//     server.router().add("GET", u"/healthz"_qs, [](const HttpRequest&) { return HttpResponse::json(200, {...}); });
//     Result<quint16> port = server.listen(QHostAddress::LocalHost, 8025);
class HttpServer : public QObject {
    Q_OBJECT

public:
    // Owns the socket from here on. What it answers otherwise is sent and the connection closed; nothing: the socket was
    // taken.
    using UpgradeHandler = std::function<std::optional<HttpResponse>(QTcpSocket* socket, const HttpRequest& request)>;

    HttpServer(Clock& clock, HttpServerOptions options, QObject* parent = nullptr);
    ~HttpServer() override;

    HttpRouter& router() { return m_router; }
    void addUpgrade(const QString& path, UpgradeHandler handler);

    // Port 0: one that is free. Gives the port, or why not (taken, not permitted, not an address of this machine).
    Result<quint16> listen(const QHostAddress& address, quint16 port);
    // Takes no more connections; those that wait for an answer get it, the others are closed.
    void stop();

    bool isLoopback() const { return m_server.serverAddress().isLoopback(); }
    int connections() const { return int(m_connections.size()); }
    // The names it answers to, as given.
    const QStringList& hosts() const { return m_options.hosts; }

private:
    friend class HttpConnection;

    void accept();
    void turnAway(QTcpSocket* socket);
    void sweep();
    bool answersTo(const QByteArray& hostField) const;
    bool isUpgrade(const HttpRequest& request) const;
    void finish(HttpResponse& response) const;

    Clock& m_clock;
    HttpServerOptions m_options;
    HttpRouter m_router;
    QHash<QString, UpgradeHandler> m_upgrades;
    QTcpServer m_server;
    QSet<HttpConnection*> m_connections;
    bool m_sweeping = false;
    bool m_stopping = false;
};

// The name in a Host field without the port, lower-case, without brackets: "LocalHost:80" gives "localhost", "[::1]:80"
// "::1".
QString hostName(const QByteArray& hostField);

} // namespace carillon
