// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/SmtpConnection.h"

#include <QHostAddress>
#include <QNetworkProxy>
#include <QSysInfo>
#include <QUrl>

#include <array>

#include <sys/socket.h>

namespace carillon {

namespace {

constexpr qint64 readChunk = 16 * 1024;

} // namespace

SmtpConnection::SmtpConnection(const SmtpSettings& settings, const QSslConfiguration& tls, const Clock& clock,
                               SmtpWork& work, QObject* parent)
    : QObject(parent)
    , m_settings(settings)
    , m_clock(clock)
    , m_work(work)
{
    if (settings.security == SmtpSecurity::None) {
        m_socket = std::make_unique<QTcpSocket>();
    } else {
        auto socket = std::make_unique<QSslSocket>();
        m_tls = socket.get();
        m_tls->setSslConfiguration(tls);
        m_tls->setPeerVerifyName(settings.host);
        connect(m_tls, &QSslSocket::encrypted, this, &SmtpConnection::onEncrypted);
        connect(m_tls, &QSslSocket::newSessionTicketReceived, this, &SmtpConnection::keepTicket); // TLS 1.3
        connect(m_tls, &QSslSocket::sslErrors, this,
                [this](const QList<QSslError>& errors) { m_certificateFault = errors.value(0).errorString(); });
        m_socket = std::move(socket);
    }
    m_socket->setProxy(QNetworkProxy::NoProxy);
    connect(m_socket.get(), &QTcpSocket::connected, this, &SmtpConnection::onConnected);
    connect(m_socket.get(), &QTcpSocket::readyRead, this, &SmtpConnection::onReadyRead);
    connect(m_socket.get(), &QTcpSocket::bytesWritten, this, &SmtpConnection::progress);
    connect(m_socket.get(), &QTcpSocket::errorOccurred, this, &SmtpConnection::onError);
}

void SmtpConnection::open()
{
    progress();
    m_socket->connectToHost(m_settings.host, m_settings.port);
}

void SmtpConnection::pump()
{
    if (m_ended || !m_session || m_encrypting)
        return;
    if (m_session->isReady() && !m_readyTold) {
        m_readyTold = true;
        m_work.ready(*this);
    }
    settle();
    takeJobs();
    if (m_session->isOver()) // what it still had to say concerns jobs that it has given back
        return finish(m_session->failure());
    write(m_session->takeOutput());
    if (m_ended)
        return;
    if (m_session->wantsTls()) {
        m_encrypting = true;
        progress();
        m_tls->startClientEncryption();
    }
}

void SmtpConnection::retire()
{
    if (m_ended)
        return;
    if (!m_session)
        return finish({});
    progress();
    m_session->quit();
    pump();
}

void SmtpConnection::checkTime()
{
    if (m_ended)
        return;
    const qint64 waited = m_clock.steady() - m_since;
    if (!m_session || m_encrypting) {
        if (waited >= m_settings.timeouts.connectMs)
            breakOff(smtpLost(tr("No connection to %1 within %2 seconds.").arg(m_settings.host).arg(waited / 1'000),
                              ErrorCode::Timeout));
        return;
    }
    if (m_socket->bytesToWrite() > 0 && waited >= m_settings.timeouts.blockMs)
        return breakOff(
            smtpLost(tr("The mail server has not read on for %1 seconds.").arg(waited / 1'000), ErrorCode::Timeout));
    const std::optional<SmtpSession::Awaited> awaited = m_session->awaited();
    if (!awaited && waited >= m_settings.timeouts.idleMs)
        return retire();
    if (awaited && m_socket->bytesToWrite() == 0 && waited >= awaited->patienceMs)
        breakOff(
            smtpLost(tr("The mail server has not answered \"%1\" for %2 seconds.").arg(awaited->what).arg(waited / 1'000),
                     ErrorCode::Timeout));
}

void SmtpConnection::onConnected()
{
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption,
                              1); // else the kernel holds small writes back for the server's delayed ACK
    progress();
    if (m_settings.security == SmtpSecurity::Tls)
        m_tls->startClientEncryption();
    else
        startSession();
}

void SmtpConnection::onEncrypted()
{
    m_encrypting = false;
    keepTicket();
    if (!m_session)
        return startSession();
    progress();
    m_session->tlsStarted();
    pump();
}

void SmtpConnection::keepTicket()
{
    if (const QByteArray ticket = m_tls->sslConfiguration().sessionTicket(); !ticket.isEmpty())
        m_work.ticketReceived(ticket);
}

void SmtpConnection::startSession()
{
    SmtpPeer peer;
    peer.helloName = helloName();
    peer.encrypted = m_tls && m_tls->isEncrypted();
    peer.loopback = m_socket->peerAddress().isLoopback();
    m_session.emplace(m_settings, std::move(peer));
    progress();
    onReadyRead();
}

void SmtpConnection::onReadyRead()
{
    if (!m_session || m_encrypting || m_ended)
        return;
    std::array<char, readChunk> chunk;
    while (true) {
        const qint64 got = m_socket->read(chunk.data(), readChunk);
        if (got <= 0)
            break;
        m_session->receive(QByteArrayView(chunk.data(), got));
    }
    if (m_session->replies() != m_repliesSeen) { // a server that drips single octets makes no progress
        m_repliesSeen = m_session->replies();
        progress();
    }
    pump();
}

void SmtpConnection::onError(QAbstractSocket::SocketError error)
{
    const SmtpFailure failure = failureOf(error);
    onReadyRead(); // the server's last words may say more
    breakOff(failure);
}

SmtpFailure SmtpConnection::failureOf(QAbstractSocket::SocketError error) const
{
    const QString where = QStringLiteral("%1:%2").arg(m_settings.host).arg(m_settings.port);
    if (!m_certificateFault.isEmpty())
        return smtpMisconfigured(tr("The certificate of %1 is not trusted: %2").arg(where, m_certificateFault),
                                 ErrorCode::Network);
    switch (error) {
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError:
        return smtpMisconfigured(tr("TLS with %1 failed: %2").arg(where, m_socket->errorString()), ErrorCode::Network);
    case QAbstractSocket::HostNotFoundError:
        return smtpLost(tr("The name of the mail server, %1, was not found.").arg(m_settings.host));
    case QAbstractSocket::ConnectionRefusedError: return smtpLost(tr("Nothing takes connections at %1.").arg(where));
    case QAbstractSocket::RemoteHostClosedError: return smtpLost(tr("The mail server %1 closed the connection.").arg(where));
    default: break;
    }
    return smtpLost(tr("The connection to %1 failed: %2").arg(where, m_socket->errorString()));
}

// RFC 5321 4.1.3: a client without a name in the DNS says its address.
QByteArray SmtpConnection::helloName() const
{
    if (m_settings.helloName.startsWith(u'['))
        return m_settings.helloName.toLatin1();
    const QString name = m_settings.helloName.isEmpty() ? QSysInfo::machineHostName() : m_settings.helloName;
    const QByteArray ascii = QUrl::toAce(name);
    if (!ascii.isEmpty() && (name.contains(u'.') || !m_settings.helloName.isEmpty()))
        return ascii;
    QHostAddress local = m_socket->localAddress();
    local.setScopeId({});
    const QByteArray text = local.toString().toLatin1();
    return (local.protocol() == QAbstractSocket::IPv6Protocol ? QByteArray("[IPv6:") : QByteArray("[")) + text + ']';
}

void SmtpConnection::takeJobs()
{
    const bool wasIdle = !m_session->awaited();
    bool any = false;
    while (m_session->wantsJob()) {
        std::optional<SmtpJob> job = m_work.nextJob();
        if (!job)
            break;
        m_session->submit(std::move(*job));
        any = true;
    }
    if (!any)
        return;
    if (wasIdle)
        progress();
    settle(); // what the session refused by itself
}

void SmtpConnection::settle()
{
    if (QList<Outcome> outcomes = m_session->takeOutcomes(); !outcomes.isEmpty())
        m_work.answered(std::move(outcomes));
    if (QList<SmtpJob> unsent = m_session->takeUnsent(); !unsent.isEmpty())
        m_work.giveBack(*this, std::move(unsent));
}

// Straight to the kernel while nothing waits before it: QTcpSocket would keep a copy and come back for it through the event
// loop, which at thousands of mails a second costs more than all else here.
void SmtpConnection::write(const QByteArray& octets)
{
    if (octets.isEmpty())
        return;
    qsizetype sent = 0;
    if (!m_tls && m_socket->bytesToWrite() == 0)
        sent = qMax<ssize_t>(0,
                             ::send(int(m_socket->socketDescriptor()), octets.constData(), size_t(octets.size()),
                                    MSG_NOSIGNAL | MSG_DONTWAIT));
    if (sent < octets.size())
        m_socket->write(octets.constData() + sent, octets.size() - sent);
    if (m_tls)
        m_socket->flush();
}

void SmtpConnection::breakOff(const SmtpFailure& failure)
{
    if (m_ended)
        return;
    if (!m_session)
        return finish(failure);
    m_session->lost(failure, m_socket->bytesToWrite());
    finish(m_session->failure());
}

void SmtpConnection::finish(std::optional<SmtpFailure> failure)
{
    m_ended = true;
    m_failure = std::move(failure);
    if (m_session)
        settle();
    m_socket->disconnect(this);
    m_socket->abort();
    m_work.ended(*this);
}

} // namespace carillon
