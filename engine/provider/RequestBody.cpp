// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/RequestBody.h"

#include "engine/provider/RequestAuth.h"

#include <QUrl>

namespace carillon {

namespace {

using Escaping = RequestTemplate::Escaping;

Result<RequestBody::Made> of(const char* contentType, const Result<QByteArray>& body)
{
    return body ? Result<RequestBody::Made>({contentType, *body}) : fail(body.error());
}

} // namespace

RequestBody::RequestBody() = default;

void RequestBody::readForm(JsonReader& reader)
{
    const QString name = QStringLiteral("fields");
    const QJsonObject fields = reader.object(name, JsonReader::Required);
    for (auto it = fields.begin(); it != fields.end(); ++it)
        m_form.append({it.key(), readTemplate(reader, it.value(), reader.pointerTo(name, it.key()), Escaping::None)});
}

RequestBody RequestBody::read(JsonReader& reader)
{
    static const QHash<QString, Kind> kinds{{QStringLiteral("content"), Kind::Content},
                                            {QStringLiteral("form"), Kind::Form},
                                            {QStringLiteral("json"), Kind::Json},
                                            {QStringLiteral("multipart"), Kind::Multipart},
                                            {QStringLiteral("text"), Kind::Text}};
    RequestBody body;
    const QString value = QStringLiteral("value");
    QStringList names = kinds.keys();
    names.sort();
    const qsizetype before = reader.problems().size();
    body.m_kind = kinds.value(reader.choice(QStringLiteral("kind"), names, JsonReader::Required));
    if (reader.problems().size() > before)
        return body; // what else is right or wrong depends on the kind
    if (body.m_kind == Kind::Json)
        body.m_json = JsonTemplate::read(reader, reader.object(value, JsonReader::Required), reader.pointerTo(value));
    else if (body.m_kind == Kind::Form)
        body.readForm(reader);
    else if (body.m_kind == Kind::Multipart)
        body.m_multipart = MultipartBody::read(reader, QStringLiteral("parts"));
    else if (body.m_kind == Kind::Text)
        body.m_text = readTemplate(reader, value, JsonReader::Required, Escaping::None);
    reader.refuseUnknown();
    return body;
}

Result<RequestBody::Made> RequestBody::make(const RequestValues& values, const Message& message) const
{
    switch (m_kind) {
    case Kind::None: break;
    case Kind::Content: return Made{"application/json", message.content};
    case Kind::Json: return of("application/json", makeJson(values));
    case Kind::Form: return of("application/x-www-form-urlencoded", makeForm(values));
    case Kind::Text: return of("text/plain; charset=utf-8", m_text.render(values));
    case Kind::Multipart:
        const Result<MultipartBody::Made> made = m_multipart.make(values);
        return made ? Result<Made>({made->contentType, made->body}) : fail(made.error());
    }
    return Made();
}

// An object, whatever a "$json" in place of the whole gave.
Result<QByteArray> RequestBody::makeJson(const RequestValues& values) const
{
    const Result<QByteArray> json = m_json.make(values);
    return !json || json->startsWith('{') ? json : QByteArrayLiteral("{}");
}

Result<QByteArray> RequestBody::makeForm(const RequestValues& values) const
{
    QByteArrayList pairs;
    for (const auto& [name, source] : m_form) {
        const Result<QByteArray> value = source.render(values);
        if (!value)
            return value;
        if (!value->isEmpty())
            pairs << QByteArray(QUrl::toPercentEncoding(name) + '=' + value->toPercentEncoding());
    }
    return pairs.join('&');
}

} // namespace carillon
