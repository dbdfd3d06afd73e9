// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"

#include <functional>

namespace carillon {

class HttpServer;

// Opens the token and unsubscribes whom it stands for. InvalidInput: the token is not ours; NotFound: nobody is behind it
// any more. Asking again is no error. The answer may come from any thread.
using Unsubscriber = std::function<Future<void>(const QString& token)>;

// "/u/{token}", where the links in mails lead.
//
// GET shows a page with one button and changes nothing, for mail scanners follow links. POST unsubscribes: the button, and
// the mail programs' one click (RFC 8058: "List-Unsubscribe=One-Click", as a URL-encoded or multipart form, answered 200
// without a redirect; no cookie, no login).
void addUnsubscribeRoutes(HttpServer& server, Unsubscriber unsubscribe);

} // namespace carillon
