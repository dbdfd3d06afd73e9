// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/Provider.h"
#include "engine/provider/SmtpAuth.h"
#include "engine/provider/SmtpDkim.h"

namespace carillon {

enum class SmtpSecurity {
    None, // never TLS
    StartTls, // TLS by STARTTLS, and nothing without it
    Tls, // TLS from the first octet (RFC 8314 3.3)
};

// How long a silent server is waited for; the RFC's own minima are the defaults (RFC 5321 4.5.3.2).
struct SmtpTimeouts {
    qint64 connectMs = 30'000; // name, TCP and TLS handshake
    qint64 greetingMs = 300'000;
    qint64 commandMs = 300'000; // EHLO, AUTH, MAIL, RCPT, RSET
    qint64 dataMs = 120'000; // DATA until its 354
    qint64 blockMs = 180'000; // a stretch of the body that the server does not read
    qint64 finalMs = 600'000; // the closing dot; a shorter wait makes duplicates
    qint64 idleMs = 30'000; // our own: an unused connection is kept that long
};

// A checked account of the `smtp` provider.
struct SmtpSettings {
    QString host;
    quint16 port = 0;
    SmtpSecurity security = SmtpSecurity::StartTls;
    SmtpAuthMethod auth = SmtpAuthMethod::Auto;
    QString username;
    Secret password;
    QString helloName; // empty: this machine's name when it has a domain, else its address
    QString caFile; // PEM, trusted beside the system's certificates
    int maxConnections = 8;
    int messagesPerConnection = 500; // 0: no limit
    bool pipelining = true; // when offered
    SmtpTimeouts timeouts;
    std::shared_ptr<const DkimSigner> dkim; // null: mails go out as they are

    bool wantsLogin() const { return auth != SmtpAuthMethod::None && !(auth == SmtpAuthMethod::Auto && username.isEmpty()); }
};

// The form of an account.
ProviderDescription smtpDescription();

// An account's fields as settings; fields that are missing take their defaults. Errors name the field.
Result<SmtpSettings> parseSmtpSettings(const AccountConfig& config);

} // namespace carillon
