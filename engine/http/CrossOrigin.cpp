// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/CrossOrigin.h"

namespace carillon {

namespace {

HttpResponse opened(HttpResponse response)
{
    return response.with("Access-Control-Allow-Origin", "*");
}

} // namespace

HttpHandler openToPages(HttpHandler handler)
{
    return [handler = std::move(handler)](const HttpRequest& request, const HttpResponder& to) {
        handler(request, HttpResponder([to](HttpResponse response) { to.respond(opened(std::move(response))); }));
    };
}

HttpFunction preflightFor(const QByteArray& methods)
{
    return [methods](const HttpRequest&) {
        HttpResponse response{204, {}, {}};
        response.with("Access-Control-Allow-Methods", methods);
        response.with("Access-Control-Allow-Headers", "Authorization, Content-Type");
        response.with("Access-Control-Max-Age", "86400");
        return opened(response);
    };
}

} // namespace carillon
