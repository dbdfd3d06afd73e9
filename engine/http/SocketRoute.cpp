// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/SocketRoute.h"

#include "engine/http/HttpServer.h"
#include "engine/realtime/SocketServer.h"

#include <QCoreApplication>

namespace carillon {

namespace {

HttpResponse toResponse(const SocketRefusal& refusal)
{
    HttpResponse response = HttpResponse::problem(refusal.status, refusal.reason);
    if (refusal.status == 401)
        response.with("WWW-Authenticate", "Bearer");
    if (refusal.retryAfter > 0)
        response.with("Retry-After", QByteArray::number(refusal.retryAfter));
    return response;
}

} // namespace

void addSocketRoute(HttpServer& server, SocketServer& sockets, const QString& path)
{
    server.addUpgrade(path, [&sockets](QTcpSocket* socket, const HttpRequest& request) -> std::optional<HttpResponse> {
        const SocketHandshake handshake{request.header("Host"), request.header("Origin"),
                                        headerList(request.headers, "Sec-WebSocket-Protocol"), request.peer};
        const auto refusal = sockets.accept(socket, handshake);
        return refusal ? std::optional(toResponse(*refusal)) : std::nullopt;
    });
    server.router().add("GET", path, [](const HttpRequest&) {
        return HttpResponse::problem(426, QCoreApplication::translate("Http", "This address speaks WebSocket only."))
            .with("Upgrade", "websocket")
            .with("Connection", "Upgrade");
    });
}

} // namespace carillon
