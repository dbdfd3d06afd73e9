// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/realtime/Feed.h"
#include "engine/security/Jwt.h"

#include <QHostAddress>
#include <QSet>
#include <QWebSocketServer>

#include <optional>

class QTcpSocket;

namespace carillon {

class Random;
class SocketSession;

struct SocketServerOptions {
    QString epoch; // the workspace's id: sequence numbers of another mean nothing here
    QStringList origins; // web pages that may connect, beside those of the same host: "https://shop.example"
    int maxClients = 1'000; // more are answered 503
    qint64 maxReplay = 100'000; // entries a client may resume over
    qint64 highWater = 256 * 1024; // octets waiting for a client beyond which it gets nothing new
    qint64 lowWater = 64 * 1024; // octets below which it gets more
    qint64 helloMs = 5'000; // from the handshake to hello: then 4408
    qint64 stallMs = 10'000; // a client that takes nothing of what waits: then 4008
    qint64 pingMs = 25'000; // between heartbeats
    qint64 deadMs = 35'000; // without one octet from the client: then dropped
    int commandsPerSecond = 20;
};

// What the handshake's head says.
struct SocketHandshake {
    QByteArray host; // the Host field
    QByteArray origin; // empty: not a browser
    QList<QByteArray> protocols; // offered, in order
    QHostAddress peer;
};

// Why a handshake is answered with plain HTTP and not accepted.
struct SocketRefusal {
    int status = 403;
    QString reason;
    int retryAfter = 0; // seconds; 0: not said
};

// One connected client, for the console.
struct SocketClientInfo {
    QString session;
    QString subject; // of its token
    QString client; // as it calls itself
    QString peer;
    qint64 connectedAt = 0;
    qint64 seq = 0; // delivered up to here
    qint64 sentBytes = 0;
};

// The WebSocket server of the dashboards: the protocol of SocketProtocol.h over the feed.
//
// Takes connections from the HTTP server, whose head time-out covers the handshake. A token is an HS256 JWT with the scope
// "feed:read"; that of a contact's inbox (InboxToken.h) sees what happens there and nothing else. Each client pulls from the
// feed at its own pace: while more than highWater waits for it nothing new is taken, so no client can make the server hold
// more than about a batch. Frames are built once and shared by clients with the same filters.
//
// Lives in the feed's thread, outlived by the feed and the clock.
class SocketServer : public QObject {
    Q_OBJECT

public:
    SocketServer(Feed& feed, Clock& clock, Random& random, JwtKey key, SocketServerOptions options,
                 QObject* parent = nullptr);
    ~SocketServer() override;

    // Takes over a socket in which a whole handshake waits unread, and owns it; or says why not, and leaves it alone.
    std::optional<SocketRefusal> accept(QTcpSocket* socket, const SocketHandshake& handshake);

    int clientCount() const { return int(m_sessions.size()); }
    QList<SocketClientInfo> clients() const;

    // Says bye to all, closes, and takes no more clients. They come back after about `retryAfter` seconds.
    void stop(quint16 closeCode, const QString& reason, int retryAfter);

public Q_SLOTS:
    // The newest snapshot for those who subscribed to "queue.stats"; sent at most once a second. What the page reads of it:
    //     {"states":{"queued":12,"sending":3,...},                              all deliveries, by state
    //      "campaigns":[{"id":7,"name":"Spring","state":"sending","total":1000,"counts":{"sent":400,"failed":3}}]}   running
    //      ones
    void setStats(const QJsonObject& stats);

Q_SIGNALS:
    void clientCountChanged(int count);

private:
    friend class SocketSession;

    bool originAllowed(const SocketHandshake& handshake) const;
    std::optional<SocketRefusal> refusalFor(const SocketHandshake& handshake, std::optional<JwtClaims>& claims) const;
    Result<JwtClaims> verify(const QByteArray& token) const;
    void forget(QTcpSocket* socket);
    void take();
    void watch();
    void drop(SocketSession* session);
    void sweep();
    void flushStats();
    // The frames of a batch; the same octets for all clients with these filters.
    QByteArray block(const QList<LogFilter>& filters, const QList<LogEntry>& entries);

    struct Block {
        QList<LogFilter> filters;
        qint64 first = 0;
        qint64 last = 0;
        QByteArray frames;
    };
    // Handed to QWebSocketServer, which reads and answers the handshake in a later turn of the event loop.
    struct Incoming {
        QTcpSocket* socket = nullptr;
        SocketHandshake handshake;
        std::optional<JwtClaims> claims;
        qint64 deadline = 0; // steady
    };

    Feed& m_feed;
    Clock& m_clock;
    Random& m_random;
    JwtKey m_key;
    SocketServerOptions m_options;
    QWebSocketServer m_server;
    QSet<SocketSession*> m_sessions;
    QList<Block> m_blocks; // the newest few
    QList<Incoming> m_incoming;
    QJsonObject m_stats;
    QByteArray m_statsFrame;
    qint64 m_statsSentAt = 0; // steady
    bool m_statsChanged = false;
    bool m_sweeping = false;
    bool m_stopped = false;
};

} // namespace carillon
