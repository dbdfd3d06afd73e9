// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/ApiRequest.h"

#include "engine/base/Clock.h"
#include "engine/base/Json.h"

#include <QCoreApplication>

namespace carillon {

namespace {

const QString actorStart = QStringLiteral("token:");

QString tr(const char* text)
{
    return QCoreApplication::translate("Api", text);
}

HttpResponse refusal(const Error& error, const QString& scope)
{
    HttpResponse response = HttpResponse::problem(error);
    if (error.code == ErrorCode::Unauthenticated)
        response.with("WWW-Authenticate", "Bearer");
    else if (error.code == ErrorCode::Forbidden)
        response.with("WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"" + scope.toLatin1() + '"');
    return response;
}

} // namespace

ApiAccess::ApiAccess(JwtKey key, const Clock& clock)
    : m_key(std::move(key))
    , m_clock(clock)
{
}

HttpHandler ApiAccess::guarded(const QString& scope,
                               std::function<void(const Caller&, const HttpRequest&, const HttpResponder&)> handler) const
{
    return guardedByAny({scope},
                        [handler = std::move(handler)](const JwtClaims&, const Caller& caller, const HttpRequest& request,
                                                       const HttpResponder& to) { handler(caller, request, to); });
}

HttpHandler ApiAccess::guardedByAny(const QStringList& scopes, ClaimsHandler handler) const
{
    return [access = *this, scopes, handler = std::move(handler)](const HttpRequest& request, const HttpResponder& to) {
        const Result<JwtClaims> claims = access.claimsOf(request, scopes);
        if (claims)
            handler(*claims, {QStringLiteral("token:") + claims->subject, Role::Operator}, request, to);
        else
            to.respond(refusal(claims.error(), scopes.last()));
    };
}

// The last of the scopes is the one that an administrator can give.
Result<JwtClaims> ApiAccess::claimsOf(const HttpRequest& request, const QStringList& scopes) const
{
    const QByteArray field = request.header("Authorization");
    if (!field.toLower().startsWith("bearer "))
        return fail(ErrorCode::Unauthenticated,
                    tr("Show a token: \"Authorization: Bearer TOKEN\". \"carillonctl token NAME --scope %1\" makes one.")
                        .arg(scopes.last()));
    const QByteArray token = field.mid(7).trimmed();
    Result<JwtClaims> claims = fail(ErrorCode::Forbidden, {});
    for (const QString& scope : scopes) {
        JwtRules rules;
        rules.scopes = {scope};
        claims = m_key.verify(token, rules, m_clock.now());
        if (claims || claims.error().code != ErrorCode::Forbidden)
            break;
    }
    return claims;
}

tl::expected<QJsonObject, HttpResponse> jsonBodyOf(const HttpRequest& request)
{
    const QByteArray type = request.header("Content-Type").toLower().split(';').first().trimmed();
    if (type != "application/json")
        return tl::unexpected(HttpResponse::problem(415, tr("Send JSON, with \"Content-Type: application/json\".")));
    const Result<QJsonDocument> document = parseJson(request.body);
    if (!document)
        return tl::unexpected(HttpResponse::problem(400, tr("The body: %1").arg(document.error().message),
                                                    {{QStringLiteral("code"), codeName(ErrorCode::InvalidInput)}}));
    if (!document->isObject())
        return tl::unexpected(
            HttpResponse::problem({ErrorCode::InvalidInput, tr("The body is an object: {\"topic\": ...}."), {}}));
    return document->object();
}

Result<qint64> idOf(const HttpRequest& request, const QString& parameter)
{
    const QString text = request.parameters.value(parameter);
    bool ok = false;
    const qint64 id = text.toLongLong(&ok);
    if (!ok || id <= 0)
        return fail(ErrorCode::NotFound, tr("There is nothing with the number \"%1\".").arg(text.left(64)));
    return id;
}

} // namespace carillon
