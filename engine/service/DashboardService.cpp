// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/DashboardService.h"

#include "engine/base/Clock.h"
#include "engine/security/Jwt.h"

#include <QCoreApplication>

namespace carillon {

namespace {

constexpr qint64 dayMs = 86'400'000;
constexpr qint64 longestTokenMs = 366 * dayMs;

QString tr(const char* text)
{
    return QCoreApplication::translate("DashboardService", text);
}

Status checkScopes(const QStringList& scopes)
{
    const QStringList known = TokenScope::all();
    for (const QString& scope : scopes) {
        if (!known.contains(scope))
            return fail(ErrorCode::InvalidInput,
                        tr("There is no scope \"%1\". Use %2.").arg(scope, known.join(QStringLiteral(", "))),
                        QStringLiteral("scope"));
    }
    if (scopes.isEmpty())
        return fail(ErrorCode::InvalidInput, tr("A token needs a scope: %1.").arg(known.join(QStringLiteral(", "))),
                    QStringLiteral("scope"));
    return {};
}

} // namespace

DashboardService::DashboardService(const Clock& clock, JwtKey key, QUrl address)
    : m_clock(clock)
    , m_key(std::move(key))
    , m_address(std::move(address))
{
}

Result<QString> DashboardService::issueToken(const Caller& caller, const QString& subject, qint64 validMs,
                                             const QStringList& scopes) const
{
    if (const Status allowed = caller.require(Role::Administrator); !allowed)
        return fail(allowed.error());
    if (validMs <= 0 || validMs > longestTokenMs)
        return fail(ErrorCode::InvalidInput, tr("A token is valid for at least a moment and at most a year."),
                    QStringLiteral("valid"));
    if (const Status good = checkScopes(scopes); !good)
        return fail(good.error());
    return sign(subject, validMs, scopes);
}

Result<QUrl> DashboardService::signedAddress(const Caller& caller) const
{
    if (const Status allowed = caller.require(Role::Viewer); !allowed)
        return fail(allowed.error());
    if (m_address.isEmpty())
        return fail(ErrorCode::Conflict, tr("The web dashboard is switched off, or its port is taken."));
    const Result<QString> token = sign(caller.actor, dayMs, {TokenScope::FeedRead});
    if (!token)
        return fail(token.error());
    QUrl address = m_address;
    address.setFragment(QStringLiteral("token=") + *token);
    return address;
}

Result<QString> DashboardService::sign(const QString& subject, qint64 validMs, const QStringList& scopes) const
{
    JwtClaims claims;
    claims.subject = subject;
    claims.scopes = scopes;
    claims.issuedAt = m_clock.now();
    claims.expiresAt = claims.issuedAt + validMs;
    const Result<QByteArray> token = m_key.sign(claims);
    if (!token)
        return fail(token.error());
    return QString::fromLatin1(*token);
}

} // namespace carillon
