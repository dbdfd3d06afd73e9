// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/ReceiptRoutes.h"

#include "engine/http/HttpServer.h"

#include <QCoreApplication>

namespace carillon {

namespace {

constexpr qsizetype MaxBody = 512 * 1024;
constexpr qsizetype MaxToken = 64;

QString tr(const char* text)
{
    return QCoreApplication::translate("Receipts", text);
}

HookCall callOf(const HttpRequest& request)
{
    HookCall call;
    call.accountId = request.parameters.value(QStringLiteral("account")).toLongLong();
    call.token = request.parameters.value(QStringLiteral("token")).toLatin1().left(MaxToken);
    call.target = request.target;
    call.host = request.header("Host");
    const qsizetype question = request.target.indexOf('?');
    call.callback = {
        request.method, {}, question < 0 ? QByteArray() : request.target.mid(question + 1), request.headers, request.body};
    return call;
}

HttpResponse refusalOf(const Error& error)
{
    switch (error.code) {
    case ErrorCode::NotFound: return HttpResponse::problem(404, tr("There is nothing at this address."));
    case ErrorCode::Unauthenticated: return HttpResponse::problem(401, tr("The signature is missing or wrong."));
    case ErrorCode::Forbidden: return HttpResponse::problem(403, tr("The verification token is wrong."));
    case ErrorCode::InvalidInput: return HttpResponse::problem(400, tr("The callback cannot be read."));
    default: break;
    }
    // What is wrong here is nothing that the world is told.
    HttpResponse response = HttpResponse::problem(503, tr("Try again in a minute."));
    return response.with("Retry-After", "60");
}

HttpResponse answerFor(const Result<CallbackAnswer>& answer)
{
    if (!answer)
        return refusalOf(answer.error());
    if (answer->contentType.isEmpty())
        return {answer->status, {}, {}};
    return HttpResponse::of(answer->status, answer->contentType, answer->body);
}

} // namespace

void addReceiptRoutes(HttpServer& server, HookReceiver receive)
{
    const HttpHandler handler
        = [context = &server, receive = std::move(receive)](const HttpRequest& request, const HttpResponder& to) {
              if (request.body.size() > MaxBody)
                  return to.respond(HttpResponse::problem(413, tr("A callback has at most %1 KiB.").arg(MaxBody / 1024)));
              whenReady(receive(callOf(request)), context,
                        [to](const Result<CallbackAnswer>& answer) { to.respond(answerFor(answer)); });
          };
    server.router().add("POST", QStringLiteral("/hooks/{account}/{token}"), handler);
    server.router().add("GET", QStringLiteral("/hooks/{account}/{token}"), handler);
}

} // namespace carillon
