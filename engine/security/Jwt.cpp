// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/security/Jwt.h"

#include "engine/base/Json.h"
#include "engine/security/Hmac.h"

#include <QCoreApplication>

#include <cmath>

namespace carillon {

namespace {

// Seconds beyond the year 9999 are no date, and keep the arithmetic in milliseconds far from overflow.
constexpr double LastSecond = 253'402'300'799.0;

QString say(const char* text)
{
    return QCoreApplication::translate("Jwt", text);
}

tl::unexpected<Error> refuse(const char* text)
{
    return fail(ErrorCode::Unauthenticated, say(text));
}

void putSeconds(QJsonObject& payload, const QString& name, qint64 ms)
{
    if (ms != 0)
        payload.insert(name, ms / 1000);
}

void putText(QJsonObject& payload, const QString& name, const QString& value)
{
    if (!value.isEmpty())
        payload.insert(name, value);
}

QJsonObject payloadOf(const JwtClaims& claims)
{
    QJsonObject payload = claims.other;
    putText(payload, QStringLiteral("jti"), claims.id);
    putText(payload, QStringLiteral("iss"), claims.issuer);
    putText(payload, QStringLiteral("sub"), claims.subject);
    putText(payload, QStringLiteral("scope"), claims.scopes.join(u' '));
    if (claims.audience.size() == 1)
        payload.insert(QStringLiteral("aud"), claims.audience.first());
    else if (!claims.audience.isEmpty())
        payload.insert(QStringLiteral("aud"), QJsonArray::fromStringList(claims.audience));
    putSeconds(payload, QStringLiteral("iat"), claims.issuedAt);
    putSeconds(payload, QStringLiteral("nbf"), claims.notBefore);
    putSeconds(payload, QStringLiteral("exp"), claims.expiresAt);
    return payload;
}

// Each take...() removes its claim from the payload, so that what is left is "other"; false when it has the wrong shape.
bool takeText(QJsonObject& payload, const QString& name, QString& into)
{
    const QJsonValue value = payload.take(name);
    into = value.toString();
    return value.isUndefined() || value.isString();
}

bool takeSeconds(QJsonObject& payload, const QString& name, qint64& into)
{
    const QJsonValue value = payload.take(name);
    if (value.isUndefined())
        return true;
    const double seconds = value.toDouble(-1);
    if (!(seconds > 0 && seconds <= LastSecond))
        return false;
    into = static_cast<qint64>(std::floor(seconds * 1000));
    return true;
}

bool takeAudience(QJsonObject& payload, QStringList& into)
{
    const QJsonValue value = payload.take(QStringLiteral("aud"));
    const QJsonArray list = value.isArray() ? value.toArray() : value.isUndefined() ? QJsonArray() : QJsonArray{value};
    for (const QJsonValue& entry : list) {
        if (!entry.isString())
            return false;
        into << entry.toString();
    }
    return true;
}

Result<JwtClaims> claimsOf(QJsonObject payload)
{
    JwtClaims claims;
    QString scope;
    const bool good = takeText(payload, QStringLiteral("jti"), claims.id)
        && takeText(payload, QStringLiteral("iss"), claims.issuer)
        && takeText(payload, QStringLiteral("sub"), claims.subject) && takeText(payload, QStringLiteral("scope"), scope)
        && takeAudience(payload, claims.audience) && takeSeconds(payload, QStringLiteral("iat"), claims.issuedAt)
        && takeSeconds(payload, QStringLiteral("nbf"), claims.notBefore)
        && takeSeconds(payload, QStringLiteral("exp"), claims.expiresAt);
    if (!good)
        return refuse(QT_TRANSLATE_NOOP("Jwt", "A claim of the token has the wrong type."));
    claims.scopes = scope.split(u' ', Qt::SkipEmptyParts);
    claims.other = payload;
    return claims;
}

// A part of the token that holds a JSON object; nothing when it does not.
std::optional<QJsonObject> objectIn(QByteArrayView encoded)
{
    const std::optional<QByteArray> text = fromBase64Url(encoded);
    if (!text)
        return std::nullopt;
    const Result<QJsonObject> object = parseJsonObject(*text);
    return object ? std::optional(*object) : std::nullopt;
}

Status checkHeader(QByteArrayView encoded)
{
    const std::optional<QJsonObject> header = objectIn(encoded);
    if (!header)
        return refuse(QT_TRANSLATE_NOOP("Jwt", "This is not a token: its header cannot be read."));
    if (header->value(QStringLiteral("alg")) != QStringLiteral("HS256"))
        return refuse(QT_TRANSLATE_NOOP("Jwt", "The token is signed with another algorithm than HS256."));
    // An extension marked critical that we do not know must be refused (RFC 7515 section 4.1.11); we know none.
    if (header->contains(QStringLiteral("crit")))
        return refuse(QT_TRANSLATE_NOOP("Jwt", "The token needs an extension that is not supported."));
    return {};
}

Status checkTimes(const JwtClaims& claims, qint64 leewayMs, qint64 now)
{
    if (claims.expiresAt == 0)
        return refuse(QT_TRANSLATE_NOOP("Jwt", "The token has no expiry."));
    if (now >= claims.expiresAt + leewayMs)
        return refuse(QT_TRANSLATE_NOOP("Jwt", "The token has expired."));
    if (claims.notBefore > now + leewayMs || claims.issuedAt > now + leewayMs)
        return refuse(QT_TRANSLATE_NOOP("Jwt", "The token is not valid yet: compare the clocks of the two machines."));
    return {};
}

Status checkRules(const JwtClaims& claims, const JwtRules& rules)
{
    if (!rules.issuer.isEmpty() && claims.issuer != rules.issuer)
        return refuse(QT_TRANSLATE_NOOP("Jwt", "The token comes from another issuer."));
    if (!rules.audience.isEmpty() && !claims.audience.contains(rules.audience))
        return refuse(QT_TRANSLATE_NOOP("Jwt", "The token is meant for another audience."));
    for (const QString& scope : rules.scopes) {
        if (!claims.scopes.contains(scope))
            return fail(ErrorCode::Forbidden,
                        QCoreApplication::translate("Jwt", "The token does not allow \"%1\".").arg(scope),
                        QStringLiteral("scope"));
    }
    return {};
}

Status checkSignable(const JwtClaims& claims)
{
    if (claims.expiresAt <= 0)
        return fail(ErrorCode::InvalidInput, say(QT_TRANSLATE_NOOP("Jwt", "A token needs an expiry.")),
                    QStringLiteral("exp"));
    for (const QString& scope : claims.scopes) {
        if (scope.isEmpty() || scope.contains(u' '))
            return fail(ErrorCode::InvalidInput,
                        say(QT_TRANSLATE_NOOP("Jwt", "A scope must not be empty or contain a blank.")),
                        QStringLiteral("scope"));
    }
    return {};
}

} // namespace

Result<JwtKey> JwtKey::fromSecret(const Secret& secret)
{
    if (secret.reveal().size() < MinKeyBytes)
        return fail(ErrorCode::InvalidInput,
                    QCoreApplication::translate("Jwt", "A signing key needs at least %1 bytes.").arg(MinKeyBytes));
    return JwtKey(secret);
}

Result<QByteArray> JwtKey::sign(const JwtClaims& claims) const
{
    if (const Status good = checkSignable(claims); !good)
        return fail(good.error());
    const QByteArray body
        = toBase64Url(R"({"alg":"HS256","typ":"JWT"})") + '.' + toBase64Url(compactJson(payloadOf(claims)));
    const QByteArray token = body + '.' + toBase64Url(hmacSha256(m_secret, body));
    if (token.size() > MaxTokenBytes)
        return fail(ErrorCode::InvalidInput,
                    QCoreApplication::translate("Jwt", "The token would be longer than %1 bytes.").arg(MaxTokenBytes));
    return token;
}

Result<JwtClaims> JwtKey::verify(const QByteArray& token, const JwtRules& rules, qint64 now) const
{
    const qsizetype first = token.indexOf('.');
    const qsizetype second = token.indexOf('.', first + 1);
    if (token.size() > MaxTokenBytes || first < 0 || second < 0)
        return refuse(QT_TRANSLATE_NOOP("Jwt", "This is not a token."));
    const QByteArrayView view(token);
    if (const Status header = checkHeader(view.first(first)); !header)
        return fail(header.error());
    const std::optional<QByteArray> signature = fromBase64Url(view.sliced(second + 1));
    if (!signature || !equalInConstantTime(*signature, hmacSha256(m_secret, view.first(second))))
        return refuse(QT_TRANSLATE_NOOP("Jwt", "The token's signature is wrong."));
    const std::optional<QJsonObject> payload = objectIn(view.sliced(first + 1, second - first - 1));
    if (!payload)
        return refuse(QT_TRANSLATE_NOOP("Jwt", "The token's claims cannot be read."));
    Result<JwtClaims> claims = claimsOf(*payload);
    if (!claims)
        return claims;
    if (const Status times = checkTimes(*claims, rules.leewayMs, now); !times)
        return fail(times.error());
    if (const Status allowed = checkRules(*claims, rules); !allowed)
        return fail(allowed.error());
    return claims;
}

} // namespace carillon
