// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/SmtpSession.h"

#include <QCoreApplication>

namespace carillon {

namespace {

constexpr qint64 quitPatienceMs = 5'000; // nothing hangs on the answer to QUIT

QString tr(const char* text)
{
    return QCoreApplication::translate("Smtp", text);
}

} // namespace

SmtpSession::SmtpSession(const SmtpSettings& settings, SmtpPeer peer)
    : m_settings(settings)
    , m_handshake(settings, std::move(peer))
{
}

void SmtpSession::receive(QByteArrayView octets)
{
    if (m_over || wantsTls())
        return;
    m_parser.feed(octets);
    while (!m_over) {
        Result<std::optional<SmtpReply>> next = m_parser.next();
        if (!next)
            return end(smtpLost(next.error().message), 0);
        if (!next->has_value())
            return;
        ++m_replies;
        onReply(**next);
        if (wantsTls())
            return m_parser.clear();
    }
}

bool SmtpSession::wantsTls() const
{
    return !m_over && m_handshake.state() == SmtpHandshake::State::TlsHandshake;
}

void SmtpSession::tlsStarted()
{
    m_handshake.tlsStarted(m_out.pending());
}

bool SmtpSession::wantsJob() const
{
    return isReady() && !m_quitWanted && m_transactions->wantsJob();
}

void SmtpSession::submit(SmtpJob job)
{
    m_transactions->submit(std::move(job), m_out);
}

void SmtpSession::quit()
{
    m_quitWanted = true;
    if (m_over || m_quitSent)
        return;
    if (!m_transactions)
        return end({}, 0);
    if (!m_transactions->isIdle())
        return;
    m_quitSent = true;
    m_out.pending() += "QUIT\r\n";
}

void SmtpSession::lost(const SmtpFailure& failure, qint64 unwritten)
{
    end(failure, unwritten);
}

std::optional<SmtpSession::Awaited> SmtpSession::awaited() const
{
    const SmtpTimeouts& timeouts = m_settings.timeouts;
    switch (m_handshake.state()) {
    case SmtpHandshake::State::Greeting: return Awaited{QStringLiteral("220"), timeouts.greetingMs};
    case SmtpHandshake::State::Hello: return Awaited{QStringLiteral("EHLO"), timeouts.commandMs};
    case SmtpHandshake::State::PlainHello: return Awaited{QStringLiteral("HELO"), timeouts.commandMs};
    case SmtpHandshake::State::StartTls: return Awaited{QStringLiteral("STARTTLS"), timeouts.commandMs};
    case SmtpHandshake::State::TlsHandshake: return Awaited{QStringLiteral("TLS"), timeouts.connectMs};
    case SmtpHandshake::State::Auth: return Awaited{QStringLiteral("AUTH"), timeouts.commandMs};
    case SmtpHandshake::State::Done:
    case SmtpHandshake::State::Failed: break;
    }
    if (m_quitSent)
        return Awaited{QStringLiteral("QUIT"), quitPatienceMs};
    if (!m_transactions || m_transactions->isIdle())
        return {};
    switch (m_transactions->awaiting()) {
    case SmtpStep::Mail: return Awaited{QStringLiteral("MAIL"), timeouts.commandMs};
    case SmtpStep::Rcpt: return Awaited{QStringLiteral("RCPT"), timeouts.commandMs};
    case SmtpStep::Reset: return Awaited{QStringLiteral("RSET"), timeouts.commandMs};
    case SmtpStep::Data: return Awaited{QStringLiteral("DATA"), timeouts.dataMs};
    case SmtpStep::Body:
    case SmtpStep::LoneDot: break;
    }
    return Awaited{QStringLiteral("."), timeouts.finalMs};
}

void SmtpSession::onReply(const SmtpReply& reply)
{
    if (m_transactions)
        return onReadyReply(reply);
    m_handshake.handle(reply, m_out.pending());
    if (m_handshake.state() == SmtpHandshake::State::Failed)
        end(m_handshake.failure(), 0);
    else if (m_handshake.state() == SmtpHandshake::State::Done)
        m_transactions.emplace(m_handshake.capabilities(), m_settings.pipelining, m_settings.messagesPerConnection);
}

void SmtpSession::onReadyReply(const SmtpReply& reply)
{
    if (m_quitSent)
        return end({}, 0);
    if (reply.code == 421) { // any command may get it, or none (RFC 5321 3.8)
        const SmtpFailure closing = smtpRefused(tr("The mail server closes the connection: %1"), reply);
        m_transactions->refuseBody(reply, closing);
        return end(closing, 0);
    }
    if (const std::optional<SmtpFailure> failure = m_transactions->handle(reply, m_out))
        return end(failure, 0);
    if (m_transactions->isIdle() && (m_quitWanted || m_transactions->isExhausted()))
        quit();
}

void SmtpSession::end(std::optional<SmtpFailure> failure, qint64 unwritten)
{
    if (m_over)
        return;
    m_over = true;
    const bool inPeace = m_transactions && m_transactions->isIdle();
    if (m_transactions && failure)
        m_transactions->abandon(*failure, m_out.position() - unwritten - m_out.pending().size());
    if (!inPeace)
        m_failure = std::move(failure);
}

} // namespace carillon
