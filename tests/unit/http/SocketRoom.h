// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Json.h"
#include "engine/base/ManualClock.h"
#include "engine/base/Random.h"
#include "engine/http/HttpServer.h"
#include "engine/http/SocketRoute.h"
#include "engine/realtime/SocketServer.h"
#include "engine/security/InboxToken.h"
#include "tests/unit/realtime/MemoryLog.h"

#include <QNetworkRequest>
#include <QSignalSpy>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

namespace carillon {

// A dashboard on QWebSocket: sends objects, collects objects.
class Dashboard {
public:
    Dashboard()
    {
        QObject::connect(&m_socket, &QWebSocket::textMessageReceived, &m_socket, [this](const QString& text) {
            const auto object = parseJsonObject(text.toUtf8());
            received << object.value_or(QJsonObject{{QStringLiteral("op"), QStringLiteral("NOT JSON")}});
        });
    }

    bool open(quint16 port, const QStringList& protocols = {u"carillon.v1"_qs}, const QByteArray& origin = {})
    {
        QNetworkRequest request(QUrl(u"ws://localhost:%1/ws/v1"_qs.arg(port)));
        if (!origin.isEmpty())
            request.setRawHeader("Origin", origin);
        QWebSocketHandshakeOptions options;
        options.setSubprotocols(protocols);
        bool refused = false;
        const auto watch
            = QObject::connect(&m_socket, &QWebSocket::stateChanged, &m_socket, [&](QAbstractSocket::SocketState state) {
                  refused = state == QAbstractSocket::UnconnectedState;
              });
        m_socket.open(request, options);
        const bool settled = QTest::qWaitFor([&] { return refused || m_socket.state() == QAbstractSocket::ConnectedState; });
        QObject::disconnect(watch);
        return settled && !refused;
    }

    void say(const QByteArray& json) { m_socket.sendTextMessage(QString::fromUtf8(json)); }
    // The first push with this op that came, or comes within a moment.
    QJsonObject push(const QString& op)
    {
        return find([&](const QJsonObject& object) { return object.value(u"op").toString() == op; });
    }
    QJsonObject reply(int id)
    {
        return find([&](const QJsonObject& object) { return object.value(u"id").toInt() == id; });
    }
    QString errorOf(int id) { return reply(id).value(u"error").toObject().value(u"code").toString(); }
    QList<qint64> seqs() const
    {
        QList<qint64> list;
        for (const QJsonObject& object : received) {
            if (object.value(u"op").toString() == u"event" && object.contains(u"seq"))
                list << object.value(u"seq").toInteger();
        }
        return list;
    }
    int closeCode()
    {
        const bool closed = QTest::qWaitFor([&] { return m_socket.state() == QAbstractSocket::UnconnectedState; }, 20'000);
        return closed ? int(m_socket.closeCode()) : 0;
    }
    // The server has read all that was sent until now, answers to its pings among it.
    bool isHeard()
    {
        QSignalSpy pongs(&m_socket, &QWebSocket::pong);
        m_socket.ping();
        return !pongs.isEmpty() || pongs.wait(20'000);
    }
    QWebSocket& socket() { return m_socket; }

    QList<QJsonObject> received;

private:
    template <typename Test>
    QJsonObject find(Test test)
    {
        const auto found = [&] { return std::find_if(received.begin(), received.end(), test); };
        return QTest::qWaitFor([&] { return found() != received.end(); }, 20'000) ? *found() : QJsonObject();
    }

    QWebSocket m_socket;
};

// A socket server behind HTTP, with a log and a clock that the test moves.
class SocketRoom : public QObject {
protected:
    ManualClock m_clock{1'700'000'000'000};
    SeededRandom m_random{1};
    std::unique_ptr<MemoryLog> m_log;
    std::unique_ptr<Feed> m_feed;
    std::unique_ptr<SocketServer> m_sockets;
    std::unique_ptr<HttpServer> m_http;
    quint16 m_port = 0;

    static JwtKey key() { return *JwtKey::fromSecret(Secret(QByteArray(32, 'k'))); }

    QByteArray token(qint64 validMs = 3'600'000, const QStringList& scopes = {u"feed:read"_qs},
                     const QString& subject = u"anna"_qs)
    {
        JwtClaims claims;
        claims.subject = subject;
        claims.scopes = scopes;
        claims.expiresAt = m_clock.now() + validMs;
        return *key().sign(claims);
    }

    void open()
    {
        m_log = std::make_unique<MemoryLog>();
        start();
    }

    void start(SocketServerOptions options = {}, FeedLimits limits = {})
    {
        stop();
        options.epoch = u"w-1"_qs;
        m_feed = std::make_unique<Feed>(*m_log, m_clock, limits);
        m_sockets = std::make_unique<SocketServer>(*m_feed, m_clock, m_random, key(), options);
        m_http = std::make_unique<HttpServer>(m_clock, HttpServerOptions());
        addSocketRoute(*m_http, *m_sockets);
        m_port = m_http->listen(QHostAddress::LocalHost, 0).value_or(0);
        QVERIFY(m_port != 0);
    }

    void stop()
    {
        m_http.reset();
        m_sockets.reset();
        m_feed.reset();
    }

    void append(int count, const QString& type = u"delivery.sent"_qs, qint64 campaign = 0)
    {
        for (int i = 0; i < count; ++i)
            m_log->append(type, campaign);
        m_log->announce();
        m_clock.advance(25);
    }

    // A client that has been welcomed.
    void greet(Dashboard& dashboard, const QByteArray& more = {})
    {
        QVERIFY(dashboard.open(m_port));
        dashboard.say("{\"id\":1,\"op\":\"hello\",\"token\":\"" + token() + "\"" + more + "}");
        QVERIFY(!dashboard.push(u"welcome"_qs).isEmpty());
    }
};

} // namespace carillon
