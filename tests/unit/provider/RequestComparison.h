// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ScriptedServer.h"

#include <QJsonObject>

#include <optional>

namespace carillon {

// A request as it arrived, taken apart.
struct RecordedRequest {
    QString method;
    QString path; // as it was on the wire, still percent-encoded, without the query
    QJsonObject query; // decoded; a name that is there more than once has a list
    QJsonObject headers; // names in lower case
    QByteArray body;

    explicit RecordedRequest(const ScriptedServer::Request& request);
    QString header(const QString& name) const { return headers.value(name).toString(); }
};

// Compares a request with what a fixture says of it:
//
//     {"method": "POST", "path": "/send", "query": {"a": "1"}, "headers": {"content-type": "application/json"},
//      "json": {...}}
//
// The query is compared wholly (left out: there must be none); of the headers only those that are named, null meaning that
// there must be none. The body is one of these; without any of them there must be none:
//
//     "json"       the value
//     "form"       each name and value; a list where a name is repeated
//     "multipart"  each part's name, with its text or {"filename": .., "type": .., "text": .. or "base64": ..}
//     "text", "base64"
//
// Instead of a value, {"$matches": "regular expression"} stands for what is different every time, and {"$json": value} for a
// text that is JSON itself.
//
// Empty when all is equal, else the first difference: "json/blocks/0/type: expected \"section\", got \"header\"".
QString requestDifference(const QJsonObject& expected, const RecordedRequest& got);

// The first difference of two values; numbers are equal when they are the same number.
QString jsonDifference(const QJsonValue& expected, const QJsonValue& got, const QString& path);

// The names and values of application/x-www-form-urlencoded or a query, decoded.
QJsonObject decodeForm(const QByteArray& text);

// The parts of multipart/form-data as "multipart" above has them; nothing when it is malformed.
std::optional<QJsonObject> decodeMultipart(const QString& contentType, const QByteArray& body);

} // namespace carillon
