// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/HttpMessage.h"

#include <QStringList>

#include <functional>
#include <memory>

namespace carillon {

// The way to answer one request, now or later, once. Copyable; every copy answers the same request. Use it in the server's
// thread only: an answer that comes from another thread is brought back with QFuture::then(context, ...).
//
// The client may be gone by then: the answer is dropped, nothing else happens. When the last copy dies without an answer,
// the client gets 500, so that no mistake leaves a client waiting.
class HttpResponder {
public:
    using Answer = std::function<void(HttpResponse)>;

    explicit HttpResponder(Answer answer);

    void respond(HttpResponse response) const;

private:
    struct Once;
    std::shared_ptr<Once> m_once;
};

// Takes a request and answers it through the responder; must not block.
using HttpHandler = std::function<void(const HttpRequest&, HttpResponder)>;
// For what can be answered at once.
using HttpFunction = std::function<HttpResponse(const HttpRequest&)>;

// Which handler answers which method and path. Patterns are literal but for whole segments in braces: "{name}" takes one
// segment that is not empty, and "{name*}", last only, takes the rest, slashes included:
//
//     router.add("GET", u"/u/{token}"_qs, handler);
//     router.add("GET", u"/assets/{path*}"_qs, handler);
//
// The first pattern that fits wins. HEAD is answered by GET's handler; the server leaves the body out.
class HttpRouter {
public:
    void add(const QByteArray& method, const QString& pattern, HttpHandler handler);
    void add(const QByteArray& method, const QString& pattern, HttpFunction function);

    // Calls the handler; 404 when no pattern fits the path, 405 with Allow when one does but not the method; OPTIONS is
    // answered with Allow.
    void dispatch(HttpRequest request, const HttpResponder& responder) const;

private:
    struct Route {
        QByteArray method;
        QStringList segments;
        HttpHandler handler;
    };

    static bool fits(const Route& route, const QStringList& segments, QHash<QString, QString>& parameters);
    void refuseMethod(const HttpRequest& request, QList<QByteArray> allowed, const HttpResponder& responder) const;

    QList<Route> m_routes;
};

} // namespace carillon
