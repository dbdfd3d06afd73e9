// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/RequestSpec.h"

#include "engine/provider/FieldCheck.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>

namespace carillon {

namespace {

using Escaping = RequestTemplate::Escaping;

QString tr(const char* text)
{
    return QCoreApplication::translate("RequestSpec", text);
}

bool isPlainAscii(const QByteArray& text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

// A dot segment would climb out of the path that the file wrote; percent-encoding does not touch dots.
bool isDotSegment(const QByteArray& segment)
{
    return segment == "." || segment == "..";
}

} // namespace

void RequestSpec::readUrl(JsonReader& request)
{
    const QString name = QStringLiteral("url");
    if (request.value(name).isString()) {
        m_base = readTemplate(request, name, JsonReader::Required, Escaping::None);
        return;
    }
    JsonReader url = request.at(request.value(name), request.pointerTo(name));
    m_base = readTemplate(url, QStringLiteral("base"), JsonReader::Required, Escaping::None);
    const QJsonArray path = url.array(QStringLiteral("path"));
    for (qsizetype i = 0; i < path.size(); ++i)
        m_path << readTemplate(url, path[i], url.pointerTo(QStringLiteral("path")) + u'/' + QString::number(i),
                               Escaping::None);
    const QJsonObject query = url.object(QStringLiteral("query"));
    for (auto it = query.begin(); it != query.end(); ++it)
        m_query.append(
            {it.key(), readTemplate(url, it.value(), url.pointerTo(QStringLiteral("query"), it.key()), Escaping::None)});
    url.refuseUnknown();
}

void RequestSpec::readHeaders(JsonReader& request)
{
    const QJsonObject headers = request.object(QStringLiteral("headers"));
    for (auto it = headers.begin(); it != headers.end(); ++it) {
        const QString pointer = request.pointerTo(QStringLiteral("headers"), it.key());
        if (!isFreeHeaderName(it.key().toUtf8()))
            request.note(pointer, tr("this cannot be used as the name of a header."));
        m_headers.append({it.key().toLatin1(), readTemplate(request, it.value(), pointer, Escaping::OneLine)});
    }
}

void RequestSpec::readAuths(JsonReader& request)
{
    const QJsonArray list = request.array(QStringLiteral("auth"));
    for (qsizetype i = 0; i < list.size(); ++i) {
        JsonReader entry = request.at(list[i], request.pointerTo(QStringLiteral("auth")) + u'/' + QString::number(i));
        m_auths.push_back(readAuth(entry));
    }
}

RequestSpec RequestSpec::read(JsonReader& request)
{
    RequestSpec spec;
    spec.m_method = request
                        .choice(QStringLiteral("method"),
                                {QStringLiteral("POST"), QStringLiteral("PUT"), QStringLiteral("PATCH"),
                                 QStringLiteral("GET"), QStringLiteral("HEAD"), QStringLiteral("OPTIONS")})
                        .toLatin1();
    spec.readUrl(request);
    spec.readHeaders(request);
    spec.readAuths(request);
    if (request.has(QStringLiteral("body"))) {
        JsonReader body = request.at(request.value(QStringLiteral("body")), request.pointerTo(QStringLiteral("body")));
        spec.m_body = RequestBody::read(body);
    }
    request.refuseUnknown();
    return spec;
}

Status RequestSpec::check(const RequestValues& account) const
{
    for (const auto& auth : m_auths) {
        if (const Status good = auth->check(account); !good)
            return good;
    }
    return {};
}

bool RequestSpec::needsAddress(const RequestValues& account) const
{
    const Result<QByteArray> base = m_base.render(account);
    return base && base->trimmed().isEmpty();
}

std::shared_ptr<const TokenAuth> RequestSpec::tokenAuth(const RequestValues& account) const
{
    for (const auto& auth : m_auths) {
        auto token = std::dynamic_pointer_cast<const TokenAuth>(auth);
        if (token && token->isUsed(account))
            return token;
    }
    return nullptr;
}

Result<QByteArray> RequestSpec::makeUrl(const RequestValues& values) const
{
    const Result<QByteArray> base = m_base.render(values);
    if (!base)
        return base;
    QByteArray url = base->trimmed();
    if (const Status good = checkHttpUrl(QString::fromUtf8(url), QStringLiteral("url")); !good)
        return fail(good.error());
    if (!isPlainAscii(url))
        url = QUrl(QString::fromUtf8(url)).toEncoded();
    url = url.first(url.contains('#') ? url.indexOf('#') : url.size()); // a fragment never goes over the wire
    if (!m_path.isEmpty() && url.contains('?'))
        return fail(ErrorCode::InvalidInput, tr("The address must not have a query (\"?...\")."), QStringLiteral("url"));
    for (const RequestTemplate& part : m_path) {
        const Result<QByteArray> segment = part.render(values);
        if (!segment)
            return segment;
        if (segment->isEmpty() || isDotSegment(*segment))
            return fail(ErrorCode::InvalidInput, tr("A part of the request's path is empty or a dot."),
                        QStringLiteral("url"));
        url += (url.endsWith('/') ? "" : "/") + segment->toPercentEncoding();
    }
    char separator = url.contains('?') ? '&' : '?';
    for (const auto& [name, source] : m_query) {
        const Result<QByteArray> value = source.render(values);
        if (!value)
            return value;
        if (value->isEmpty())
            continue;
        url += separator + QUrl::toPercentEncoding(name) + '=' + value->toPercentEncoding();
        separator = '&';
    }
    return url;
}

Status RequestSpec::addHeaders(OutboundRequest& request, const RequestValues& values, const QByteArray& contentType) const
{
    request.headers.append(HttpHeader("User-Agent", "Carillon/" CARILLON_VERSION));
    if (!contentType.isEmpty())
        request.headers.append({"Content-Type", contentType});
    for (const auto& header : m_headers) {
        const Result<QByteArray> value = header.second.render(values);
        if (!value)
            return fail(value.error());
        // What the file says goes before what is usual.
        request.headers.removeIf(
            [&](const HttpHeader& usual) { return usual.first.compare(header.first, Qt::CaseInsensitive) == 0; });
        if (!value->isEmpty())
            request.headers.append({header.first, *value});
    }
    return {};
}

Result<RequestSpec::Made> RequestSpec::make(const RequestValues& values, const Message& message, qint64 now) const
{
    Made made;
    made.request.method = m_method;
    const Result<QByteArray> url = makeUrl(values);
    const Result<RequestBody::Made> body = m_body.make(values, message);
    if (!url || !body)
        return fail(url ? body.error() : url.error());
    made.request.url = *url;
    made.request.body = body->body;
    if (const Status good = addHeaders(made.request, values, body->contentType); !good)
        return fail(good.error());
    for (const auto& auth : m_auths) {
        if (const Status good = auth->apply(made.request, values, message, now, made.sensitive); !good)
            return fail(good.error());
    }
    return made;
}

} // namespace carillon
