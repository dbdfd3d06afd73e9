// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/MultipartBody.h"

#include "engine/provider/RequestAuth.h"

#include <QCoreApplication>
#include <QCryptographicHash>

#include <algorithm>

namespace carillon {

namespace {

using Escaping = RequestTemplate::Escaping;

QString tr(const char* text)
{
    return QCoreApplication::translate("MultipartBody", text);
}

// As browsers write names into Content-Disposition (HTML, "multipart/form-data encoding algorithm").
QByteArray quoted(QByteArray text)
{
    text.replace("\r", "%0D").replace("\n", "%0A").replace("\"", "%22");
    return '"' + text + '"';
}

// Made from what it separates, so that it cannot be in there, and equal at every attempt.
QByteArray boundaryOf(const QByteArrayList& contents)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QByteArray& content : contents)
        hash.addData(content);
    return "carillon-" + hash.result().toHex().first(40);
}

} // namespace

MultipartBody::Part MultipartBody::readPart(JsonReader reader)
{
    Part part;
    part.name = reader.text(QStringLiteral("name"), JsonReader::Required);
    part.filename = readTemplate(reader, QStringLiteral("filename"), JsonReader::Optional, Escaping::None);
    part.type = readTemplate(reader, QStringLiteral("type"), JsonReader::Optional, Escaping::OneLine);
    static const QStringList sources{QStringLiteral("value"), QStringLiteral("json"), QStringLiteral("base64")};
    const auto given = std::count_if(sources.begin(), sources.end(), [&](const QString& name) { return reader.has(name); });
    if (given != 1)
        reader.note(reader.pointer(), tr("one of \"value\", \"json\" and \"base64\" is needed."));
    part.isJson = reader.has(sources[1]);
    part.isBase64 = reader.has(sources[2]);
    if (part.isJson)
        part.json = JsonTemplate::read(reader, reader.value(sources[1]), reader.pointerTo(sources[1]));
    else
        part.text = readTemplate(reader, part.isBase64 ? sources[2] : sources[0], JsonReader::Optional, Escaping::None);
    reader.refuseUnknown();
    return part;
}

MultipartBody MultipartBody::read(JsonReader& reader, const QString& name)
{
    MultipartBody body;
    const QJsonArray parts = reader.array(name, JsonReader::Required);
    for (qsizetype i = 0; i < parts.size(); ++i)
        body.m_parts << readPart(reader.at(parts[i], reader.pointerTo(name) + u'/' + QString::number(i)));
    return body;
}

Result<QByteArray> MultipartBody::content(const Part& part, const RequestValues& values)
{
    if (part.isJson)
        return part.json.make(values);
    const Result<QByteArray> text = part.text.render(values);
    if (!text || !part.isBase64)
        return text;
    const auto bytes = QByteArray::fromBase64Encoding(text->trimmed(), QByteArray::AbortOnBase64DecodingErrors);
    if (!bytes)
        return fail(ErrorCode::InvalidInput, tr("The part \"%1\" is not base64.").arg(part.name));
    return bytes.decoded;
}

Result<QByteArray> MultipartBody::head(const Part& part, const RequestValues& values)
{
    const Result<QByteArray> filename = part.filename.render(values);
    const Result<QByteArray> type = part.type.render(values);
    if (!filename || !type)
        return fail(filename ? type.error() : filename.error());
    QByteArray head = "Content-Disposition: form-data; name=" + quoted(part.name.toUtf8());
    if (!filename->isEmpty())
        head += "; filename=" + quoted(*filename);
    const QByteArray known = !type->isEmpty() || !part.isJson ? *type : QByteArray("application/json");
    return known.isEmpty() ? head : QByteArray(head + "\r\nContent-Type: " + known);
}

Result<MultipartBody::Made> MultipartBody::make(const RequestValues& values) const
{
    QByteArrayList heads;
    QByteArrayList contents;
    for (const Part& part : m_parts) {
        const Result<QByteArray> made = content(part, values);
        const Result<QByteArray> before = made ? head(part, values) : made;
        if (!before)
            return fail(before.error());
        if (made->isEmpty())
            continue;
        heads << *before;
        contents << *made;
    }
    const QByteArray boundary = boundaryOf(contents);
    Made made{"multipart/form-data; boundary=" + boundary, {}};
    for (qsizetype i = 0; i < contents.size(); ++i)
        made.body += "--" + boundary + "\r\n" + heads[i] + "\r\n\r\n" + contents[i] + "\r\n";
    made.body += "--" + boundary + "--\r\n";
    return made;
}

} // namespace carillon
