// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/UnsubscribeRoutes.h"

#include "engine/http/HttpServer.h"

#include <QCoreApplication>

namespace carillon {

namespace {

// The button needs form-action 'self'; the look comes from the dashboard's style sheet.
constexpr const char* FormPolicy
    = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
constexpr qsizetype MaxToken = 1024;

QString tr(const char* text)
{
    return QCoreApplication::translate("Unsubscribe", text);
}

HttpResponse page(int status, const QString& title, const QString& text, const QString& form = {})
{
    const QString html = u"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                         "<meta name=\"robots\" content=\"noindex\">"
                         "<title>%1</title><link rel=\"stylesheet\" href=\"/assets/dashboard.css\"></head>"
                         "<body class=\"plain\"><main class=\"sheet\"><h1>%1</h1><p>%2</p>%3</main></body></html>\n"_qs;
    HttpResponse response = HttpResponse::html(status, html.arg(title.toHtmlEscaped(), text.toHtmlEscaped(), form));
    response.with("Cache-Control", "no-store").with("Content-Security-Policy", FormPolicy);
    return response;
}

HttpResponse confirmPage()
{
    const QString form = u"<form method=\"post\"><input type=\"hidden\" name=\"List-Unsubscribe\" value=\"One-Click\">"
                         "<button type=\"submit\">%1</button></form>"_qs;
    return page(200, tr("Unsubscribe"),
                tr("Do you want to stop these messages? Nothing changes until you press the button."),
                form.arg(tr("Unsubscribe").toHtmlEscaped()));
}

HttpResponse answerFor(const Result<void>& done)
{
    if (done)
        return page(200, tr("You are unsubscribed"), tr("You will not get these messages any more."));
    if (done.error().code == ErrorCode::InvalidInput || done.error().code == ErrorCode::NotFound)
        return page(404, tr("This link is not valid"),
                    tr("It may have been cut off: copy the whole link from the message."));
    HttpResponse response
        = page(503, tr("That did not work"), tr("You are not unsubscribed yet. Please try again in a minute."));
    return response.with("Retry-After", "60");
}

bool isForm(const HttpRequest& request)
{
    const QByteArray type = request.header("Content-Type").toLower().split(';').first().trimmed();
    return type == "application/x-www-form-urlencoded" || type == "multipart/form-data";
}

// RFC 8058, section 3.1: the body says so, in either form. A POST without it is some other program's.
bool saysOneClick(const HttpRequest& request)
{
    return isForm(request) && request.body.contains("List-Unsubscribe") && request.body.contains("One-Click");
}

} // namespace

void addUnsubscribeRoutes(HttpServer& server, Unsubscriber unsubscribe)
{
    HttpRouter& router = server.router();
    router.add("GET", u"/u/{token}"_qs, [](const HttpRequest&) { return confirmPage(); });
    router.add("POST", u"/u/{token}"_qs,
               HttpHandler([context = &server, unsubscribe = std::move(unsubscribe)](const HttpRequest& request,
                                                                                     const HttpResponder& to) {
                   const QString token = request.parameters[u"token"_qs];
                   if (!saysOneClick(request)) {
                       to.respond(HttpResponse::problem(isForm(request) ? 400 : 415,
                                                        tr("Send the form field List-Unsubscribe=One-Click (RFC 8058).")));
                   } else if (token.size() > MaxToken) {
                       to.respond(answerFor(fail(ErrorCode::InvalidInput, {})));
                   } else {
                       whenReady(unsubscribe(token), context,
                                 [to](const Result<void>& done) { to.respond(answerFor(done)); });
                   }
               }));
}

} // namespace carillon
