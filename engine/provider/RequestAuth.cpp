// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/RequestAuth.h"

#include "engine/security/StandardWebhook.h"

#include <QCoreApplication>
#include <QCryptographicHash>

#include <algorithm>

namespace carillon {

namespace {

using Escaping = RequestTemplate::Escaping;

QString tr(const char* text)
{
    return QCoreApplication::translate("RequestAuth", text);
}

void addSecretHeader(OutboundRequest& request, const QByteArray& name, const QByteArray& value, QList<Secret>& sensitive)
{
    request.headers.append({name, value});
    sensitive << Secret(value);
}

class BearerAuth final : public RequestAuth {
public:
    explicit BearerAuth(JsonReader& entry)
        : m_token(readTemplate(entry, QStringLiteral("token"), JsonReader::Required, Escaping::OneLine))
    {
    }

    Status check(const RequestValues&) const override { return {}; }

    Status apply(OutboundRequest& request, const RequestValues& values, const Message&, qint64,
                 QList<Secret>& sensitive) const override
    {
        const Result<QByteArray> token = m_token.render(values);
        if (!token)
            return fail(token.error());
        if (!token->isEmpty())
            addSecretHeader(request, "Authorization", "Bearer " + *token, sensitive);
        return {};
    }

private:
    RequestTemplate m_token;
};

class BasicAuth final : public RequestAuth {
public:
    explicit BasicAuth(JsonReader& entry)
        : m_user(readTemplate(entry, QStringLiteral("user"), JsonReader::Required, Escaping::None))
        , m_password(readTemplate(entry, QStringLiteral("password"), JsonReader::Required, Escaping::None))
    {
    }

    Status check(const RequestValues&) const override { return {}; }

    Status apply(OutboundRequest& request, const RequestValues& values, const Message&, qint64,
                 QList<Secret>& sensitive) const override
    {
        const Result<QByteArray> user = m_user.render(values);
        const Result<QByteArray> password = m_password.render(values);
        if (!user || !password)
            return fail(user ? password.error() : user.error());
        if (password->isEmpty())
            return {};
        const QByteArray pair = *user + ':' + *password;
        sensitive << Secret(pair.toBase64());
        addSecretHeader(request, "Authorization", "Basic " + pair.toBase64(), sensitive);
        return {};
    }

private:
    RequestTemplate m_user;
    RequestTemplate m_password;
};

class HeaderAuth final : public RequestAuth {
public:
    explicit HeaderAuth(JsonReader& entry)
        : m_name(readTemplate(entry, QStringLiteral("name"), JsonReader::Required, Escaping::OneLine))
        , m_value(readTemplate(entry, QStringLiteral("value"), JsonReader::Required, Escaping::OneLine))
    {
    }

    Status check(const RequestValues& account) const override
    {
        const Result<QByteArray> name = m_name.render(account);
        if (!name || name->isEmpty() || isFreeHeaderName(*name))
            return {};
        return fail(ErrorCode::InvalidInput,
                    tr("\"%1\" cannot be used as the name of a header.").arg(QString::fromUtf8(*name)));
    }

    Status apply(OutboundRequest& request, const RequestValues& values, const Message&, qint64,
                 QList<Secret>& sensitive) const override
    {
        const Result<QByteArray> name = m_name.render(values);
        const Result<QByteArray> value = m_value.render(values);
        if (!name || !value)
            return fail(name ? value.error() : name.error());
        if (name->isEmpty() || value->isEmpty())
            return {};
        if (!isFreeHeaderName(*name))
            return check(values);
        addSecretHeader(request, *name, *value, sensitive);
        return {};
    }

private:
    RequestTemplate m_name;
    RequestTemplate m_value;
};

bool isLetterOrDigit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// An id that is the same at every attempt and has no dot, as the specification wants it.
QByteArray webhookId(const QString& idempotencyKey, qint64 now)
{
    const QByteArray key = idempotencyKey.toUtf8();
    if (key.isEmpty())
        return "test_" + QByteArray::number(now);
    const bool plain = key.size() <= 64
        && std::all_of(key.begin(), key.end(), [](char c) { return isLetterOrDigit(c) || c == '-' || c == '_'; });
    return plain ? key : QByteArray("msg_" + QCryptographicHash::hash(key, QCryptographicHash::Sha256).toHex().first(32));
}

// The specification's id and time go with every message, for the receiver to find repetitions; the signature when there is a
// secret.
class StandardWebhooksAuth final : public RequestAuth {
public:
    explicit StandardWebhooksAuth(JsonReader& entry)
        : m_secret(readTemplate(entry, QStringLiteral("secret"), JsonReader::Required, Escaping::None))
    {
    }

    Status check(const RequestValues& account) const override
    {
        const Result<QByteArray> secret = m_secret.render(account);
        if (!secret || secret->isEmpty())
            return {};
        const auto keys = StandardWebhookKeys::fromSecret(Secret(*secret));
        return keys ? Status() : Status(fail(keys.error()));
    }

    Status apply(OutboundRequest& request, const RequestValues& values, const Message& message, qint64 now,
                 QList<Secret>&) const override
    {
        const Result<QByteArray> secret = m_secret.render(values);
        if (!secret)
            return fail(secret.error());
        const QByteArray id = webhookId(message.idempotencyKey, now);
        request.headers.append({"webhook-id", id});
        request.headers.append({"webhook-timestamp", QByteArray::number(now / 1000)});
        if (secret->isEmpty())
            return {};
        const auto keys = StandardWebhookKeys::fromSecret(Secret(*secret));
        if (!keys)
            return fail(keys.error());
        request.headers.append({"webhook-signature", keys->sign(id, now / 1000, request.body)});
        return {};
    }

private:
    RequestTemplate m_secret;
};

} // namespace

bool isFreeHeaderName(const QByteArray& name)
{
    static const QList<QByteArray> taken{"host", "content-length", "transfer-encoding", "connection",
                                         "te",   "trailer",        "upgrade",           "expect"};
    const auto isTokenCharacter
        = [](char c) { return isLetterOrDigit(c) || (c != '\0' && QByteArrayView("!#$%&'*+-.^_`|~").contains(c)); };
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
    const QString kind = entry.choice(
        QStringLiteral("kind"),
        {QStringLiteral("bearer"), QStringLiteral("basic"), QStringLiteral("header"), QStringLiteral("standard_webhooks")},
        JsonReader::Required);
    std::shared_ptr<const RequestAuth> auth;
    if (kind == QStringLiteral("basic"))
        auth = std::make_shared<BasicAuth>(entry);
    else if (kind == QStringLiteral("header"))
        auth = std::make_shared<HeaderAuth>(entry);
    else if (kind == QStringLiteral("standard_webhooks"))
        auth = std::make_shared<StandardWebhooksAuth>(entry);
    else
        auth = std::make_shared<BearerAuth>(entry);
    entry.refuseUnknown();
    return auth;
}

} // namespace carillon
