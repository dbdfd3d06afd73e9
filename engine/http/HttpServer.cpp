// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/HttpServer.h"

#include "engine/base/Clock.h"
#include "engine/http/HttpConnection.h"

#include <QTcpSocket>

namespace carillon {

namespace {

// How often time-outs are looked at: fine enough for limits of seconds, cheap for thousands of connections.
constexpr qint64 SweepMs = 500;

} // namespace

QString hostName(const QByteArray& hostField)
{
    const QString host = QString::fromLatin1(hostField).trimmed().toLower();
    if (host.startsWith(u'['))
        return host.mid(1, host.indexOf(u']') - 1);
    return host.section(u':', 0, 0);
}

HttpServer::HttpServer(Clock& clock, HttpServerOptions options, QObject* parent)
    : QObject(parent)
    , m_clock(clock)
    , m_options(std::move(options))
{
    connect(&m_server, &QTcpServer::newConnection, this, &HttpServer::accept);
}

HttpServer::~HttpServer()
{
    m_server.close();
    qDeleteAll(std::exchange(m_connections, {}));
}

void HttpServer::addUpgrade(const QString& path, UpgradeHandler handler)
{
    m_upgrades.insert(path, std::move(handler));
}

Result<quint16> HttpServer::listen(const QHostAddress& address, quint16 port)
{
    m_stopping = false;
    if (!m_server.listen(address, port)) {
        return fail(ErrorCode::Network,
                    tr("The web server cannot listen on %1, port %2: %3. Choose another port or address.")
                        .arg(address.toString())
                        .arg(port)
                        .arg(m_server.errorString()));
    }
    return m_server.serverPort();
}

void HttpServer::stop()
{
    m_server.close();
    m_stopping = true;
    const auto connections = m_connections;
    for (HttpConnection* connection : connections)
        connection->closeWhenAnswered();
}

void HttpServer::accept()
{
    while (QTcpSocket* socket = m_server.nextPendingConnection()) {
        if (m_connections.size() >= m_options.maxConnections) {
            turnAway(socket);
            continue;
        }
        auto* connection = new HttpConnection(*this, socket);
        m_connections.insert(connection);
        connect(connection, &HttpConnection::closed, this, [this, connection] {
            m_connections.remove(connection);
            connection->deleteLater();
        });
    }
    if (!m_connections.isEmpty() && !m_sweeping) {
        m_sweeping = true;
        m_clock.after(SweepMs, this, [this] { sweep(); });
    }
}

void HttpServer::turnAway(QTcpSocket* socket)
{
    connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    HttpResponse response = HttpResponse::problem(503, tr("Too many connections are open: try again in a moment."));
    response.with("Retry-After", "5").with("Connection", "close");
    finish(response);
    socket->write(serialize(response, false));
    socket->disconnectFromHost();
}

void HttpServer::sweep()
{
    const qint64 now = m_clock.steady();
    const auto connections = m_connections;
    for (HttpConnection* connection : connections)
        connection->checkDeadline(now);
    m_sweeping = !m_connections.isEmpty();
    if (m_sweeping)
        m_clock.after(SweepMs, this, [this] { sweep(); });
}

bool HttpServer::answersTo(const QByteArray& hostField) const
{
    const QString host = hostName(hostField);
    if (m_options.hosts.contains(host, Qt::CaseInsensitive))
        return true;
    if (!isLoopback())
        return m_options.hosts.isEmpty();
    return host == u"localhost" || host.endsWith(u".localhost"_qs) || QHostAddress(host).isLoopback();
}

bool HttpServer::isUpgrade(const HttpRequest& request) const
{
    return request.method == "GET" && request.version == 11 && m_upgrades.contains(request.path)
        && headerHas(request.headers, "Connection", "upgrade") && headerHas(request.headers, "Upgrade", "websocket");
}

void HttpServer::finish(HttpResponse& response) const
{
    const auto offer = [&](const QByteArray& name, const QByteArray& value) {
        if (headerCount(response.headers, name) == 0)
            response.with(name, value);
    };
    if (response.status != 204 && response.status != 304)
        offer("Content-Length", QByteArray::number(response.body.size()));
    offer("Date", httpDate(m_clock.now()));
    offer("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
    offer("X-Content-Type-Options", "nosniff");
    offer("X-Frame-Options", "DENY");
    offer("Referrer-Policy", "no-referrer");
    offer("Cross-Origin-Resource-Policy", "same-origin");
}

} // namespace carillon
