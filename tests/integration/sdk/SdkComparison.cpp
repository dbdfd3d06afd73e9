// SPDX-License-Identifier: GPL-3.0-or-later
#include "SdkComparison.h"

#include "engine/provider/JsonPointer.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace carillon {

namespace {

const QString Header = QStringLiteral("header:");
const QString Query = QStringLiteral("query:");
const QString Json = QStringLiteral("json:");

QStringList textsOf(const QJsonValue& list)
{
    QStringList texts;
    for (const QJsonValue& value : list.toArray())
        texts << value.toString();
    return texts;
}

QJsonValue withoutNulls(const QJsonValue& value)
{
    if (value.isArray()) {
        QJsonArray list;
        for (const QJsonValue& one : value.toArray())
            list.append(withoutNulls(one));
        return list;
    }
    if (!value.isObject())
        return value;
    QJsonObject object;
    const QJsonObject given = value.toObject();
    for (auto it = given.begin(); it != given.end(); ++it) {
        if (!it.value().isNull())
            object.insert(it.key(), withoutNulls(it.value()));
    }
    return object;
}

QJsonValue parsed(const QByteArray& text)
{
    const QJsonDocument document = QJsonDocument::fromJson('[' + text + ']');
    return document.array().size() == 1 ? document.array().first() : QJsonValue(QString::fromUtf8(text));
}

// A value as a form has it: what is neither list nor object is text, and these are JSON.
QJsonValue formValue(const QJsonValue& value)
{
    if (value.isBool())
        return value.toBool() ? u"true"_qs : u"false"_qs;
    if (value.isDouble())
        return QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact).chopped(1).sliced(1));
    if (!value.isString())
        return value;
    const QString text = value.toString();
    const QJsonValue inside = text.startsWith(u'{') || text.startsWith(u'[') ? parsed(text.toUtf8()) : value;
    return inside.isObject() || inside.isArray() ? inside : value;
}

QJsonValue asForm(const QJsonValue& body)
{
    QJsonObject form;
    const QJsonObject given = body.toObject();
    for (auto it = given.begin(); it != given.end(); ++it)
        form.insert(it.key(), formValue(it.value()));
    return body.isObject() ? QJsonValue(form) : body;
}

QString mediaType(const RecordedRequest& request)
{
    return request.header(u"content-type"_qs).section(u';', 0, 0).trimmed().toLower();
}

QJsonValue bodyOf(const RecordedRequest& request)
{
    const QString type = mediaType(request);
    if (type == u"application/x-www-form-urlencoded")
        return decodeForm(request.body);
    if (type == u"multipart/form-data")
        return decodeMultipart(request.header(u"content-type"_qs), request.body).value_or(QJsonObject());
    if (type.endsWith(u"json"))
        return withoutNulls(parsed(request.body));
    const QString text = QString::fromUtf8(request.body);
    return text.toUtf8() == request.body ? text : u"base64:"_qs + QString::fromLatin1(request.body.toBase64());
}

QJsonValue pathOf(const RecordedRequest& request)
{
    QJsonArray parts;
    const QStringList given = request.path.split(u'/');
    for (const QString& part : given)
        parts.append(QUrl::fromPercentEncoding(part.toLatin1()));
    return parts;
}

QJsonObject headersOf(const RecordedRequest& request, const SdkTerms& terms)
{
    QJsonObject headers;
    for (const QString& name : QStringList{u"authorization"_qs} + terms.headers) {
        if (request.headers.contains(name))
            headers.insert(name, request.headers.value(name));
    }
    if (!mediaType(request).isEmpty())
        headers.insert(u"content-type"_qs, mediaType(request));
    return headers;
}

QJsonValue without(const QJsonValue& value, const QStringList& names, int depth = 0)
{
    if (depth + 1 == names.size()) {
        QJsonObject object = value.toObject();
        object.remove(names[depth]);
        return value.isObject() ? QJsonValue(object) : value;
    }
    if (value.isArray()) {
        QJsonArray list = value.toArray();
        const int index = names[depth].toInt();
        if (index < list.size())
            list[index] = without(list[index], names, depth + 1);
        return list;
    }
    QJsonObject object = value.toObject();
    if (object.contains(names[depth]))
        object[names[depth]] = without(object[names[depth]], names, depth + 1);
    return value.isObject() ? QJsonValue(object) : value;
}

// Where in the request, as canonical() has it, a term of "ignore" is.
QString pointerOf(const QString& term)
{
    if (term.startsWith(Header))
        return u"/headers/"_qs + term.mid(Header.size());
    if (term.startsWith(Query))
        return u"/query/"_qs + term.mid(Query.size());
    return term.startsWith(Json) ? QString(u"/body"_qs + term.mid(Json.size())) : QString(u'/' + term);
}

QJsonObject canonical(const RecordedRequest& request, const SdkTerms& terms, bool byForm)
{
    const QJsonValue body = bodyOf(request);
    return {{u"method"_qs, request.method},
            {u"path"_qs, pathOf(request)},
            {u"query"_qs, request.query},
            {u"headers"_qs, headersOf(request, terms)},
            {u"body"_qs, byForm ? asForm(body) : body}};
}

} // namespace

SdkTerms SdkTerms::read(const QJsonObject& fixture, const QString& script)
{
    const QJsonObject sdk = fixture.value(u"sdk").toObject();
    const QJsonObject peer = sdk.value(u"peers").toObject().value(script).toObject();
    const auto nearest = [&](QStringView name) { return peer.contains(name) ? peer.value(name) : sdk.value(name); };
    const auto isExplained = [](const QJsonObject& terms) {
        return textsOf(terms.value(u"ignore")).isEmpty() || !terms.value(u"why").toString().isEmpty();
    };
    return {textsOf(nearest(u"messages")),
            textsOf(sdk.value(u"headers")),
            textsOf(sdk.value(u"ignore")) + textsOf(peer.value(u"ignore")),
            textsOf(sdk.value(u"skip")),
            isExplained(sdk) && isExplained(peer),
            nearest(u"answer").toObject()};
}

bool SdkTerms::skips(const QString& path) const
{
    return std::any_of(skip.begin(), skip.end(),
                       [&](const QString& pattern) { return QRegularExpression(pattern).match(path).hasMatch(); });
}

QString sdkDifference(const RecordedRequest& theirs, const RecordedRequest& ours, const SdkTerms& terms, QStringList& needed)
{
    const bool byForm = mediaType(theirs) != mediaType(ours);
    QJsonObject expected = canonical(theirs, terms, byForm);
    QJsonObject got = canonical(ours, terms, byForm);
    for (const QString& term : terms.ignore) {
        const QString pointer = pointerOf(term);
        if (jsonAt(expected, pointer) != jsonAt(got, pointer))
            needed << term;
        const QStringList names = pointer.split(u'/').mid(1);
        expected = without(expected, names).toObject();
        got = without(got, names).toObject();
    }
    return jsonDifference(expected, got, {});
}

} // namespace carillon
