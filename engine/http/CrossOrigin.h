// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/HttpRouter.h"

namespace carillon {

// Lets pages of other origins call a route of the API (Fetch, "CORS protocol"): every answer of the handler, refusals
// included, may be read by any page. For routes that want a token in a header, which no page has but from whoever gave it
// to it, and that know no cookie.
HttpHandler openToPages(HttpHandler handler);

// Answers the browser's question before such a request: for OPTIONS of the same path. `methods`: "GET, PATCH".
HttpFunction preflightFor(const QByteArray& methods);

} // namespace carillon
