// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace carillon {

class HttpServer;
class SocketServer;

// Hands WebSocket handshakes on `path` to the socket server; the usual GET there is answered 426. Both live in one thread,
// and the socket server outlives the HTTP server.
void addSocketRoute(HttpServer& server, SocketServer& sockets, const QString& path = QStringLiteral("/ws/v1"));

} // namespace carillon
