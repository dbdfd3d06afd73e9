// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/http/HttpRouter.h"
#include "engine/model/Caller.h"
#include "engine/security/Jwt.h"

namespace carillon {

class Clock;

// What every route of the API asks of a request before its own work.
//
// An application shows a token of the workspace ("Authorization: Bearer ..."); it is an operator, called "token:<subject>",
// as far as the token's scopes go.
class ApiAccess {
public:
    // The clock outlives this.
    ApiAccess(JwtKey key, const Clock& clock);

    // The handler is called for requests with a token of that scope (TokenScope); others are answered here: 401 with a
    // challenge (RFC 6750, section 3) or 403.
    HttpHandler guarded(const QString& scope,
                        std::function<void(const Caller&, const HttpRequest&, const HttpResponder&)> handler) const;

    // The same for a token with any of these scopes; the handler is told which, the first that fits.
    HttpHandler guardedByAny(
        const QStringList& scopes,
        std::function<void(const Caller&, const QString& scope, const HttpRequest&, const HttpResponder&)> handler) const;

    // The subject of the token that a caller showed.
    static QString subjectOf(const Caller& caller);

private:
    Result<Caller> callerOf(const HttpRequest& request, const QString& scope) const;

    JwtKey m_key;
    const Clock& m_clock;
};

// The body, a JSON object; else the answer that says what is wrong: 415 for another type, 400 for what is no JSON, 422 for
// JSON that is no object.
tl::expected<QJsonObject, HttpResponse> jsonBodyOf(const HttpRequest& request);

// The number in a route's parameter; NotFound when it is none.
Result<qint64> idOf(const HttpRequest& request, const QString& parameter);

} // namespace carillon
