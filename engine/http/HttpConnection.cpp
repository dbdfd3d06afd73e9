// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/HttpConnection.h"

#include "engine/base/Clock.h"
#include "engine/http/HttpServer.h"

#include <QPointer>
#include <QTcpSocket>

#include <sys/socket.h>

namespace carillon {

namespace {

// What Qt reads ahead of us; beyond it the kernel's window closes and the client waits. It must hold a whole head.
constexpr qint64 ReadBuffer = 64 * 1024;
constexpr qint64 BodyPiece = 32 * 1024;
// How long a client that was refused may still send, so that it reads the refusal before its connection breaks.
constexpr qint64 LingerMs = 2'000;

} // namespace

HttpConnection::HttpConnection(HttpServer& server, QTcpSocket* socket)
    : m_server(server)
    , m_socket(socket)
    , m_parser(server.m_options.limits)
{
    m_socket->setReadBufferSize(qMax(ReadBuffer, 2 * qint64(server.m_options.limits.head)));
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    attach();
    enter(State::Head, m_server.m_options.headMs);
}

HttpConnection::~HttpConnection()
{
    if (m_socket)
        m_socket->disconnect(this);
}

void HttpConnection::attach()
{
    m_socket->setParent(this);
    connect(m_socket, &QTcpSocket::readyRead, this, &HttpConnection::advance);
    connect(m_socket, &QTcpSocket::bytesWritten, this, &HttpConnection::wrote);
    connect(m_socket, &QTcpSocket::disconnected, this, &HttpConnection::closed);
    // What came before anyone listened was announced to nobody.
    QMetaObject::invokeMethod(this, &HttpConnection::advance, Qt::QueuedConnection);
}

void HttpConnection::enter(State state, qint64 withinMs)
{
    m_state = state;
    m_deadline = m_server.m_clock.steady() + withinMs;
}

void HttpConnection::advance()
{
    if (!m_socket)
        return;
    switch (m_state) {
    case State::Head: readHead(); break;
    case State::Body: readBody(); break;
    case State::Closing: m_socket->skip(m_socket->bytesAvailable()); break;
    case State::Answering:
    case State::Writing: break; // the next request waits its turn in the socket
    }
}

void HttpConnection::readHead()
{
    // RFC 9112, section 2.2: empty lines before the request line are ignored.
    while (!m_begun && m_socket->peek(2) == "\r\n")
        m_socket->skip(2);
    const QByteArray seen = m_socket->peek(m_server.m_options.limits.head);
    if (seen.isEmpty())
        return;
    if (!m_begun) {
        m_begun = true;
        enter(State::Head, m_server.m_options.headMs);
    }
    const qsizetype size = m_parser->findHead(seen);
    if (refuseHead(size, seen) || size == 0 || handOver())
        return;
    m_socket->skip(size);
    m_keepAlive = m_keepAlive && m_parser->keepAlive();
    if (m_parser->expectsContinue() && !m_parser->complete() && m_socket->bytesAvailable() == 0)
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
    enter(State::Body, m_server.m_options.bodyMs);
    readBody();
}

bool HttpConnection::refuseHead(qsizetype size, QByteArrayView seen)
{
    if (m_parser->failure() == 0 && size > 0)
        m_parser->takeHead(seen.first(size));
    if (m_parser->failure() != 0) {
        m_headOnly = m_parser->head().method == "HEAD";
        refuse(m_parser->failure(), m_parser->failureReason());
        return true;
    }
    const HttpRequest& head = m_parser->head();
    // No browser speaks HTTP/1.0, so one without a Host cannot be a rebound page.
    const bool named = head.version == 11 || headerCount(head.headers, "Host") > 0;
    if (size > 0 && named && !m_server.answersTo(head.header("Host"))) {
        m_headOnly = head.method == "HEAD";
        refuse(
            421,
            tr("This server does not answer to that host name. If the name is right, add it to the server's host names."));
        return true;
    }
    return false;
}

bool HttpConnection::handOver()
{
    if (!m_parser->complete() || !m_server.isUpgrade(m_parser->head()))
        return false;
    QTcpSocket* socket = std::exchange(m_socket, nullptr);
    socket->disconnect(this);
    socket->setParent(nullptr);
    HttpRequest request = m_parser->takeRequest();
    request.peer = socket->peerAddress();
    std::optional<HttpResponse> refusal = m_server.m_upgrades.value(request.path)(socket, request);
    if (!refusal) {
        Q_EMIT closed();
        return true;
    }
    m_socket = socket;
    attach();
    m_keepAlive = false;
    write(*std::move(refusal));
    return true;
}

void HttpConnection::readBody()
{
    while (!m_parser->complete() && m_socket->bytesAvailable() > 0) {
        const QByteArray seen = m_socket->peek(BodyPiece);
        const qsizetype used = m_parser->takeBody(seen);
        if (m_parser->failure() != 0) {
            refuse(m_parser->failure(), m_parser->failureReason());
            return;
        }
        if (used == 0 && seen.size() >= BodyPiece) {
            refuse(400, tr("A chunk's header or the trailer is longer than this server takes."));
            return;
        }
        if (used == 0 && !m_parser->complete())
            return;
        m_socket->skip(used);
    }
    if (m_parser->complete())
        dispatch();
}

void HttpConnection::dispatch()
{
    HttpRequest request = m_parser->takeRequest();
    request.peer = m_socket->peerAddress();
    m_headOnly = request.method == "HEAD";
    m_http10 = request.version == 10;
    enter(State::Answering, m_server.m_options.answerMs);
    const quint64 number = ++m_request;
    m_server.m_router.dispatch(std::move(request), HttpResponder([self = QPointer(this), number](HttpResponse response) {
                                   if (self)
                                       self->answer(number, std::move(response));
                               }));
}

void HttpConnection::answer(quint64 request, HttpResponse response)
{
    if (m_socket && m_state == State::Answering && request == m_request)
        write(std::move(response));
}

void HttpConnection::refuse(int status, const QString& reason)
{
    m_keepAlive = false;
    write(HttpResponse::problem(status, reason));
}

void HttpConnection::write(HttpResponse response)
{
    m_server.finish(response);
    m_keepAlive = m_keepAlive && !m_server.m_stopping;
    if (!m_keepAlive)
        response.with("Connection", "close");
    else if (m_http10)
        response.with("Connection", "keep-alive");
    enter(State::Writing, m_server.m_options.idleMs);
    m_socket->write(serialize(response, m_headOnly));
}

void HttpConnection::wrote()
{
    if (!m_socket || m_state != State::Writing)
        return;
    if (m_socket->bytesToWrite() > 0)
        enter(State::Writing, m_server.m_options.idleMs);
    else if (m_keepAlive)
        nextRequest();
    else
        linger();
}

void HttpConnection::nextRequest()
{
    m_parser.emplace(m_server.m_options.limits);
    m_begun = false;
    m_headOnly = false;
    enter(State::Head, m_server.m_options.idleMs);
    QMetaObject::invokeMethod(this, &HttpConnection::advance, Qt::QueuedConnection);
}

// Closing with unread octets in the kernel resets the connection, and the client may lose the answer: so the sending side is
// closed first, and what still comes is thrown away for a moment.
void HttpConnection::linger()
{
    ::shutdown(int(m_socket->socketDescriptor()), SHUT_WR);
    enter(State::Closing, LingerMs);
    advance();
}

void HttpConnection::checkDeadline(qint64 now)
{
    if (!m_socket || now < m_deadline)
        return;
    switch (m_state) {
    case State::Head:
        if (m_begun)
            refuse(408, tr("The request's head did not come in time."));
        else
            m_socket->disconnectFromHost();
        break;
    case State::Body: refuse(408, tr("The request's body did not come in time.")); break;
    case State::Answering:
        m_keepAlive = false;
        answer(m_request, HttpResponse::problem(504, tr("The answer took too long.")));
        break;
    case State::Writing:
    case State::Closing: m_socket->abort(); break;
    }
}

void HttpConnection::closeWhenAnswered()
{
    m_keepAlive = false;
    if (m_socket && m_state == State::Head && !m_begun)
        m_socket->disconnectFromHost();
}

} // namespace carillon
