// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/AuthKinds.h"

#include "engine/security/StandardWebhook.h"

#include <QCryptographicHash>

#include <algorithm>

namespace carillon {

namespace {

using Escaping = RequestTemplate::Escaping;

bool isAsciiLetterOrDigit(char c)
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
        && std::all_of(key.begin(), key.end(), [](char c) { return isAsciiLetterOrDigit(c) || c == '-' || c == '_'; });
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

std::shared_ptr<const RequestAuth> readStandardWebhooksAuth(JsonReader& entry)
{
    return std::make_shared<StandardWebhooksAuth>(entry);
}

} // namespace carillon
