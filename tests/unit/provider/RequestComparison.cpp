// SPDX-License-Identifier: GPL-3.0-or-later
#include "RequestComparison.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QUrl>

namespace carillon {

namespace {

QString shown(const QJsonValue& value)
{
    if (value.isUndefined())
        return u"nothing"_qs;
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.sliced(1, list.size() - 2)).left(600);
}

QString differ(const QString& path, const QString& expected, const QJsonValue& got)
{
    return u"%1: expected %2, got %3"_qs.arg(path, expected, shown(got));
}

// A second value of a name makes a list of both.
void addPair(QJsonObject& into, const QString& name, const QString& value)
{
    if (!into.contains(name)) {
        into.insert(name, value);
        return;
    }
    QJsonArray list = into.value(name).isArray() ? into.value(name).toArray() : QJsonArray{into.value(name)};
    list.append(value);
    into.insert(name, list);
}

QString decoded(QByteArray text)
{
    return QUrl::fromPercentEncoding(text.replace('+', ' '));
}

QJsonValue parsedAny(const QByteArray& text)
{
    const QJsonDocument document = QJsonDocument::fromJson('[' + text + ']');
    return document.array().size() == 1 ? document.array().first() : QJsonValue(QJsonValue::Undefined);
}

QString objectDifference(const QJsonObject& expected, const QJsonObject& got, const QString& path)
{
    for (auto it = expected.begin(); it != expected.end(); ++it) {
        const QString found = jsonDifference(it.value(), got.value(it.key()), path + u'/' + it.key());
        if (!found.isEmpty())
            return found;
    }
    for (auto it = got.begin(); it != got.end(); ++it) {
        if (!expected.contains(it.key()))
            return differ(path + u'/' + it.key(), u"nothing"_qs, it.value());
    }
    return {};
}

QString listDifference(const QJsonArray& expected, const QJsonArray& got, const QString& path)
{
    for (qsizetype i = 0; i < qMax(expected.size(), got.size()); ++i) {
        const QJsonValue nothing(QJsonValue::Undefined);
        const QString found = jsonDifference(i < expected.size() ? expected[i] : nothing, i < got.size() ? got[i] : nothing,
                                             path + u'/' + QString::number(i));
        if (!found.isEmpty())
            return found;
    }
    return {};
}

QString headersDifference(const QJsonObject& expected, const RecordedRequest& got)
{
    for (auto it = expected.begin(); it != expected.end(); ++it) {
        const QJsonValue there = got.headers.value(it.key().toLower());
        const QJsonValue wanted = it.value().isNull() ? QJsonValue(QJsonValue::Undefined) : it.value();
        const QString found = jsonDifference(wanted, there, u"headers/"_qs + it.key());
        if (!found.isEmpty())
            return found;
    }
    return {};
}

QString bodyDifference(const QJsonObject& expected, const RecordedRequest& got)
{
    if (expected.contains(u"json"))
        return jsonDifference(expected.value(u"json"), parsedAny(got.body), u"json"_qs);
    if (expected.contains(u"form"))
        return jsonDifference(expected.value(u"form"), decodeForm(got.body), u"form"_qs);
    if (expected.contains(u"multipart")) {
        const auto parts = decodeMultipart(got.header(u"content-type"_qs), got.body);
        return parts ? jsonDifference(expected.value(u"multipart"), *parts, u"multipart"_qs)
                     : differ(u"multipart"_qs, u"well-formed multipart/form-data"_qs, QString::fromUtf8(got.body));
    }
    if (expected.contains(u"base64"))
        return jsonDifference(expected.value(u"base64"), QString::fromLatin1(got.body.toBase64()), u"base64"_qs);
    return jsonDifference(expected.value(u"text").toString(), QString::fromUtf8(got.body), u"text"_qs);
}

QString parameter(const QString& header, const QString& name)
{
    const QRegularExpression form(u"(?:^|;)\\s*%1=(?:\"([^\"]*)\"|([^;\\s]+))"_qs.arg(name),
                                  QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = form.match(header);
    return match.captured(1).isEmpty() ? match.captured(2) : match.captured(1);
}

QJsonValue partValue(const QString& disposition, const QString& type, const QByteArray& content)
{
    const QString filename = parameter(disposition, u"filename"_qs);
    if (filename.isEmpty() && type.isEmpty())
        return QString::fromUtf8(content);
    QJsonObject part;
    if (!filename.isEmpty())
        part.insert(u"filename"_qs, filename);
    if (!type.isEmpty())
        part.insert(u"type"_qs, type);
    const QString text = QString::fromUtf8(content);
    if (text.toUtf8() == content && !content.contains('\0'))
        part.insert(u"text"_qs, text);
    else
        part.insert(u"base64"_qs, QString::fromLatin1(content.toBase64()));
    return part;
}

} // namespace

RecordedRequest::RecordedRequest(const ScriptedServer::Request& request)
    : body(request.body)
{
    QByteArrayList lines = request.head.split('\n');
    const QByteArrayList first = lines.takeFirst().trimmed().split(' ');
    const QByteArray target = first.value(1);
    const qsizetype mark = target.indexOf('?');
    method = QString::fromLatin1(first.value(0));
    path = QString::fromLatin1(mark < 0 ? target : target.first(mark));
    query = mark < 0 ? QJsonObject() : decodeForm(target.sliced(mark + 1));
    for (const QByteArray& line : lines) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            headers.insert(QString::fromLatin1(line.first(colon).toLower()),
                           QString::fromUtf8(line.sliced(colon + 1).trimmed()));
    }
}

