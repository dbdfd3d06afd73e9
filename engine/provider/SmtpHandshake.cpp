// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/SmtpHandshake.h"

#include <QCoreApplication>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Smtp", text);
}

} // namespace

SmtpHandshake::SmtpHandshake(const SmtpSettings& settings, SmtpPeer peer)
    : m_settings(settings)
    , m_peer(std::move(peer))
{
}

void SmtpHandshake::handle(const SmtpReply& reply, QByteArray& out)
{
    switch (m_state) {
    case State::Greeting: return onGreeting(reply, out);
    case State::Hello:
    case State::PlainHello: return onHello(reply, out);
    case State::StartTls: return onStartTls(reply);
    case State::Auth: return onAuth(reply, out);
    case State::TlsHandshake:
    case State::Done:
    case State::Failed: break;
    }
    failWith(smtpLost(tr("The mail server answered without being asked: %1").arg(wordsOf(reply))));
}

void SmtpHandshake::tlsStarted(QByteArray& out)
{
    m_peer.encrypted = true;
    m_capabilities = {};
    sayHello(out);
}

void SmtpHandshake::onGreeting(const SmtpReply& reply, QByteArray& out)
{
    if (reply.digit() != 2)
        return failWith(smtpRefused(tr("The mail server takes no connection: %1"), reply));
    m_greeting = wordsOf(reply);
    sayHello(out);
}

void SmtpHandshake::onHello(const SmtpReply& reply, QByteArray& out)
{
    if (reply.digit() == 5 && m_state == State::Hello) { // a server from before ESMTP (RFC 5321 3.2)
        m_state = State::PlainHello;
        out += "HELO " + m_peer.helloName + "\r\n";
        return;
    }
    if (reply.digit() != 2)
        return failWith(smtpRefused(tr("The mail server refused our greeting: %1"), reply));
    m_capabilities = m_state == State::Hello ? parseCapabilities(reply) : SmtpCapabilities();
    if (m_settings.security == SmtpSecurity::None || m_peer.encrypted)
        return startLogin(out);
    if (!m_capabilities.startTls) // never in the clear instead: a stripped keyword is how an attacker would ask for that
        return failWith(smtpMisconfigured(
            tr("The mail server does not offer STARTTLS, which this account demands. Choose another port or security."),
            ErrorCode::InvalidInput));
    m_state = State::StartTls;
    out += "STARTTLS\r\n";
}

void SmtpHandshake::onStartTls(const SmtpReply& reply)
{
    if (reply.digit() != 2)
        return failWith(smtpRefused(tr("The mail server did not start TLS: %1"), reply));
    m_state = State::TlsHandshake;
}

void SmtpHandshake::onAuth(const SmtpReply& reply, QByteArray& out)
{
    if (reply.digit() == 2) {
        m_auth.reset();
        m_state = State::Done;
        return;
    }
    if (reply.digit() == 3) {
        out += m_auth->answer(reply.text) + "\r\n";
        return;
    }
    const QString complaint = m_auth->complaint();
    m_auth.reset();
    if (reply.digit() == 4)
        return failWith(smtpRefused(tr("The mail server cannot check the login now: %1"), reply));
    const QString words = complaint.isEmpty() ? wordsOf(reply) : wordsOf(reply) + u' ' + complaint;
    failWith(smtpMisconfigured(tr("The mail server refused the login: %1").arg(words), ErrorCode::Unauthenticated,
                               codeOf(reply)));
}

void SmtpHandshake::sayHello(QByteArray& out)
{
    m_state = State::Hello;
    out += "EHLO " + m_peer.helloName + "\r\n";
}

void SmtpHandshake::startLogin(QByteArray& out)
{
    if (!m_settings.wantsLogin()) {
        m_state = State::Done;
        return;
    }
    const Result<SmtpAuthMethod> method
        = chooseAuth(m_settings.auth, m_capabilities.auth, m_peer.encrypted || m_peer.loopback);
    if (!method)
        return failWith(smtpMisconfigured(method.error().message, method.error().code));
    m_auth.emplace(*method, m_settings.username.toUtf8(), m_settings.password);
    m_state = State::Auth;
    out += m_auth->command() + "\r\n";
}

void SmtpHandshake::failWith(SmtpFailure failure)
{
    m_state = State::Failed;
    m_failure = std::move(failure);
}

} // namespace carillon
