// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/realtime/SocketServer.h"

#include "engine/base/Clock.h"
#include "engine/realtime/SocketProtocol.h"
#include "engine/realtime/SocketSession.h"
#include "engine/security/InboxToken.h"
#include "engine/security/TokenScope.h"

#include <QTcpSocket>
#include <QUrl>
#include <QWebSocket>

namespace carillon {

namespace {

constexpr qint64 SweepMs = 500;
constexpr qint64 StatsMs = 1'000;
constexpr qsizetype MaxBlocks = 8;
constexpr int FullRetrySeconds = 10;

} // namespace

SocketServer::SocketServer(Feed& feed, Clock& clock, Random& random, JwtKey key, SocketServerOptions options,
                           QObject* parent)
    : QObject(parent)
    , m_feed(feed)
    , m_clock(clock)
    , m_random(random)
    , m_key(std::move(key))
    , m_options(std::move(options))
    , m_server(QStringLiteral("carillon"), QWebSocketServer::NonSecureMode)
{
    m_server.setSupportedSubprotocols({QLatin1String(protocol::Name)});
    connect(&m_server, &QWebSocketServer::newConnection, this, &SocketServer::take);
}

SocketServer::~SocketServer()
{
    qDeleteAll(std::exchange(m_sessions, {}));
    const auto incoming = std::exchange(m_incoming, {});
    for (const Incoming& open : incoming)
        delete open.socket;
}

bool SocketServer::originAllowed(const SocketHandshake& handshake) const
{
    if (handshake.origin.isEmpty())
        return true;
    const QString origin = QString::fromLatin1(handshake.origin);
    if (m_options.origins.contains(origin, Qt::CaseInsensitive))
        return true;
    const QUrl url(origin, QUrl::StrictMode);
    return url.isValid() && !url.authority().isEmpty()
        && url.authority().compare(QString::fromLatin1(handshake.host), Qt::CaseInsensitive) == 0;
}

Result<JwtClaims> SocketServer::verify(const QByteArray& token) const
{
    const qint64 now = m_clock.now();
    if (auto claims = m_key.verify(token, {}, now); claims && inboxHolder(*claims))
        return claims;
    JwtRules rules;
    rules.scopes = {TokenScope::FeedRead};
    return m_key.verify(token, rules, now);
}

std::optional<SocketRefusal> SocketServer::refusalFor(const SocketHandshake& handshake,
                                                      std::optional<JwtClaims>& claims) const
{
    if (m_stopped)
        return SocketRefusal{503, tr("The server is stopping."), FullRetrySeconds};
    if (!originAllowed(handshake))
        return SocketRefusal{403, tr("Pages of this origin may not connect. If they should, add it to the allowed origins."),
                             0};
    if (m_sessions.size() + m_incoming.size() >= m_options.maxClients)
        return SocketRefusal{503, tr("Too many dashboards are connected."), FullRetrySeconds};
    for (const QByteArray& offered : handshake.protocols) {
        if (!offered.startsWith(protocol::BearerPrefix))
            continue;
        auto verified = verify(offered.mid(qsizetype(qstrlen(protocol::BearerPrefix))));
        if (!verified)
            return SocketRefusal{verified.error().code == ErrorCode::Forbidden ? 403 : 401, verified.error().message, 0};
        claims = *std::move(verified);
    }
    return std::nullopt;
}

std::optional<SocketRefusal> SocketServer::accept(QTcpSocket* socket, const SocketHandshake& handshake)
{
    std::optional<JwtClaims> claims;
    if (auto refusal = refusalFor(handshake, claims))
        return refusal;
    m_incoming.append({socket, handshake, std::move(claims), m_clock.steady() + m_options.helloMs});
    connect(socket, &QTcpSocket::disconnected, this, [this, socket] { forget(socket); });
    m_server.handleConnection(socket);
    watch();
    return std::nullopt;
}

// The handshake failed, or its socket did.
void SocketServer::forget(QTcpSocket* socket)
{
    m_incoming.removeIf([&](const Incoming& incoming) { return incoming.socket == socket; });
    socket->disconnect(this);
    socket->deleteLater();
}

void SocketServer::take()
{
    QWebSocket* socket = m_server.nextPendingConnection();
    if (!socket)
        return;
    // QWebSocket does not give away the socket it runs on; the two ends of a connection tell which one it is.
    const auto found = std::find_if(m_incoming.begin(), m_incoming.end(), [&](const Incoming& incoming) {
        return incoming.socket->peerPort() == socket->peerPort() && incoming.socket->peerAddress() == socket->peerAddress()
            && incoming.socket->localAddress() == socket->localAddress();
    });
    if (found == m_incoming.end()) {
        delete socket;
        return;
    }
    const Incoming incoming = *found;
    m_incoming.erase(found);
    incoming.socket->disconnect(this);
    auto* session = new SocketSession(*this, socket, incoming.socket, incoming.handshake.peer);
    m_sessions.insert(session);
    connect(session, &SocketSession::gone, this, [this, session] { drop(session); });
    session->open(incoming.handshake.protocols, incoming.claims);
    Q_EMIT clientCountChanged(clientCount());
}

void SocketServer::drop(SocketSession* session)
{
    if (!m_sessions.remove(session))
        return;
    session->deleteLater();
    Q_EMIT clientCountChanged(clientCount());
}

void SocketServer::watch()
{
    if (m_sweeping || (m_sessions.isEmpty() && m_incoming.isEmpty()))
        return;
    m_sweeping = true;
    m_clock.after(SweepMs, this, [this] {
        m_sweeping = false;
        sweep();
        watch();
    });
}

void SocketServer::sweep()
{
    flushStats();
    const auto sessions = m_sessions;
    for (SocketSession* session : sessions)
        session->check();
    const auto incoming = m_incoming;
    for (const Incoming& late : incoming) {
        if (m_clock.steady() >= late.deadline)
            forget(late.socket);
    }
}

void SocketServer::setStats(const QJsonObject& stats)
{
    if (stats == m_stats)
        return;
    m_stats = stats;
    m_statsChanged = true;
}

void SocketServer::flushStats()
{
    if (!m_statsChanged || m_clock.steady() - m_statsSentAt < StatsMs)
        return;
    m_statsChanged = false;
    m_statsSentAt = m_clock.steady();
    m_statsFrame = protocol::frame(protocol::stats(m_stats, m_clock.now()));
    for (SocketSession* session : std::as_const(m_sessions))
        session->offerStats();
}

QByteArray SocketServer::block(const QList<LogFilter>& filters, const QList<LogEntry>& entries)
{
    const qint64 first = entries.first().seq;
    const qint64 last = entries.last().seq;
    for (const Block& known : std::as_const(m_blocks)) {
        if (known.first == first && known.last == last && known.filters == filters)
            return known.frames;
    }
    Block made{filters, first, last, {}};
    for (const LogEntry& entry : entries)
        made.frames += protocol::frame(protocol::event(entry));
    if (m_blocks.size() >= MaxBlocks)
        m_blocks.removeFirst();
    m_blocks.append(made);
    return made.frames;
}

QList<SocketClientInfo> SocketServer::clients() const
{
    QList<SocketClientInfo> list;
    for (const SocketSession* session : m_sessions)
        list << session->info();
    return list;
}

void SocketServer::stop(quint16 closeCode, const QString& reason, int retryAfter)
{
    m_stopped = true;
    const auto sessions = m_sessions;
    for (SocketSession* session : sessions)
        session->bye(closeCode, reason, retryAfter);
}

} // namespace carillon
