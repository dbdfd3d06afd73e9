// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/SmtpCapabilities.h"
#include "engine/provider/SmtpFailure.h"
#include "engine/provider/SmtpSettings.h"

#include <optional>

namespace carillon {

// What the connection knows before a word is said.
struct SmtpPeer {
    QByteArray helloName; // our name for EHLO
    bool encrypted = false; // TLS from the start
    bool loopback = false; // the server is on this machine
};

// From the greeting to the end of the login: greeting, EHLO (or HELO), STARTTLS and EHLO again, AUTH. No I/O: replies in,
// octets out. Each command waits for its reply, since none of these may be pipelined but as the last of a group (RFC
// 2920 3.1).
class SmtpHandshake {
public:
    enum class State { Greeting, Hello, PlainHello, StartTls, TlsHandshake, Auth, Done, Failed };

    // `settings` must outlive it.
    SmtpHandshake(const SmtpSettings& settings, SmtpPeer peer);

    // Takes the next reply and appends what is to be sent.
    void handle(const SmtpReply& reply, QByteArray& out);
    // TLS is up: what was learned in the clear is forgotten.
    void tlsStarted(QByteArray& out);

    State state() const { return m_state; }
    const SmtpFailure& failure() const { return m_failure; } // when Failed
    const SmtpCapabilities& capabilities() const { return m_capabilities; }
    const QString& greeting() const { return m_greeting; }
    bool isEncrypted() const { return m_peer.encrypted; }

private:
    void onGreeting(const SmtpReply& reply, QByteArray& out);
    void onHello(const SmtpReply& reply, QByteArray& out);
    void onStartTls(const SmtpReply& reply);
    void onAuth(const SmtpReply& reply, QByteArray& out);
    void sayHello(QByteArray& out);
    void startLogin(QByteArray& out);
    void failWith(SmtpFailure failure);

    const SmtpSettings& m_settings;
    SmtpPeer m_peer;
    State m_state = State::Greeting;
    SmtpCapabilities m_capabilities;
    std::optional<SmtpAuth> m_auth;
    QString m_greeting;
    SmtpFailure m_failure;
};

} // namespace carillon
