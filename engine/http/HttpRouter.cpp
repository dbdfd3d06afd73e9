// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/HttpRouter.h"

#include <QCoreApplication>

namespace carillon {

struct HttpResponder::Once {
    explicit Once(Answer to)
        : answer(std::move(to))
    {
    }
    Once(const Once&) = delete;
    Once& operator=(const Once&) = delete;
    ~Once()
    {
        if (answer)
            answer(HttpResponse::problem(
                500, QCoreApplication::translate("Http", "The request was not answered: this is a defect.")));
    }

    Answer answer;
};

HttpResponder::HttpResponder(Answer answer)
    : m_once(std::make_shared<Once>(std::move(answer)))
{
}

void HttpResponder::respond(HttpResponse response) const
{
    if (const Answer answer = std::exchange(m_once->answer, nullptr))
        answer(std::move(response));
}

void HttpRouter::add(const QByteArray& method, const QString& pattern, HttpHandler handler)
{
    m_routes.append({method, pattern.split(u'/'), std::move(handler)});
}

void HttpRouter::add(const QByteArray& method, const QString& pattern, HttpFunction function)
{
    add(method, pattern,
        HttpHandler([function = std::move(function)](const HttpRequest& request, const HttpResponder& responder) {
            responder.respond(function(request));
        }));
}

bool HttpRouter::fits(const Route& route, const QStringList& segments, QHash<QString, QString>& parameters)
{
    for (qsizetype i = 0; i < route.segments.size(); ++i) {
        const QString& wanted = route.segments[i];
        if (wanted.startsWith(u'{') && wanted.endsWith(u"*}"_qs)) {
            parameters.insert(wanted.mid(1, wanted.size() - 3), segments.mid(i).join(u'/'));
            return i < segments.size();
        }
        if (i >= segments.size())
            return false;
        if (wanted.startsWith(u'{')) {
            if (segments[i].isEmpty())
                return false;
            parameters.insert(wanted.mid(1, wanted.size() - 2), segments[i]);
        } else if (wanted != segments[i]) {
            return false;
        }
    }
    return segments.size() == route.segments.size();
}

void HttpRouter::dispatch(HttpRequest request, const HttpResponder& responder) const
{
    const QStringList segments = request.path.split(u'/');
    const QByteArray method = request.method == "HEAD" ? QByteArray("GET") : request.method;
    QList<QByteArray> allowed;
    for (const Route& route : m_routes) {
        QHash<QString, QString> parameters;
        if (!fits(route, segments, parameters))
            continue;
        if (route.method == method) {
            request.parameters = parameters;
            route.handler(request, responder);
            return;
        }
        allowed << route.method;
    }
    if (!allowed.isEmpty())
        refuseMethod(request, allowed, responder);
    else
        responder.respond(
            HttpResponse::problem(404, QCoreApplication::translate("Http", "There is nothing at this address.")));
}

void HttpRouter::refuseMethod(const HttpRequest& request, QList<QByteArray> allowed, const HttpResponder& responder) const
{
    if (allowed.contains("GET"))
        allowed << "HEAD";
    allowed << "OPTIONS";
    HttpResponse response = request.method == "OPTIONS"
        ? HttpResponse{204, {}, {}}
        : HttpResponse::problem(405,
                                QCoreApplication::translate("Http", "This address does not take the method %1.")
                                    .arg(QString::fromLatin1(request.method)));
    responder.respond(response.with("Allow", allowed.join(", ")));
}

} // namespace carillon
