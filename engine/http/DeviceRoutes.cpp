// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/DeviceRoutes.h"

#include "engine/base/Json.h"
#include "engine/http/CrossOrigin.h"
#include "engine/http/HttpServer.h"
#include "engine/model/JsonMember.h"
#include "engine/security/TokenScope.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>

namespace carillon {

namespace {

// It asks this server, wherever that is, and shows what other servers have.
constexpr const char* ScriptPolicy = "default-src 'none'; connect-src *; img-src *; script-src *; frame-ancestors 'none'";

const QString devicesPath = QStringLiteral("/api/v1/devices");
const QString ownPath = QStringLiteral("/api/v1/devices/own");
const QString keyPath = QStringLiteral("/api/v1/push/key");

QString tr(const char* text)
{
    return QCoreApplication::translate("Devices", text);
}

HttpResponse answerFor(const Result<DeviceAnswer>& answer)
{
    if (!answer)
        return HttpResponse::problem(answer.error());
    return HttpResponse::json(answer->isNew ? 201 : 200, answer->toJson());
}

HttpResponse answerFor(const Status& done)
{
    return done ? HttpResponse{204, {}, {}} : HttpResponse::problem(done.error());
}

// The device that a token of its own is for.
Result<qint64> ownDevice(const JwtClaims& claims)
{
    bool isNumber = false;
    const qint64 id = claims.subject.toLongLong(&isNumber);
    if (!isNumber || id <= 0)
        return fail(ErrorCode::Forbidden, tr("This token is no device's."));
    return id;
}

Result<QString> addressIn(const QJsonObject& body)
{
    JsonMembers members(body);
    const QJsonValue address = members.take(QStringLiteral("address"));
    if (const Status read = members.end(); !read)
        return fail(read.error());
    return address.isObject() ? QString::fromUtf8(compactJson(address.toObject())) : address.toString();
}

Result<qint64> deliveryIn(const QJsonObject& body)
{
    qint64 id = 0;
    JsonMembers members(body);
    members.number(QStringLiteral("delivery"), id, 1, 9e15);
    if (const Status read = members.end(); !read)
        return fail(read.error());
    return id;
}

// Who shows a token of one contact can name no other.
Result<DeviceRequest> requestIn(const QJsonObject& body, const JwtClaims& claims)
{
    Result<DeviceRequest> request = DeviceRequest::parse(body);
    if (!request || claims.scopes.contains(TokenScope::DeviceWrite))
        return request;
    const QString& self = claims.subject;
    if (!request->externalId.isEmpty() && request->externalId != self)
        return fail(ErrorCode::Forbidden, tr("This token is for devices of the contact \"%1\".").arg(self));
    request->externalId = self;
    return request;
}

void addRegistration(HttpServer& server, const ApiAccess& access, const DeviceHandlers& handlers)
{
    const auto post = [context = &server, add = handlers.add](const JwtClaims& claims, const Caller& caller,
                                                              const HttpRequest& request, const HttpResponder& to) {
        const auto body = jsonBodyOf(request);
        if (!body)
            return to.respond(body.error());
        const Result<DeviceRequest> device = requestIn(*body, claims);
        if (!device)
            return to.respond(HttpResponse::problem(device.error()));
        whenReady(add(caller, *device), context,
                  [to](const Result<DeviceAnswer>& answer) { to.respond(answerFor(answer)); });
    };
    const auto remove = [context = &server, remove = handlers.remove](const Caller& caller, const HttpRequest& request,
                                                                      const HttpResponder& to) {
        const Result<qint64> id = idOf(request, QStringLiteral("id"));
        if (!id)
            return to.respond(HttpResponse::problem(id.error()));
        whenReady(remove(caller, *id), context, [to](const Status& done) { to.respond(answerFor(done)); });
    };
    HttpRouter& router = server.router();
    router.add("POST", devicesPath,
               openToPages(access.guardedByAny({TokenScope::DeviceSelf, TokenScope::DeviceWrite}, post)));
    router.add("DELETE", devicesPath + u"/{id}", openToPages(access.guarded(TokenScope::DeviceWrite, remove)));
}

// What needs the number of the device whose token was shown.
using OwnHandler = std::function<void(const Caller&, qint64 id, const HttpRequest&, const HttpResponder&)>;

HttpHandler own(const ApiAccess& access, OwnHandler handler)
{
    return openToPages(
        access.guardedByAny({TokenScope::DeviceOwn},
                            [handler = std::move(handler)](const JwtClaims& claims, const Caller& caller,
                                                           const HttpRequest& request, const HttpResponder& to) {
                                if (const Result<qint64> id = ownDevice(claims))
                                    handler(caller, *id, request, to);
                                else
                                    to.respond(HttpResponse::problem(id.error()));
                            }));
}

// What the body says, or nothing when that was answered with what is wrong.
template <typename Read>
auto readBody(const HttpRequest& request, const HttpResponder& to, Read read)
    -> std::optional<typename decltype(read(QJsonObject()))::value_type>
{
    const auto body = jsonBodyOf(request);
    if (!body) {
        to.respond(body.error());
        return std::nullopt;
    }
    auto value = read(*body);
    if (value)
        return *value;
    to.respond(HttpResponse::problem(value.error()));
    return std::nullopt;
}

void addOwn(HttpServer& server, const ApiAccess& access, const DeviceHandlers& handlers)
{
    const auto renew = [context = &server, renew = handlers.renew](const Caller& caller, qint64 id,
                                                                   const HttpRequest& request, const HttpResponder& to) {
        if (const auto address = readBody(request, to, addressIn))
            whenReady(renew(caller, id, *address), context,
                      [to](const Result<DeviceAnswer>& answer) { to.respond(answerFor(answer)); });
    };
    const auto click = [context = &server, clicked = handlers.clicked](const Caller& caller, qint64 id,
                                                                       const HttpRequest& request, const HttpResponder& to) {
        if (const auto delivery = readBody(request, to, deliveryIn))
            whenReady(clicked(caller, id, *delivery), context, [to](const Status& done) { to.respond(answerFor(done)); });
    };
    const auto leave = [context = &server, remove = handlers.remove](const Caller& caller, qint64 id, const HttpRequest&,
                                                                     const HttpResponder& to) {
        whenReady(remove(caller, id), context, [to](const Status& done) { to.respond(answerFor(done)); });
    };
    HttpRouter& router = server.router();
    router.add("PUT", ownPath, own(access, renew));
    router.add("DELETE", ownPath, own(access, leave));
    router.add("POST", ownPath + u"/clicks", own(access, click));
}

void addKey(HttpServer& server, std::function<Future<PushKey>(const QString&)> pushKey)
{
    const auto get = [context = &server, pushKey = std::move(pushKey)](const HttpRequest& request, const HttpResponder& to) {
        const QString account = request.query.queryItemValue(QStringLiteral("account"), QUrl::FullyDecoded);
        whenReady(pushKey(account), context, [to](const Result<PushKey>& key) {
            to.respond(key ? HttpResponse::json(200, key->toJson()) : HttpResponse::problem(key.error()));
        });
    };
    server.router().add("GET", keyPath, openToPages(get));
}

HttpResponse script(const HttpRequest& request)
{
    QFile file(u":/push/"_qs + request.parameters[u"name"_qs]);
    if (!file.fileName().endsWith(u".js") || !file.open(QIODevice::ReadOnly))
        return HttpResponse::problem(404, QCoreApplication::translate("Http", "There is nothing at this address."));
    const QByteArray body = file.readAll();
    const QByteArray tag = '"' + QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex().left(16) + '"';
    const bool known = headerHas(request.headers, "If-None-Match", tag);
    HttpResponse response
        = known ? HttpResponse{304, {}, {}} : HttpResponse::of(200, "text/javascript; charset=utf-8", body);
    response.with("ETag", tag).with("Cache-Control", "no-cache");
    // Sites load it from another origin than theirs; the policy of a worker's script is the worker's own.
    response.with("Access-Control-Allow-Origin", "*").with("Cross-Origin-Resource-Policy", "cross-origin");
    return response.with("Content-Security-Policy", ScriptPolicy);
}

} // namespace

void addDeviceRoutes(HttpServer& server, const ApiAccess& access, DeviceHandlers handlers)
{
    addOwn(server, access, handlers); // before "/{id}"
    addRegistration(server, access, handlers);
    addKey(server, std::move(handlers.pushKey));
    HttpRouter& router = server.router();
    for (const QString& path : QStringList{devicesPath, ownPath, ownPath + u"/clicks", keyPath})
        router.add("OPTIONS", path, preflightFor("GET, POST, PUT, DELETE"));
    router.add("GET", u"/push/{name}"_qs, script);
}

} // namespace carillon
