// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/AuthKinds.h"

#include <QCoreApplication>

#include <algorithm>

namespace carillon {

namespace {

using Escaping = RequestTemplate::Escaping;

QString tr(const char* text)
{
    return QCoreApplication::translate("RequestAuth", text);
}

struct AuthKind {
    QString name;
    std::shared_ptr<const RequestAuth> (*read)(JsonReader& entry);
};

const QList<AuthKind>& authKinds()
{
    static const QList<AuthKind> kinds{
        {QStringLiteral("basic"), readBasicAuth},
        {QStringLiteral("bearer"), readBearerAuth},
        {QStringLiteral("header"), readHeaderAuth},
        {QStringLiteral("standard_webhooks"), readStandardWebhooksAuth},
    };
    return kinds;
}

bool isTokenCharacter(char c)
{
    const bool letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return letterOrDigit || (c != '\0' && QByteArrayView("!#$%&'*+-.^_`|~").contains(c));
}

} // namespace

void addSecretHeader(OutboundRequest& request, const QByteArray& name, const QByteArray& value, QList<Secret>& sensitive)
{
    request.headers.append({name, value});
    sensitive << Secret(value);
}

bool isFreeHeaderName(const QByteArray& name)
{
    static const QList<QByteArray> taken{"host", "content-length", "transfer-encoding", "connection",
                                         "te",   "trailer",        "upgrade",           "expect"};
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), isTokenCharacter) && !taken.contains(name.toLower());
}

RequestTemplate readTemplate(JsonReader& reader, const QJsonValue& source, const QString& pointer, Escaping escaping)
{
    const Result<RequestTemplate> compiled = RequestTemplate::compile(source.toString(), escaping);
    if (!source.isString())
        reader.note(pointer, tr("this must be text."));
    else if (!compiled)
        reader.note(pointer, compiled.error().message);
    return compiled ? *compiled : RequestTemplate();
}

RequestTemplate readTemplate(JsonReader& reader, const QString& name, JsonReader::Need need, Escaping escaping)
{
    const QString source = reader.text(name, need);
    return readTemplate(reader, source, reader.pointerTo(name), escaping);
}

std::shared_ptr<const RequestAuth> readAuth(JsonReader& entry)
{
    QStringList names;
    for (const AuthKind& kind : authKinds())
        names << kind.name;
    const qsizetype before = entry.problems().size();
    const QString chosen = entry.choice(QStringLiteral("kind"), names, JsonReader::Required);
    if (entry.problems().size() > before)
        return nullptr; // what else is right or wrong depends on the kind
    const std::shared_ptr<const RequestAuth> auth = authKinds().at(names.indexOf(chosen)).read(entry);
    entry.refuseUnknown();
    return auth;
}

} // namespace carillon
