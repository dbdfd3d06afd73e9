// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/ApiRequest.h"
#include "engine/service/NotificationService.h"

#include <functional>

namespace carillon {

class HttpServer;

// The operations behind the routes. Their answers may come from any thread.
struct InboxHandlers {
    std::function<Future<InboxPage>(const QString& externalId, const InboxQuery&)> page;
    std::function<Future<Notification>(const Caller&, const QString& externalId, qint64 id, const InboxChange&)> change;
    std::function<Future<qint64>(const Caller&, const QString& externalId)> readAll;
    std::function<Future<InboxToken>(const Caller&, const QString& externalId, qint64 validMs)> issueToken;
};

// What an application shows a contact of its notifications. Bodies are JSON, errors problem+json.
//
//     POST  /api/v1/inbox/tokens   {"external_id": "cust-17", "valid_seconds": 900}: a token for this contact's page, 201
//                                  {"token", "expires_at"}; 15 minutes when not said. Scope TokenScope::InboxAll.
//     GET   /api/v1/inbox          newest first: InboxPage. ?part=inbox|unread|archived &limit=50 &before=<next of a page>
//     PATCH /api/v1/inbox/{id}     {"read": true, "archived": false}, one of them or both; the notification as it is then
//     POST  /api/v1/inbox/read     all of it was read (the newest 200 at once); {"unread": 0}: how many are left
//
// The last three are for the contact whom a token of the scope TokenScope::Inbox names; with TokenScope::InboxAll for the
// one in "?external_id=cust-17". They may be called by pages of any origin, as the token is in a header. What happens in an
// inbox comes live by the socket as "notification.*".
void addInboxRoutes(HttpServer& server, const ApiAccess& access, InboxHandlers handlers);

} // namespace carillon
