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
    return [access = *this, scope, handler = std::move(handler)](const HttpRequest& request, const HttpResponder& to) {
        const Result<Caller> caller = access.callerOf(request, scope);
        if (caller)
            handler(*caller, request, to);
        else
            to.respond(refusal(caller.error(), scope));
    };
}

HttpHandler ApiAccess::guardedByAny(
    const QStringList& scopes,
    std::function<void(const Caller&, const QString& scope, const HttpRequest&, const HttpResponder&)> handler) const
{
    return [access = *this, scopes, handler = std::move(handler)](const HttpRequest& request, const HttpResponder& to) {
        for (const QString& scope : scopes) {
            if (const Result<Caller> caller = access.callerOf(request, scope))
                return handler(*caller, scope, request, to);
        }
        to.respond(refusal(access.callerOf(request, scopes.first()).error(), scopes.first()));
    };
}

Result<Caller> ApiAccess::callerOf(const HttpRequest& request, const QString& scope) const
{
    const QByteArray field = request.header("Authorization");
    if (!field.toLower().startsWith("bearer "))
        return fail(ErrorCode::Unauthenticated,
                    tr("Show a token: \"Authorization: Bearer TOKEN\". \"carillonctl token NAME --scope %1\" makes one.")
                        .arg(scope));
    JwtRules rules;
    rules.scopes = {scope};
    const Result<JwtClaims> claims = m_key.verify(field.mid(7).trimmed(), rules, m_clock.now());
    if (!claims)
        return fail(claims.error());
    return Caller{actorStart + claims->subject, Role::Operator};
}

QString ApiAccess::subjectOf(const Caller& caller)
{
    return caller.actor.mid(actorStart.size());
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
