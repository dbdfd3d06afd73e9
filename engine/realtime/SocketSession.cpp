// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/realtime/SocketSession.h"

#include "engine/base/Clock.h"
#include "engine/base/Json.h"
#include "engine/base/Random.h"
#include "engine/security/InboxToken.h"

#include <QWebSocket>

namespace carillon {

namespace {

constexpr quint64 MaxMessage = 64 * 1024; // from a client; beyond, QWebSocket closes with 1009
constexpr qint64 CloseMs = 5'000; // for the closing handshake
constexpr qint64 WarnMs = 60'000; // before the token ends
constexpr qint64 ClientPingMs = 5'000;
constexpr qsizetype MaxClientName = 100;

} // namespace

SocketSession::SocketSession(SocketServer& server, QWebSocket* socket, QTcpSocket* tcp, const QHostAddress& peer)
    : QObject(nullptr)
    , m_server(server)
    , m_socket(socket)
    , m_tcp(tcp)
    , m_outlet(tcp, server.m_clock, server.m_options.highWater, server.m_options.lowWater, this)
    , m_allowance(server.m_options.commandsPerSecond, server.m_clock.steady())
{
    const qint64 now = m_server.m_clock.steady();
    m_heardAt = m_pingedAt = now;
    m_clientPingAt = now - ClientPingMs;
    m_deadline = now + m_server.m_options.helloMs;
    m_info.session = u"s_"_qs + m_server.m_random.hex(8);
    m_info.peer = peer.toString();
    m_info.connectedAt = m_server.m_clock.now();
    m_socket->setParent(this);
    m_socket->setMaxAllowedIncomingFrameSize(MaxMessage);
    m_socket->setMaxAllowedIncomingMessageSize(MaxMessage);
    m_tcp->setReadBufferSize(2 * qint64(MaxMessage));
    connect(m_socket, &QWebSocket::textMessageReceived, this, &SocketSession::onText);
    connect(m_socket, &QWebSocket::binaryMessageReceived, this,
            [this] { close(protocol::UnsupportedData, QStringLiteral("only text messages")); });
    connect(m_socket, &QWebSocket::disconnected, this, &SocketSession::gone);
    connect(m_tcp, &QTcpSocket::readyRead, this, [this] { m_heardAt = m_server.m_clock.steady(); });
    connect(&m_outlet, &SocketOutlet::drained, this, &SocketSession::onDrained);
}

SocketSession::~SocketSession()
{
    m_socket->disconnect(this);
    if (m_tcp)
        m_tcp->disconnect(this);
}

void SocketSession::open(const QList<QByteArray>& offered, std::optional<JwtClaims> claims)
{
    // A browser breaks off by itself here; the others are told.
    if (!offered.isEmpty() && !offered.contains(protocol::Name)) {
        close(protocol::UnknownVersion, QStringLiteral("this server speaks carillon.v1"));
        return;
    }
    m_claims = std::move(claims);
    m_bearer = m_claims.has_value();
    if (m_bearer)
        welcome({});
}

SocketClientInfo SocketSession::info() const
{
    SocketClientInfo info = m_info;
    info.sentBytes = m_outlet.sentBytes();
    info.seq = m_feed ? m_feed->cursor() : m_from;
    return info;
}

void SocketSession::onText(const QString& text)
{
    if (m_state == State::Closing)
        return;
    const auto command = protocol::parseCommand(text);
    if (!command)
        close(protocol::BadMessage, command.error().message);
    else if (allowCommand(*command))
        obey(*command);
}

bool SocketSession::allowCommand(const protocol::Command& command)
{
    switch (m_allowance.take(m_server.m_clock.steady())) {
    case CommandAllowance::Answer::Yes: return true;
    case CommandAllowance::Answer::TooSoon:
        refuse(command, QStringLiteral("rate_limited"), tr("Too many commands: wait a second."), 1);
        return false;
    case CommandAllowance::Answer::Flood: close(protocol::Policy, QStringLiteral("too many commands")); return false;
    }
    return false;
}

void SocketSession::obey(const protocol::Command& command)
{
    if (command.op == u"pong")
        return;
    if (command.op == u"hello")
        hello(command);
    else if (m_state == State::Greeting)
        refuse(command, QStringLiteral("unauthenticated"), tr("Say hello first."));
    else if (command.op == u"subscribe")
        subscribe(command);
    else if (command.op == u"unsubscribe")
        unsubscribe(command);
    else if (command.op == u"refresh")
        refresh(command);
    else if (command.op == u"ping")
        ping(command);
    else
        refuse(command, QStringLiteral("unknown_op"), tr("There is no command \"%1\".").arg(command.op.left(64)));
}

void SocketSession::hello(const protocol::Command& command)
{
    // With a bearer the welcome came already; a hello may still say where to begin, once and before anything is subscribed.
    const bool again = m_state == State::Open && !(m_bearer && !m_feed && m_info.client.isEmpty());
    if (again || (m_bearer && command.body.contains(u"token"))) {
        refuse(command, QStringLiteral("bad_request"), tr("Hello is said once, and with one token."));
        return;
    }
    if (!m_bearer && !authenticate(command))
        return;
    m_info.client = command.body.value(u"client").toString().left(MaxClientName);
    if (m_info.client.isEmpty())
        m_info.client = tr("unnamed");
    send(protocol::frame(protocol::reply(command.id)));
    welcome(command.body);
}

bool SocketSession::authenticate(const protocol::Command& command)
{
    auto claims = m_server.verify(command.body.value(u"token").toString().toUtf8());
    if (claims) {
        m_claims = *std::move(claims);
        return true;
    }
    const bool forbidden = claims.error().code == ErrorCode::Forbidden;
    refuse(command, codeName(claims.error().code), claims.error().message);
    close(forbidden ? protocol::Forbidden : protocol::Unauthenticated, claims.error().message);
    return false;
}

void SocketSession::welcome(const QJsonObject& hello)
{
    const qint64 head = m_server.m_feed.lastSeq();
    const QJsonObject resume = hello.value(u"resume").toObject();
    const qint64 seq = resume.value(u"seq").toInteger(-1);
    const bool recovered = resume.value(u"epoch").toString() == m_server.m_options.epoch && seq >= 0 && seq <= head
        && head - seq <= m_server.m_options.maxReplay;
    const qint64 tail = std::clamp<qint64>(hello.value(u"tail").toInteger(), 0, protocol::MaxTail);
    m_from = recovered ? seq : qMax<qint64>(0, head - tail);
    m_state = State::Open;
    m_info.subject = m_claims->subject;
    push({{QStringLiteral("op"), QStringLiteral("welcome")},
          {QStringLiteral("session"), m_info.session},
          {QStringLiteral("epoch"), m_server.m_options.epoch},
          {QStringLiteral("seq"), head},
          {QStringLiteral("from"), m_from},
          {QStringLiteral("recovered"), recovered},
          {QStringLiteral("time"), protocol::isoTime(m_server.m_clock.now())},
          {QStringLiteral("ping_interval"), m_server.m_options.pingMs / 1000},
          {QStringLiteral("expires_in"), (m_claims->expiresAt - m_server.m_clock.now()) / 1000}});
}

void SocketSession::refresh(const protocol::Command& command)
{
    auto claims = m_server.verify(command.body.value(u"token").toString().toUtf8());
    if (!claims) {
        refuse(command, codeName(claims.error().code), claims.error().message);
        return;
    }
    if (claims->subject != m_claims->subject || inboxHolder(*claims) != inboxHolder(*m_claims)) {
        refuse(command, codeName(ErrorCode::Forbidden), tr("The new token is for someone else."));
        return;
    }
    m_claims = *std::move(claims);
    m_warned = false;
    send(protocol::frame(protocol::reply(command.id)));
}

void SocketSession::ping(const protocol::Command& command)
{
    const qint64 now = m_server.m_clock.steady();
    if (now - m_clientPingAt < ClientPingMs) {
        refuse(command, QStringLiteral("rate_limited"), tr("One ping in five seconds is enough."), int(ClientPingMs / 1000));
        return;
    }
    m_clientPingAt = now;
    send(protocol::frame(protocol::reply(command.id)));
}

void SocketSession::check()
{
    const qint64 now = m_server.m_clock.steady();
    if (m_state == State::Closing) {
        if (now >= m_deadline && m_tcp)
            m_tcp->abort();
        return;
    }
    if (m_state == State::Greeting) {
        if (now >= m_deadline)
            close(protocol::HelloTimeout, QStringLiteral("no hello"));
        return;
    }
    if (now - m_heardAt >= m_server.m_options.deadMs) {
        m_tcp->abort();
        return;
    }
    if (m_outlet.stalledFor() >= m_server.m_options.stallMs && m_outlet.isStalled()) {
        close(protocol::SlowConsumer, QStringLiteral("too slow: come back and resume"));
        return;
    }
    if (now - m_pingedAt >= m_server.m_options.pingMs) {
        m_pingedAt = now;
        m_socket->ping();
        // A page does not see the ping of the protocol, but needs to know that the line is alive.
        push({{QStringLiteral("op"), QStringLiteral("ping")}});
    }
    m_allowance.calm();
    checkToken(m_server.m_clock.now());
}

void SocketSession::checkToken(qint64 now)
{
    const qint64 left = m_claims->expiresAt - now;
    if (left <= 0) {
        close(protocol::Unauthenticated, QStringLiteral("the token has expired"));
    } else if (left <= WarnMs && !std::exchange(m_warned, true)) {
        push({{QStringLiteral("op"), QStringLiteral("expiring")}, {QStringLiteral("in"), left / 1000}});
    }
}

void SocketSession::bye(quint16 code, const QString& reason, int retryAfter)
{
    if (m_state == State::Closing)
        return;
    push({{QStringLiteral("op"), QStringLiteral("bye")},
          {QStringLiteral("code"), int(code)},
          {QStringLiteral("reason"), reason},
          {QStringLiteral("reconnect"), true},
          {QStringLiteral("retry_after"), retryAfter}});
    close(code, reason);
}

void SocketSession::push(const QJsonObject& object)
{
    send(protocol::frame(compactJson(object)));
}

void SocketSession::refuse(const protocol::Command& command, const QString& code, const QString& message, int retryAfter)
{
    if (command.id > 0)
        send(protocol::frame(protocol::refusal(command.id, code, message, retryAfter > 0, retryAfter)));
}

void SocketSession::send(const QByteArray& frames)
{
    if (m_state == State::Closing)
        return;
    m_outlet.send(frames);
    if (m_outlet.isOverfull())
        close(protocol::SlowConsumer, QStringLiteral("too slow: come back and resume"));
}

void SocketSession::close(quint16 code, const QString& reason)
{
    if (m_state == State::Closing)
        return;
    m_state = State::Closing;
    m_deadline = m_server.m_clock.steady() + CloseMs;
    m_feed.reset();
    QString brief = reason.left(120);
    while (brief.toUtf8().size() > 123) // RFC 6455, section 5.5: what a control frame holds beside the code
        brief.chop(1);
    m_socket->close(QWebSocketProtocol::CloseCode(code), brief);
}

} // namespace carillon
