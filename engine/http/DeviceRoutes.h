// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"
#include "engine/http/ApiRequest.h"
#include "engine/service/DeviceService.h"

#include <functional>

namespace carillon {

class HttpServer;

// The operations behind the routes. Their answers may come from any thread.
struct DeviceHandlers {
    std::function<Future<DeviceAnswer>(const Caller&, const DeviceRequest&)> add;
    std::function<Future<DeviceAnswer>(const Caller&, qint64 id, const QString& address)> renew;
    std::function<Future<void>(const Caller&, qint64 id)> remove;
    std::function<Future<void>(const Caller&, qint64 id, qint64 deliveryId)> clicked;
    std::function<Future<PushKey>(const QString& account)> pushKey;
};

// What sites, apps and browsers call to get push messages. Bodies are JSON, errors problem+json.
//
//     GET    /api/v1/push/key[?account=NAME]   the public key that browsers subscribe with; no token
//     POST   /api/v1/devices                   a device of a contact: DeviceRequest::parse() reads the body; 201 with
//                                              DeviceAnswer, 200 when it was known. Scope TokenScope::DeviceWrite, or
//                                              DeviceSelf: the contact is the token's subject then
//     DELETE /api/v1/devices/{id}              the device is forgotten; 204. Scope TokenScope::DeviceWrite
//
// and what a device does by its own token (TokenScope::DeviceOwn), which the answer to its registration gave it:
//
//     PUT    /api/v1/devices/own               {"address": {...}}: it has another one now; 200 with DeviceAnswer
//     POST   /api/v1/devices/own/clicks        {"delivery": 42}: somebody clicked on that message; 204
//     DELETE /api/v1/devices/own               it wants no more; 204
//
// Pages of every origin may ask (CORS): who may do what is in the token, never in a cookie.
//
// The scripts that do all this in a browser (resources/push) are at /push/carillon-push.js and /push/carillon-sw.js.
void addDeviceRoutes(HttpServer& server, const ApiAccess& access, DeviceHandlers handlers);

} // namespace carillon