QString jsonDifference(const QJsonValue& expected, const QJsonValue& got, const QString& path)
{
    const QJsonObject object = expected.toObject();
    if (object.contains(u"$matches")) {
        const QString pattern = object.value(u"$matches").toString();
        const bool matches = got.isString() && QRegularExpression(pattern).match(got.toString()).hasMatch();
        return matches ? QString() : differ(path, u"a text that matches "_qs + pattern, got);
    }
    if (object.contains(u"$json"))
        return jsonDifference(object.value(u"$json"), parsedAny(got.toString().toUtf8()), path);
    if (expected.isObject() && got.isObject())
        return objectDifference(object, got.toObject(), path);
    if (expected.isArray() && got.isArray())
        return listDifference(expected.toArray(), got.toArray(), path);
    return expected == got ? QString() : differ(path, shown(expected), got);
}

QJsonObject decodeForm(const QByteArray& text)
{
    QJsonObject pairs;
    const QByteArrayList parts = text.split('&');
    for (const QByteArray& part : parts) {
        const qsizetype equals = part.indexOf('=');
        if (!part.isEmpty())
            addPair(pairs, decoded(part.first(equals < 0 ? part.size() : equals)),
                    equals < 0 ? QString() : decoded(part.sliced(equals + 1)));
    }
    return pairs;
}

std::optional<QJsonObject> decodeMultipart(const QString& contentType, const QByteArray& body)
{
    const QString boundary = parameter(contentType, u"boundary"_qs);
    const QByteArray mark = QByteArray("\r\n--" + boundary.toUtf8());
    const QByteArray whole = "\r\n" + body;
    qsizetype from = whole.indexOf(mark);
    if (!contentType.startsWith(u"multipart/form-data") || boundary.isEmpty() || from != 0)
        return std::nullopt;
    QJsonObject parts;
    for (;;) {
        from += mark.size();
        if (whole.sliced(from).startsWith("--"))
            return parts;
        const qsizetype headEnd = whole.indexOf("\r\n\r\n", from);
        const qsizetype next = whole.indexOf(mark, headEnd + 2);
        if (headEnd < 0 || next < 0)
            return std::nullopt;
        const RecordedRequest head({whole.sliced(from, headEnd - from), {}});
        const QString disposition = head.header(u"content-disposition"_qs);
        const QByteArray content = whole.sliced(headEnd + 4, qMax(qsizetype(0), next - headEnd - 4));
        parts.insert(parameter(disposition, u"name"_qs), partValue(disposition, head.header(u"content-type"_qs), content));
        from = next;
    }
}

QString requestDifference(const QJsonObject& expected, const RecordedRequest& got)
{
    if (expected.contains(u"method") && expected.value(u"method").toString() != got.method)
        return differ(u"method"_qs, shown(expected.value(u"method")), got.method);
    if (const QString found = jsonDifference(expected.value(u"path"), got.path, u"path"_qs); !found.isEmpty())
        return found;
    if (const QString found = jsonDifference(expected.value(u"query").toObject(), got.query, u"query"_qs); !found.isEmpty())
        return found;
    if (const QString found = headersDifference(expected.value(u"headers").toObject(), got); !found.isEmpty())
        return found;
    return bodyDifference(expected, got);
}

} // namespace carillon
