// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace carillon {

class HttpServer;

// The dashboard page at "/", its parts below "/assets/", from the compiled-in resources, and "/healthz": 200 while the event
// loop turns. The page holds no data and needs no token: all it shows comes through the socket.
void addDashboardRoutes(HttpServer& server);

} // namespace carillon
