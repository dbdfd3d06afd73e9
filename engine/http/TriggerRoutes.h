// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"
#include "engine/http/ApiRequest.h"
#include "engine/service/TriggerService.h"

#include <functional>

namespace carillon {

class HttpServer;

// The operations behind the routes. Their answers may come from any thread.
struct TriggerHandlers {
    std::function<Future<TriggerAnswer>(const Caller&, const TriggerRequest&)> trigger;
    std::function<Future<TriggerDetail>(const Caller&, qint64 id)> get;
    std::function<Future<void>(const Caller&, qint64 deliveryId, const QString& kind)> engaged;
};

// What applications call. Bodies are JSON, errors problem+json.
//
//     POST /api/v1/triggers                      a topic to named recipients, now: TriggerService::parse() reads the body;
//                                                202 with what was made. Scope TokenScope::TriggerSend.
//     GET  /api/v1/triggers/{id}                 what has become of it: TriggerDetail. The same scope.
//     POST /api/v1/deliveries/{id}/engagements   {"kind": "read"}: the contact has read, opened or clicked a delivery, or
//                                                replied to it (EngagementKind); 204. Scope TokenScope::EngagementWrite.
//
// The idempotency key of a trigger may be in the body or in the field Idempotency-Key, in quotes (as its draft says) or
// without (as most clients send it). A request that is repeated within a day gets the first one's answer, with
// "Idempotency-Replayed: true"; a key that was used for another request is 409.
void addTriggerRoutes(HttpServer& server, const ApiAccess& access, TriggerHandlers handlers);

} // namespace carillon
