// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/base/Secret.h"

#include <QJsonObject>
#include <QStringList>

namespace carillon {

// What a JSON Web Token says (RFC 7519 section 4). Times are UTC milliseconds here and whole seconds on the wire; 0: absent.
struct JwtClaims {
    QString id; // jti
    QString issuer; // iss
    QString subject; // sub: who it is for
    QStringList audience; // aud: what it is good for
    QStringList scopes; // scope (RFC 8693 section 4.2): what it allows
    qint64 issuedAt = 0; // iat
    qint64 notBefore = 0; // nbf
    qint64 expiresAt = 0; // exp; a token without one is neither made nor taken
    QJsonObject other; // every further claim

    friend bool operator==(const JwtClaims&, const JwtClaims&) = default;
};

// What a token must say to be taken. Empty: not asked for.
struct JwtRules {
    QString issuer;
    QString audience; // must be among the token's
    QStringList scopes; // all of them must be among the token's
    qint64 leewayMs = 30'000; // how far the issuer's clock may be off
};

// One key with its one algorithm, HS256: the token's header has no say in it, so "none" and every other algorithm is refused
// (RFC 8725 sections 2.1 and 3.1). Immutable, thread-safe.
//
//     Result<JwtKey> key = JwtKey::fromSecret(secret);
//     JwtClaims claims;
//     claims.subject = u"dashboard"_qs;
//     claims.scopes = {u"log:read"_qs};
//     claims.expiresAt = clock.now() + 900'000;
//     Result<QByteArray> token = key->sign(claims);
//     JwtRules rules;
//     rules.scopes = {u"log:read"_qs};
//     Result<JwtClaims> who = key->verify(*token, rules, clock.now());
class JwtKey {
public:
    static constexpr int MinKeyBytes = 32; // RFC 7518 section 3.2
    static constexpr int MaxTokenBytes = 8 * 1024; // fits one HTTP header

    // InvalidInput when the secret is shorter than MinKeyBytes.
    static Result<JwtKey> fromSecret(const Secret& secret);

    // InvalidInput without expiresAt, with a blank in a scope, or when the token would be longer than MaxTokenBytes.
    Result<QByteArray> sign(const JwtClaims& claims) const;

    // Unauthenticated when the token is not ours, not valid at `now` (UTC milliseconds) or not for this audience; Forbidden
    // when it is but lacks a scope. Takes any bytes; no error repeats anything of the token.
    Result<JwtClaims> verify(const QByteArray& token, const JwtRules& rules, qint64 now) const;

private:
    explicit JwtKey(Secret secret)
        : m_secret(std::move(secret))
    {
    }

    Secret m_secret;
};

} // namespace carillon
