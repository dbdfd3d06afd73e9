// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/DashboardRoutes.h"

#include "engine/http/HttpServer.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>

namespace carillon {

namespace {

// Only the page's own scripts and styles run, nothing is loaded from elsewhere, and no other page may frame it.
constexpr const char* PagePolicy
    = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
      "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

// The type of a part of the page; empty: not one.
QByteArray typeOf(const QString& name)
{
    if (name.endsWith(u".js"_qs))
        return "text/javascript; charset=utf-8";
    if (name.endsWith(u".css"_qs))
        return "text/css; charset=utf-8";
    if (name.endsWith(u".svg"_qs))
        return "image/svg+xml";
    if (name.endsWith(u".html"_qs))
        return "text/html; charset=utf-8";
    return {};
}

HttpResponse serve(const HttpRequest& request, const QString& name)
{
    const QByteArray type = typeOf(name);
    QFile file(u":/dashboard/"_qs + name);
    if (type.isEmpty() || !file.open(QIODevice::ReadOnly))
        return HttpResponse::problem(404, QCoreApplication::translate("Http", "There is nothing at this address."));
    const QByteArray body = file.readAll();
    const QByteArray tag = '"' + QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex().left(16) + '"';
    const bool known = headerHas(request.headers, "If-None-Match", tag);
    HttpResponse response = known ? HttpResponse{304, {}, {}} : HttpResponse::of(200, type, body);
    // Asked for anew each time, so that a page never runs with parts of another version.
    response.with("ETag", tag).with("Cache-Control", "no-cache");
    response.with("Content-Security-Policy", PagePolicy);
    return response;
}

} // namespace

void addDashboardRoutes(HttpServer& server)
{
    HttpRouter& router = server.router();
    router.add("GET", u"/"_qs, [](const HttpRequest& request) { return serve(request, u"index.html"_qs); });
    router.add("GET", u"/favicon.ico"_qs, [](const HttpRequest& request) { return serve(request, u"icon.svg"_qs); });
    router.add("GET", u"/assets/{name}"_qs,
               [](const HttpRequest& request) { return serve(request, request.parameters[u"name"_qs]); });
    router.add("GET", u"/healthz"_qs, [](const HttpRequest&) {
        return HttpResponse::json(200, {{QStringLiteral("status"), QStringLiteral("ok")}});
    });
}

} // namespace carillon
