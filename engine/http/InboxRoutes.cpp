// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/InboxRoutes.h"

#include "engine/http/CrossOrigin.h"
#include "engine/http/HttpServer.h"
#include "engine/model/JsonMember.h"
#include "engine/security/InboxToken.h"
#include "engine/security/TokenScope.h"

#include <QCoreApplication>
#include <QDateTime>

#include <limits>

namespace carillon {

namespace {

const QString externalIdMember = QStringLiteral("external_id");

QString tr(const char* text)
{
    return QCoreApplication::translate("Inbox", text);
}

// Whose inbox a request is about.
Result<QString> ownerOf(const JwtClaims& claims, const HttpRequest& request)
{
    const QString asked = request.query.queryItemValue(externalIdMember, QUrl::FullyDecoded);
    const bool all = claims.scopes.contains(TokenScope::InboxAll);
    const auto holder = inboxHolder(claims);
    if (all && asked.isEmpty())
        return fail(ErrorCode::InvalidInput, tr("Say whose inbox: ?external_id=..."), externalIdMember);
    if (all)
        return asked;
    if (!holder || (!asked.isEmpty() && asked != holder->externalId))
        return fail(ErrorCode::Forbidden, tr("This token is not for that inbox."), externalIdMember);
    return holder->externalId;
}

Result<InboxPart> partOf(const QString& name)
{
    if (name.isEmpty() || name == u"inbox")
        return InboxPart::Inbox;
    if (name == u"unread")
        return InboxPart::Unread;
    if (name == u"archived")
        return InboxPart::Archived;
    return fail(ErrorCode::InvalidInput, tr("The parts are inbox, unread and archived."), QStringLiteral("part"));
}

// A whole number of the query; `usual` when it is not said.
Result<qint64> numberOf(const HttpRequest& request, const QString& name, qint64 usual, qint64 most)
{
    const QString text = request.query.queryItemValue(name);
    bool ok = text.isEmpty();
    const qint64 number = ok ? usual : text.toLongLong(&ok);
    if (!ok || number < 1 || number > most)
        return text.isEmpty() ? Result<qint64>(usual)
                              : fail(ErrorCode::InvalidInput, tr("This is a number from 1 to %1.").arg(most), name);
    return number;
}

Result<InboxQuery> queryOf(const HttpRequest& request)
{
    const Result<InboxPart> part = partOf(request.query.queryItemValue(QStringLiteral("part")));
    if (!part)
        return fail(part.error());
    const Result<qint64> limit = numberOf(request, QStringLiteral("limit"), 50, NotificationService::MostRows);
    if (!limit)
        return fail(limit.error());
    const Result<qint64> before = numberOf(request, QStringLiteral("before"), 0, std::numeric_limits<qint64>::max());
    if (!before)
        return fail(before.error());
    return InboxQuery{*part, *before, int(*limit)};
}

std::optional<bool> flagOf(JsonMembers& members, const QJsonObject& body, const QString& name)
{
    bool value = false;
    members.flag(name, value);
    return body.contains(name) ? std::optional(value) : std::nullopt;
}

Result<InboxChange> changeOf(const QJsonObject& body)
{
    JsonMembers members(body);
    InboxChange change;
    change.read = flagOf(members, body, QStringLiteral("read"));
    change.archived = flagOf(members, body, QStringLiteral("archived"));
    if (const Status read = members.end(); !read)
        return fail(read.error());
    if (!change.read && !change.archived)
        return fail(ErrorCode::InvalidInput, tr("Say what is to become of it: {\"read\": true} or {\"archived\": true}."),
                    QStringLiteral("read"));
    return change;
}

struct TokenWish {
    QString externalId;
    qint64 validMs = 0;
};

Result<TokenWish> tokenWishOf(const QJsonObject& body)
{
    TokenWish wish;
    qint64 seconds = NotificationService::UsualTokenMs / 1'000;
    JsonMembers members(body);
    members.text(externalIdMember, wish.externalId);
    members.number(QStringLiteral("valid_seconds"), seconds, 1, double(NotificationService::LongestTokenMs) / 1'000);
    if (const Status read = members.end(); !read)
        return fail(read.error());
    wish.validMs = seconds * 1'000;
    return wish;
}

template <typename T, typename Make>
void answerWith(const HttpResponder& to, const Result<T>& result, const Make& make)
{
    to.respond(result ? make(*result) : HttpResponse::problem(result.error()));
}

} // namespace

void addInboxRoutes(HttpServer& server, const ApiAccess& access, InboxHandlers handlers)
{
    const auto issue = [context = &server, issueToken = std::move(handlers.issueToken)](
                           const Caller& caller, const HttpRequest& request, const HttpResponder& to) {
        const auto body = jsonBodyOf(request);
        if (!body)
            return to.respond(body.error());
        const Result<TokenWish> wish = tokenWishOf(*body);
        if (!wish)
            return to.respond(HttpResponse::problem(wish.error()));
        whenReady(issueToken(caller, wish->externalId, wish->validMs), context, [to](const Result<InboxToken>& issued) {
            answerWith(to, issued, [](const InboxToken& token) {
                const QDateTime end = QDateTime::fromMSecsSinceEpoch(token.expiresAt, Qt::UTC);
                return HttpResponse::json(201,
                                          {{QStringLiteral("token"), token.token},
                                           {QStringLiteral("expires_at"), end.toString(Qt::ISODateWithMs)}});
            });
        });
    };
    const auto page = [context = &server, read = std::move(handlers.page)](
                          const JwtClaims& claims, const Caller&, const HttpRequest& request, const HttpResponder& to) {
        const Result<QString> owner = ownerOf(claims, request);
        const Result<InboxQuery> query = queryOf(request);
        if (!owner || !query)
            return to.respond(HttpResponse::problem(owner ? query.error() : owner.error()));
        whenReady(read(*owner, *query), context, [to](const Result<InboxPage>& found) {
            answerWith(to, found, [](const InboxPage& rows) { return HttpResponse::json(200, rows.toJson()); });
        });
    };
    const auto change
        = [context = &server, make = std::move(handlers.change)](const JwtClaims& claims, const Caller& caller,
                                                                 const HttpRequest& request, const HttpResponder& to) {
              const Result<QString> owner = ownerOf(claims, request);
              const Result<qint64> id = idOf(request, QStringLiteral("id"));
              if (!owner || !id)
                  return to.respond(HttpResponse::problem(owner ? id.error() : owner.error()));
              const auto body = jsonBodyOf(request);
              if (!body)
                  return to.respond(body.error());
              const Result<InboxChange> wanted = changeOf(*body);
              if (!wanted)
                  return to.respond(HttpResponse::problem(wanted.error()));
              whenReady(make(caller, *owner, *id, *wanted), context, [to](const Result<Notification>& changed) {
                  answerWith(to, changed, [](const Notification& one) { return HttpResponse::json(200, toJson(one)); });
              });
          };
    const auto readAll = [context = &server,
                          make = std::move(handlers.readAll)](const JwtClaims& claims, const Caller& caller,
                                                              const HttpRequest& request, const HttpResponder& to) {
        const Result<QString> owner = ownerOf(claims, request);
        if (!owner)
            return to.respond(HttpResponse::problem(owner.error()));
        whenReady(make(caller, *owner), context, [to](const Result<qint64>& unread) {
            answerWith(to, unread, [](qint64 left) { return HttpResponse::json(200, {{QStringLiteral("unread"), left}}); });
        });
    };
    const QStringList either{TokenScope::Inbox, TokenScope::InboxAll};
    HttpRouter& router = server.router();
    router.add("POST", u"/api/v1/inbox/tokens"_qs, access.guarded(TokenScope::InboxAll, issue));
    const auto add = [&](const QByteArray& method, const QString& path, ApiAccess::ClaimsHandler handler) {
        router.add(method, path, openToPages(access.guardedByAny(either, std::move(handler))));
        router.add("OPTIONS", path, preflightFor(method));
    };
    add("GET", u"/api/v1/inbox"_qs, page);
    add("POST", u"/api/v1/inbox/read"_qs, readAll);
    add("PATCH", u"/api/v1/inbox/{id}"_qs, change);
}

} // namespace carillon
