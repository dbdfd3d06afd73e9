// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/SmtpAuth.h"

#include "engine/provider/SmtpReply.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QMessageAuthenticationCode>

namespace carillon {

namespace {

constexpr qsizetype maxCommandOctets = 510; // RFC 5321 4.5.3.1.4 less CRLF; it binds AUTH as well (RFC 4954 4)

QString tr(const char* text)
{
    return QCoreApplication::translate("Smtp", text);
}

QByteArray saslName(SmtpAuthMethod method)
{
    switch (method) {
    case SmtpAuthMethod::Plain: return "PLAIN";
    case SmtpAuthMethod::Login: return "LOGIN";
    case SmtpAuthMethod::CramMd5: return "CRAM-MD5";
    case SmtpAuthMethod::XOAuth2: return "XOAUTH2";
    case SmtpAuthMethod::OAuthBearer: return "OAUTHBEARER";
    case SmtpAuthMethod::Auto:
    case SmtpAuthMethod::None: break;
    }
    return {};
}

Result<SmtpAuthMethod> chooseAny(const QByteArrayList& offered, bool isPrivate)
{
    for (const SmtpAuthMethod method : {SmtpAuthMethod::Plain, SmtpAuthMethod::Login, SmtpAuthMethod::CramMd5}) {
        if (offered.contains(saslName(method)) && (isPrivate || method == SmtpAuthMethod::CramMd5))
            return method;
    }
    if (offered.contains("PLAIN") || offered.contains("LOGIN"))
        return fail(ErrorCode::InvalidInput, tr("The server takes the password only in the clear. Choose TLS or STARTTLS."),
                    QStringLiteral("security"));
    if (offered.isEmpty())
        return fail(ErrorCode::InvalidInput,
                    tr("The server offers no login here. Leave the user name empty, or choose another port or security."),
                    QStringLiteral("auth"));
    const QString names = QString::fromLatin1(offered.join(", ").left(200));
    return fail(ErrorCode::InvalidInput,
                tr("The server offers only these kinds of login: %1. Choose one of them.").arg(names),
                QStringLiteral("auth"));
}

} // namespace

Result<SmtpAuthMethod> chooseAuth(SmtpAuthMethod wanted, const QByteArrayList& offered, bool isPrivate)
{
    if (wanted == SmtpAuthMethod::None)
        return wanted;
    if (wanted == SmtpAuthMethod::Auto)
        return chooseAny(offered, isPrivate);
    const QString name = QString::fromLatin1(saslName(wanted));
    if (wanted != SmtpAuthMethod::CramMd5 && !isPrivate)
        return fail(ErrorCode::InvalidInput,
                    tr("%1 would show the password on the network. Choose TLS or STARTTLS.").arg(name),
                    QStringLiteral("security"));
    if (!offered.contains(saslName(wanted)))
        return fail(ErrorCode::InvalidInput, tr("The server does not offer %1. Choose another kind of login.").arg(name),
                    QStringLiteral("auth"));
    return wanted;
}

SmtpAuth::SmtpAuth(SmtpAuthMethod method, QByteArray username, Secret secret)
    : m_method(method)
    , m_username(std::move(username))
    , m_secret(std::move(secret))
{
}

QByteArray SmtpAuth::command()
{
    const QByteArray bare = "AUTH " + saslName(m_method);
    const QByteArray response = initialResponse();
    if (response.isEmpty() || bare.size() + 1 + response.size() > maxCommandOctets)
        return bare;
    m_initialSent = true;
    return bare + ' ' + response;
}

QByteArray SmtpAuth::answer(const QByteArray& challenge)
{
    switch (m_method) {
    case SmtpAuthMethod::Login: return answerLogin();
    case SmtpAuthMethod::CramMd5: return answerCramMd5(challenge);
    case SmtpAuthMethod::Plain:
    case SmtpAuthMethod::XOAuth2:
    case SmtpAuthMethod::OAuthBearer: return answerInitial(challenge);
    case SmtpAuthMethod::Auto:
    case SmtpAuthMethod::None: break;
    }
    return "*";
}

QByteArray SmtpAuth::initialResponse() const
{
    if (m_method == SmtpAuthMethod::Plain) // RFC 4616: no authorization identity but the user's own
        return QByteArray(QByteArray(1, '\0') + m_username + '\0' + m_secret.reveal()).toBase64();
    if (m_method == SmtpAuthMethod::XOAuth2)
        return QByteArray("user=" + m_username + "\1auth=Bearer " + m_secret.reveal() + "\1\1").toBase64();
    if (m_method == SmtpAuthMethod::OAuthBearer) // RFC 7628 3.1, the name escaped as RFC 5801 4 says
        return QByteArray("n,a=" + QByteArray(m_username).replace('=', "=3D").replace(',', "=2C") + ",\1auth=Bearer "
                          + m_secret.reveal() + "\1\1")
            .toBase64();
    return {};
}

// The prompts say "Username:" and "Password:" in many spellings; their order is what all servers agree on.
QByteArray SmtpAuth::answerLogin()
{
    switch (m_step++) {
    case 0: return m_username.toBase64();
    case 1: return m_secret.reveal().toBase64();
    default: return "*";
    }
}

// RFC 2195 2: the user name and the HMAC-MD5 of the challenge, in hex.
QByteArray SmtpAuth::answerCramMd5(const QByteArray& challenge)
{
    const auto decoded = QByteArray::fromBase64Encoding(challenge.trimmed(), QByteArray::AbortOnBase64DecodingErrors);
    if (m_step++ > 0 || !decoded || decoded.decoded.isEmpty())
        return "*";
    const QByteArray digest = QMessageAuthenticationCode::hash(decoded.decoded, m_secret.reveal(), QCryptographicHash::Md5);
    return QByteArray(m_username + ' ' + digest.toHex()).toBase64();
}

// The first 334 asks for the response that did not fit the command. Any other is a token's refusal in JSON, which XOAUTH2
// ends with an empty line and OAUTHBEARER with a ^A (RFC 7628 3.2.3).
QByteArray SmtpAuth::answerInitial(const QByteArray& challenge)
{
    if (!m_initialSent) {
        m_initialSent = true;
        return initialResponse();
    }
    if (m_method == SmtpAuthMethod::Plain || m_step++ > 0)
        return "*";
    m_complaint = wordsOf({334, QByteArray::fromBase64(challenge)});
    return m_method == SmtpAuthMethod::OAuthBearer ? QByteArray("\1").toBase64() : QByteArray();
}

} // namespace carillon
