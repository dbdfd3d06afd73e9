// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Json.h"
#include "engine/provider/CheckKinds.h"
#include "engine/security/Hmac.h"

#include <QCoreApplication>
#include <QCryptographicHash>

namespace carillon {

namespace {

constexpr qsizetype MaxToken = 8 * 1024;

QString tr(const char* text)
{
    return QCoreApplication::translate("JwtCheck", text);
}

QJsonObject objectOf(const QByteArray& part)
{
    const auto decoded = fromBase64Url(part);
    const Result<QJsonObject> object = parseJsonObject(decoded.value_or(QByteArray()));
    return object.value_or(QJsonObject());
}

// "Authorization: Bearer <JWT>" by HS256 (RFC 7515, RFC 8725), short-lived, one of whose claims is the hex SHA-256 of the
// body. Unlike our own tokens these need no "exp": their age is told by "iat".
class JwtCheck final : public CallbackCheck {
public:
    explicit JwtCheck(JsonReader& entry)
        : m_secret(readCheckSecret(entry))
        , m_bodyHash(entry.text(QStringLiteral("bodyHash"), JsonReader::Required))
        , m_toleranceMs(readTolerance(entry))
    {
    }

    Status check(const Callback& callback, const RequestValues& account, qint64 now) const override
    {
        const Result<Secret> secret = checkSecret(m_secret, account);
        if (!secret)
            return fail(secret.error());
        const QByteArray field = callback.header("Authorization");
        const QList<QByteArray> parts = field.left(MaxToken).mid(7).trimmed().split('.');
        if (!field.toLower().startsWith("bearer ") || field.size() > MaxToken || parts.size() != 3)
            return notGenuine(tr("It is not signed: the header Authorization has no token."));
        // The header has no say in the algorithm but to agree.
        const bool isHs256 = objectOf(parts[0]).value(u"alg").toString() == QStringLiteral("HS256");
        const QByteArray content = parts[0] + '.' + parts[1];
        const QByteArray own = toBase64Url(hmacSha256(*secret, content));
        if (!isHs256 || !equalInConstantTime(own, parts[2]))
            return notGenuine(tr("Its signature is wrong: check the signature secret in the account's settings."));
        return checkClaims(objectOf(parts[1]), callback.body, now);
    }

private:
    Status checkClaims(const QJsonObject& claims, const QByteArray& body, qint64 now) const
    {
        const QByteArray issued = QByteArray::number(claims.value(u"iat").toInteger(-1));
        if (const auto fresh = freshTime(issued, m_toleranceMs, now); !fresh)
            return fail(fresh.error());
        if (claims.contains(u"exp") && claims.value(u"exp").toDouble() * 1'000 < static_cast<double>(now - m_toleranceMs))
            return notGenuine(tr("Its token has expired."));
        const QByteArray hash = claims.value(m_bodyHash).toString().toLatin1().toLower();
        const QByteArray own = QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex();
        if (!equalInConstantTime(own, hash))
            return notGenuine(tr("Its body is not what was signed."));
        return {};
    }

    RequestTemplate m_secret;
    QString m_bodyHash;
    qint64 m_toleranceMs;
};

} // namespace

std::shared_ptr<const CallbackCheck> readJwtCheck(JsonReader& entry)
{
    return std::make_shared<JwtCheck>(entry);
}

} // namespace carillon
