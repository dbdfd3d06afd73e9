// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Json.h"
#include "engine/provider/Callback.h"
#include "engine/security/Hmac.h"
#include "engine/security/StandardWebhook.h"

#include <QCryptographicHash>
#include <QUrl>

#include <map>

namespace carillon {

// A callback as a platform makes it, out of a fixture's words; signed as the platform does:
//
//     meta       X-Hub-Signature-256: sha256=<hex of HMAC-SHA256 of the body>
//     slack      X-Slack-Signature: v0=<hex of HMAC-SHA256 of v0:<time>:<body>>, X-Slack-Request-Timestamp
//     twilio     X-Twilio-Signature: base64 of HMAC-SHA1 of the address and the form's sorted parameters
//     standard_webhooks   webhook-id, webhook-timestamp, webhook-signature
//     vonage     Authorization: Bearer <JWT, HS256, with the body's SHA-256 as payload_hash>
//     token      as the fixture's headers say
inline Callback signedCallback(const QJsonObject& one, qint64 now)
{
    Callback callback;
    callback.method = one.value(u"method").toString(QStringLiteral("POST")).toLatin1();
    callback.query = one.value(u"query").toString().toUtf8();
    QByteArray url = "https://news.example/hooks/1/token";
    if (!callback.query.isEmpty())
        url += '?' + callback.query;
    callback.urls = {url};
    std::map<QByteArray, QByteArray> form;
    const QJsonObject fields = one.value(u"form").toObject();
    for (auto field = fields.begin(); field != fields.end(); ++field) {
        const QByteArray value = field.value().toString().toUtf8();
        form.emplace(field.key().toUtf8(), value);
        callback.body += (callback.body.isEmpty() ? "" : "&") + QUrl::toPercentEncoding(field.key()) + '='
            + QUrl::toPercentEncoding(field.value().toString());
    }
    if (one.contains(u"json"))
        callback.body = compactJson(one.value(u"json").toObject());
    if (one.contains(u"body"))
        callback.body = one.value(u"body").toString().toUtf8();
    callback.headers << HttpHeader("Content-Type",
                                   one.contains(u"form") ? "application/x-www-form-urlencoded" : "application/json");
    const QJsonObject headers = one.value(u"headers").toObject();
    for (auto header = headers.begin(); header != headers.end(); ++header)
        callback.headers << HttpHeader(header.key().toLatin1(), header.value().toString().toUtf8());

    const QString kind = one[u"sign"][u"kind"].toString();
    const Secret secret(one[u"sign"][u"secret"].toString().toUtf8());
    const QByteArray seconds = QByteArray::number(now / 1'000);
    if (kind == u"meta") {
        callback.headers << HttpHeader("X-Hub-Signature-256", "sha256=" + hmacSha256(secret, callback.body).toHex());
    } else if (kind == u"slack") {
        const QByteArray content = "v0:" + seconds + ':' + callback.body;
        callback.headers << HttpHeader("X-Slack-Request-Timestamp", seconds)
                         << HttpHeader("X-Slack-Signature", "v0=" + hmacSha256(secret, content).toHex());
    } else if (kind == u"twilio") {
        QByteArray content = url;
        for (const auto& [name, value] : form)
            content += name + value;
        callback.headers << HttpHeader("X-Twilio-Signature", hmacOf(HmacHash::Sha1, secret, content).toBase64());
    } else if (kind == u"standard_webhooks") {
        const auto keys = StandardWebhookKeys::fromSecret(secret);
        callback.headers << HttpHeader("webhook-id", "msg_1") << HttpHeader("webhook-timestamp", seconds)
                         << HttpHeader("webhook-signature", keys->sign("msg_1", now / 1'000, callback.body));
    } else if (kind == u"vonage") {
        const QByteArray hash = QCryptographicHash::hash(callback.body, QCryptographicHash::Sha256).toHex();
        const QByteArray claims
            = "{\"iat\":" + seconds + ",\"jti\":\"1\",\"iss\":\"Vonage\",\"payload_hash\":\"" + hash + "\"}";
        const QByteArray content = toBase64Url("{\"typ\":\"JWT\",\"alg\":\"HS256\"}") + '.' + toBase64Url(claims);
        const QByteArray signature = toBase64Url(hmacSha256(secret, content));
        callback.headers << HttpHeader("Authorization", "Bearer " + content + '.' + signature);
    }
    return callback;
}

} // namespace carillon
