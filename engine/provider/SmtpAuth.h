// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/base/Secret.h"

#include <QByteArrayList>

namespace carillon {

enum class SmtpAuthMethod { Auto, None, Plain, Login, CramMd5, XOAuth2, OAuthBearer };

// The mechanism to use with a server that offers `offered`. PLAIN and LOGIN show the password, XOAUTH2 and OAUTHBEARER the
// token, so they are taken only when `isPrivate`: inside TLS, or on the loopback interface. Auto prefers, inside TLS, PLAIN,
// LOGIN, CRAM-MD5, and outside CRAM-MD5. The error says what to change.
Result<SmtpAuthMethod> chooseAuth(SmtpAuthMethod wanted, const QByteArrayList& offered, bool isPrivate);

// The client's side of one SASL exchange (RFC 4954). Lines are without CRLF; they hold the secret and must not be logged.
class SmtpAuth {
public:
    SmtpAuth(SmtpAuthMethod method, QByteArray username, Secret secret);

    // The AUTH command. A first response that would make it longer than 512 octets waits for the server's empty challenge.
    QByteArray command();
    // The answer to a 334; "*" gives up on a challenge that makes no sense.
    QByteArray answer(const QByteArray& challenge);
    // What an XOAUTH2 or OAUTHBEARER server said of the token before it refused (a JSON text), bounded; empty for others.
    QString complaint() const { return m_complaint; }

private:
    QByteArray initialResponse() const;
    QByteArray answerLogin();
    QByteArray answerCramMd5(const QByteArray& challenge);
    QByteArray answerInitial(const QByteArray& challenge);

    SmtpAuthMethod m_method;
    QByteArray m_username;
    Secret m_secret;
    bool m_initialSent = false;
    int m_step = 0;
    QString m_complaint;
};

} // namespace carillon
