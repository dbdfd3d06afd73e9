// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/TriggerRoutes.h"

#include "engine/http/HttpServer.h"
#include "engine/model/JsonMember.h"
#include "engine/security/TokenScope.h"

#include <QCoreApplication>

namespace carillon {

namespace {

const QString keyField = QStringLiteral("idempotency_key");

QString tr(const char* text)
{
    return QCoreApplication::translate("Triggers", text);
}

// A quoted string without its quotes (RFC 8941, section 3.3.3); nothing when it does not end as it begins.
std::optional<QByteArray> unquoted(const QByteArray& field)
{
    QByteArray text;
    for (qsizetype i = 1; i < field.size(); ++i) {
        if (field[i] == '"')
            return i == field.size() - 1 ? std::optional(text) : std::nullopt;
        if (field[i] == '\\')
            ++i;
        if (i < field.size())
            text += field[i];
    }
    return std::nullopt;
}

// The key of the header; empty without one.
Result<QString> keyOf(const HttpRequest& request)
{
    const qsizetype fields = headerCount(request.headers, "Idempotency-Key");
    if (fields == 0)
        return QString();
    const QByteArray field = request.header("Idempotency-Key").trimmed();
    const std::optional<QByteArray> key = field.startsWith('"') ? unquoted(field) : field;
    if (fields > 1 || !key || key->isEmpty())
        return fail(ErrorCode::InvalidInput,
                    tr("The field Idempotency-Key is given once, and is a text, in quotes or without: \"order-12\"."),
                    keyField);
    return QString::fromUtf8(*key);
}

Result<TriggerRequest> triggerOf(const HttpRequest& request, QJsonObject body)
{
    const Result<QString> key = keyOf(request);
    if (!key)
        return fail(key.error());
    if (!key->isEmpty()) {
        if (body.contains(keyField) && body.value(keyField) != *key)
            return fail(ErrorCode::InvalidInput, tr("The Idempotency-Key of the header and that of the body differ."),
                        keyField);
        body.insert(keyField, *key);
    }
    return TriggerService::parse(body);
}

HttpResponse answerFor(const Result<TriggerAnswer>& answer)
{
    if (!answer)
        return HttpResponse::problem(answer.error());
    HttpResponse response = HttpResponse::json(202, answer->toJson());
    response.with("Location", "/api/v1/triggers/" + QByteArray::number(answer->triggerId));
    if (answer->replayed)
        response.with("Idempotency-Replayed", "true");
    return response;
}

Result<QString> kindOf(const QJsonObject& body)
{
    QString kind;
    JsonMembers members(body);
    members.text(QStringLiteral("kind"), kind);
    if (const Status read = members.end(); !read)
        return fail(read.error());
    return kind;
}

} // namespace

void addTriggerRoutes(HttpServer& server, const ApiAccess& access, TriggerHandlers handlers)
{
    const auto post = [context = &server, trigger = std::move(handlers.trigger)](
                          const Caller& caller, const HttpRequest& request, const HttpResponder& to) {
        const auto body = jsonBodyOf(request);
        if (!body)
            return to.respond(body.error());
        const Result<TriggerRequest> asked = triggerOf(request, *body);
        if (!asked)
            return to.respond(HttpResponse::problem(asked.error()));
        whenReady(trigger(caller, *asked), context,
                  [to](const Result<TriggerAnswer>& answer) { to.respond(answerFor(answer)); });
    };
    const auto get = [context = &server, find = std::move(handlers.get)](const Caller& caller, const HttpRequest& request,
                                                                         const HttpResponder& to) {
        const Result<qint64> id = idOf(request, QStringLiteral("id"));
        if (!id)
            return to.respond(HttpResponse::problem(id.error()));
        whenReady(find(caller, *id), context, [to](const Result<TriggerDetail>& detail) {
            to.respond(detail ? HttpResponse::json(200, detail->toJson()) : HttpResponse::problem(detail.error()));
        });
    };
    const auto engage = [context = &server, engaged = std::move(handlers.engaged)](
                            const Caller& caller, const HttpRequest& request, const HttpResponder& to) {
        const Result<qint64> id = idOf(request, QStringLiteral("id"));
        if (!id)
            return to.respond(HttpResponse::problem(id.error()));
        const auto body = jsonBodyOf(request);
        if (!body)
            return to.respond(body.error());
        const Result<QString> kind = kindOf(*body);
        if (!kind)
            return to.respond(HttpResponse::problem(kind.error()));
        whenReady(engaged(caller, *id, *kind), context, [to](const Status& done) {
            to.respond(done ? HttpResponse{204, {}, {}} : HttpResponse::problem(done.error()));
        });
    };
    HttpRouter& router = server.router();
    router.add("POST", u"/api/v1/triggers"_qs, access.guarded(TokenScope::TriggerSend, post));
    router.add("GET", u"/api/v1/triggers/{id}"_qs, access.guarded(TokenScope::TriggerSend, get));
    router.add("POST", u"/api/v1/deliveries/{id}/engagements"_qs, access.guarded(TokenScope::EngagementWrite, engage));
}

} // namespace carillon
