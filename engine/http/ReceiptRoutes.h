// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/ReceiptService.h"

#include <functional>

namespace carillon {

class HttpServer;

using HookReceiver = std::function<Future<CallbackAnswer>(const HookCall&)>;

// "/hooks/{account}/{token}", where platforms tell what became of messages, by POST or GET.
//
// 2xx, with what the platform wants to hear, once everything is committed; 400 when it cannot be read, 401 or 403 when it is
// not the platform's, 404 for an account that there is not or another token, 413 beyond 512 KiB, 503 with Retry-After when
// it is to come again. What is repeated of the callback (a challenge) is never taken for a page by a browser: its type is
// the file's, and nosniff is always sent.
void addReceiptRoutes(HttpServer& server, HookReceiver receive);

} // namespace carillon
