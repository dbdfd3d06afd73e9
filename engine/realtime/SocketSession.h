// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/realtime/CommandAllowance.h"
#include "engine/realtime/SocketOutlet.h"
#include "engine/realtime/SocketProtocol.h"
#include "engine/realtime/SocketServer.h"
#include "engine/realtime/SocketSubscriptions.h"

class QWebSocket;

namespace carillon {

// One client of the socket server, from its handshake to its end. Belongs to the server, which deletes it after gone().
class SocketSession : public QObject {
    Q_OBJECT

public:
    SocketSession(SocketServer& server, QWebSocket* socket, QTcpSocket* tcp, const QHostAddress& peer);
    ~SocketSession() override;

    // Starts; `claims` when the token came with the handshake.
    void open(const QList<QByteArray>& offered, std::optional<JwtClaims> claims);
    // Acts on what is due: hello, heartbeat, expiry, stall, close.
    void check();
    // A new snapshot is there: sent now, or when the client has taken what waits; the latest wins.
    void offerStats();
    void bye(quint16 code, const QString& reason, int retryAfter);
    SocketClientInfo info() const;

Q_SIGNALS:
    void gone();

private:
    enum class State { Greeting, Open, Closing };

    void onText(const QString& text);
    void onDrained();
    bool allowCommand(const protocol::Command& command);
    void obey(const protocol::Command& command);
    void hello(const protocol::Command& command);
    bool authenticate(const protocol::Command& command);
    void welcome(const QJsonObject& hello);
    void subscribe(const protocol::Command& command);
    void unsubscribe(const protocol::Command& command);
    void refresh(const protocol::Command& command);
    void ping(const protocol::Command& command);
    void stream();
    void onEntries(const QList<LogEntry>& entries);
    void onCut(qint64 from, qint64 to);
    void more();
    void checkToken(qint64 now);
    void push(const QJsonObject& object);
    void refuse(const protocol::Command& command, const QString& code, const QString& message, int retryAfter = 0);
    void send(const QByteArray& frames);
    void close(quint16 code, const QString& reason);

    SocketServer& m_server;
    QWebSocket* m_socket;
    QPointer<QTcpSocket> m_tcp; // the QWebSocket's
    SocketOutlet m_outlet;
    CommandAllowance m_allowance;
    SocketClientInfo m_info;
    State m_state = State::Greeting;
    std::optional<JwtClaims> m_claims;
    bool m_bearer = false; // the token came with the handshake
    bool m_warned = false; // that the token ends
    std::unique_ptr<FeedSubscription> m_feed;
    SocketSubscriptions m_subscriptions;
    qint64 m_from = 0; // where the stream begins
    bool m_wantsStats = false;
    bool m_statsDue = false;
    // Steady times.
    qint64 m_heardAt = 0;
    qint64 m_pingedAt = 0;
    qint64 m_clientPingAt = 0;
    qint64 m_deadline = 0; // of hello, then of the close
};

} // namespace carillon
