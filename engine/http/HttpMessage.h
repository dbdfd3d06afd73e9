// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"

#include <QByteArray>
#include <QHash>
#include <QHostAddress>
#include <QJsonObject>
#include <QList>
#include <QPair>
#include <QString>
#include <QUrlQuery>

namespace carillon {

// Header fields in the order they were given. Names compare without regard to case (RFC 9110, section 5.1).
using HttpHeaders = QList<QPair<QByteArray, QByteArray>>;

// The first field of that name, or an empty value. `name` in any case.
QByteArray headerValue(const HttpHeaders& headers, const QByteArray& name);
qsizetype headerCount(const HttpHeaders& headers, const QByteArray& name);
// The members of all fields of that name, which are comma-separated lists, trimmed and without empty ones.
QList<QByteArray> headerList(const HttpHeaders& headers, const QByteArray& name);
// True when that list has the token, in any case: headerHas(headers, "Connection", "upgrade").
bool headerHas(const HttpHeaders& headers, const QByteArray& name, const QByteArray& token);

// One request, whole: the head was checked, the body is complete and within the limits.
struct HttpRequest {
    QByteArray method; // as sent; known methods only
    QByteArray target; // as sent: "/u/abc?x=1"
    QString path; // percent-decoded, starts with '/', no "." or ".." segments
    QUrlQuery query;
    int version = 11; // 11 or 10
    HttpHeaders headers;
    QByteArray body;
    QHostAddress peer;
    QHash<QString, QString> parameters; // from the route's pattern: "/u/{token}" gives "token"

    QByteArray header(const QByteArray& name) const { return headerValue(headers, name); }
};

// One answer. The server adds Content-Length, Date, Connection and the security headers that are not given here.
struct HttpResponse {
    int status = 200;
    HttpHeaders headers;
    QByteArray body;

    HttpResponse& with(const QByteArray& name, const QByteArray& value);

    static HttpResponse of(int status, const QByteArray& contentType, QByteArray body);
    static HttpResponse html(int status, const QString& page);
    static HttpResponse json(int status, const QJsonObject& object);
    // RFC 9457 problem details: {"type":"about:blank","title":"Not Found","status":404,"detail":"...", ...more}.
    static HttpResponse problem(int status, const QString& detail, const QJsonObject& more = {});
    // The problem for an error of the engine, with its code and field: InvalidInput is 422, NotFound 404, Busy 503, ...
    static HttpResponse problem(const Error& error);
};

// "Not Found" for 404; empty for a status that is not registered.
QByteArray reasonPhrase(int status);

// The status line, the head and, unless `headOnly`, the body.
QByteArray serialize(const HttpResponse& response, bool headOnly);

// `at`, UTC milliseconds, as the Date field has it: "Sun, 06 Nov 1994 08:49:37 GMT".
QByteArray httpDate(qint64 at);

} // namespace carillon
