// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/HttpMessage.h"

#include "engine/base/Json.h"

#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

namespace carillon {

namespace {

int statusOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidInput: return 422;
    case ErrorCode::NotFound: return 404;
    case ErrorCode::Conflict:
    case ErrorCode::NeedsSecret:
    case ErrorCode::Cancelled: return 409;
    case ErrorCode::Forbidden: return 403;
    case ErrorCode::Unauthenticated: return 401;
    case ErrorCode::Busy: return 503;
    case ErrorCode::StorageFull: return 507;
    case ErrorCode::Network: return 502;
    case ErrorCode::Timeout: return 504;
    case ErrorCode::StorageDamaged:
    case ErrorCode::StorageTooNew:
    case ErrorCode::Storage:
    case ErrorCode::Internal: return 500;
    }
    return 500;
}

// A field value that came from data must not end the field and begin another.
QByteArray oneLine(QByteArray value)
{
    for (char& c : value) {
        if (c == '\r' || c == '\n' || c == '\0')
            c = ' ';
    }
    return value;
}

} // namespace

QByteArray headerValue(const HttpHeaders& headers, const QByteArray& name)
{
    for (const auto& [key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

qsizetype headerCount(const HttpHeaders& headers, const QByteArray& name)
{
    return std::count_if(headers.begin(), headers.end(),
                         [&](const auto& field) { return field.first.compare(name, Qt::CaseInsensitive) == 0; });
}

QList<QByteArray> headerList(const HttpHeaders& headers, const QByteArray& name)
{
    QList<QByteArray> members;
    for (const auto& [key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) != 0)
            continue;
        const QList<QByteArray> parts = value.split(',');
        for (const QByteArray& part : parts) {
            if (const QByteArray member = part.trimmed(); !member.isEmpty())
                members << member;
        }
    }
    return members;
}

bool headerHas(const HttpHeaders& headers, const QByteArray& name, const QByteArray& token)
{
    const QList<QByteArray> members = headerList(headers, name);
    return std::any_of(members.begin(), members.end(),
                       [&](const QByteArray& member) { return member.compare(token, Qt::CaseInsensitive) == 0; });
}

HttpResponse& HttpResponse::with(const QByteArray& name, const QByteArray& value)
{
    headers.append({name, oneLine(value)});
    return *this;
}

HttpResponse HttpResponse::of(int status, const QByteArray& contentType, QByteArray body)
{
    HttpResponse response{status, {}, std::move(body)};
    response.with("Content-Type", contentType);
    return response;
}

HttpResponse HttpResponse::html(int status, const QString& page)
{
    return of(status, "text/html; charset=utf-8", page.toUtf8());
}

HttpResponse HttpResponse::json(int status, const QJsonObject& object)
{
    HttpResponse response = of(status, "application/json", compactJson(object));
    response.with("Cache-Control", "no-store");
    return response;
}

HttpResponse HttpResponse::problem(int status, const QString& detail, const QJsonObject& more)
{
    QJsonObject object = more;
    object.insert(u"type", QStringLiteral("about:blank"));
    object.insert(u"title", QString::fromLatin1(reasonPhrase(status)));
    object.insert(u"status", status);
    object.insert(u"detail", detail);
    HttpResponse response = of(status, "application/problem+json", compactJson(object));
    response.with("Cache-Control", "no-store");
    return response;
}

HttpResponse HttpResponse::problem(const Error& error)
{
    QJsonObject more{{QStringLiteral("code"), codeName(error.code)}};
    if (!error.field.isEmpty())
        more.insert(u"field", error.field);
    return problem(statusOf(error.code), error.message, more);
}

QByteArray reasonPhrase(int status)
{
    switch (status) {
    case 100: return "Continue";
    case 101: return "Switching Protocols";
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 421: return "Misdirected Request";
    case 422: return "Unprocessable Content";
    case 426: return "Upgrade Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    case 505: return "HTTP Version Not Supported";
    case 507: return "Insufficient Storage";
    default: return {};
    }
}

QByteArray serialize(const HttpResponse& response, bool headOnly)
{
    QByteArray out;
    out.reserve(512 + (headOnly ? 0 : response.body.size()));
    out += "HTTP/1.1 " + QByteArray::number(response.status) + ' ' + reasonPhrase(response.status) + "\r\n";
    for (const auto& [name, value] : response.headers)
        out += name + ": " + value + "\r\n";
    out += "\r\n";
    if (!headOnly)
        out += response.body;
    return out;
}

QByteArray httpDate(qint64 at)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(at, QTimeZone::utc());
    return QLocale::c().toString(time, u"ddd, dd MMM yyyy HH:mm:ss 'GMT'").toLatin1();
}

} // namespace carillon
