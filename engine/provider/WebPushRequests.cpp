// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/WebPushRequests.h"

#include "engine/base/Json.h"
#include "engine/provider/WebPushProvider.h"
#include "engine/security/Hmac.h"
#include "engine/security/WebPushEncryption.h"

#include <QCoreApplication>
#include <QCryptographicHash>

namespace carillon {

namespace {

constexpr qsizetype mostTokens = 256; // there are a handful of push services; whoever makes up more gains nothing
constexpr qint64 reuseMs = WebPushRequests::TokenMs - 3'600'000; // what is under way for long still finds it valid
constexpr qsizetype topicLength = 32; // RFC 8030 section 5.4

QString tr(const char* text)
{
    return QCoreApplication::translate("WebPushRequests", text);
}

QString tagOf(const Message& message)
{
    const QString own = message.fields.value(u"tag").toString();
    return own.isEmpty() ? message.idempotencyKey : own;
}

// What the tag is called before the push service, which need not know it: 32 characters of the alphabet that it takes.
QByteArray topicOf(const QString& tag)
{
    return toBase64Url(QCryptographicHash::hash(tag.toUtf8(), QCryptographicHash::Sha256)).left(topicLength);
}

QByteArray payloadOf(const Message& message)
{
    QJsonObject payload = message.fields;
    if (const QString tag = tagOf(message); !tag.isEmpty())
        payload.insert(QStringLiteral("tag"), tag);
    if (message.deliveryId != 0)
        payload.insert(QStringLiteral("id"), message.deliveryId);
    return compactJson(payload);
}

} // namespace

WebPushRequests::WebPushRequests(const AccountConfig& config)
    : m_key(VapidKey::fromText(config.secrets.value(WebPushProvider::VapidField)))
    , m_subject(config.settings.value(u"subject").toString())
    , m_keptMs(qint64(config.settings.value(u"keep_hours").toDouble() * 3'600'000))
{
}

Result<OutboundRequest> WebPushRequests::make(const Message& message, const PushSubscription& to, qint64 now)
{
    if (const Status good = checkKeys(to); !good)
        return fail(good.error());
    Result<QByteArray> body = WebPushEncryption::encrypt(payloadOf(message), {to.p256dh, to.auth});
    if (!body)
        return fail(body.error());
    const Result<QByteArray> authorized = authorization(to.origin(), now);
    if (!authorized)
        return fail(authorized.error());
    OutboundRequest request;
    request.mayRepeat = false;
    request.url = to.endpoint.toUtf8();
    request.body = std::move(*body);
    request.headers = {{"TTL", QByteArray::number(ttl(message, now))},
                       {"Content-Type", "application/octet-stream"},
                       {"Content-Encoding", "aes128gcm"},
                       {"Authorization", *authorized},
                       {"Urgency", message.urgent ? "high" : "normal"}};
    if (const QString tag = tagOf(message); !tag.isEmpty())
        request.headers << HttpHeader{"Topic", topicOf(tag)};
    return request;
}

// A browser that subscribed with another key would only be refused, in a way that looks as if our key were wrong for all.
Status WebPushRequests::checkKeys(const PushSubscription& to) const
{
    if (!m_key)
        return fail(m_key.error());
    if (!to.key.isEmpty() && to.key != m_key->publicPoint())
        return fail(ErrorCode::InvalidInput,
                    tr("The browser subscribed with another VAPID key than this account's. It must subscribe again."));
    return {};
}

Result<QByteArray> WebPushRequests::authorization(const QString& origin, qint64 now)
{
    const auto known = m_tokens.constFind(origin);
    if (known != m_tokens.cend() && now >= known->madeAt && now < known->madeAt + reuseMs)
        return known->field;
    const Result<QByteArray> made = m_key->authorization(origin, m_subject, now + TokenMs);
    if (!made)
        return made;
    if (m_tokens.size() >= mostTokens)
        m_tokens.clear();
    m_tokens.insert(origin, {*made, now});
    return made;
}

qint64 WebPushRequests::ttl(const Message& message, qint64 now) const
{
    const qint64 left = message.expiresAt == 0 ? m_keptMs : qBound(qint64(0), message.expiresAt - now, m_keptMs);
    return left / 1'000;
}

} // namespace carillon
