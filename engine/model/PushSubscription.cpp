// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/PushSubscription.h"

#include "engine/base/Json.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QUrl>

namespace carillon {

namespace {

constexpr qsizetype pointOctets = 65;
constexpr qsizetype authOctets = 16;
constexpr auto base64Url = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

QString tr(const char* text)
{
    return QCoreApplication::translate("PushSubscription", text);
}

tl::unexpected<Error> wrong(const QString& sentence)
{
    return fail(ErrorCode::InvalidInput, sentence, QStringLiteral("address"));
}

// Base64 in either alphabet, padded or not; empty for anything else.
QByteArray decoded(const QJsonValue& value)
{
    QByteArray text = value.toString().toLatin1();
    text.replace('+', '-').replace('/', '_');
    while (text.endsWith('='))
        text.chop(1);
    const auto bytes = QByteArray::fromBase64Encoding(text, base64Url | QByteArray::AbortOnBase64DecodingErrors);
    return bytes ? bytes.decoded : QByteArray();
}

bool isThisMachine(const QString& host)
{
    return host == u"localhost" || QHostAddress(host).isLoopback();
}

Status checkEndpoint(const QString& text)
{
    const QUrl url(text, QUrl::StrictMode);
    if (text.size() > PushSubscription::MaxEndpoint || !url.isValid() || url.host().isEmpty())
        return wrong(tr("The subscription's endpoint is no address of a push service."));
    if (url.scheme() != u"https" && !(url.scheme() == u"http" && isThisMachine(url.host())))
        return wrong(tr("The subscription's endpoint must begin with https://."));
    if (!url.userInfo().isEmpty() || url.hasFragment())
        return wrong(tr("The subscription's endpoint must have no user name and no fragment."));
    return {};
}

bool isPoint(const QByteArray& octets)
{
    return octets.size() == pointOctets && octets.startsWith('\x04');
}

} // namespace

Result<PushSubscription> PushSubscription::parse(const QString& text)
{
    if (text.size() > MaxText)
        return wrong(tr("A browser's subscription has at most %1 characters.").arg(MaxText));
    const Result<QJsonObject> object = parseJsonObject(text.toUtf8());
    if (!object)
        return wrong(tr("This is no subscription of a browser: {\"endpoint\": \"https://…\", \"keys\": {\"p256dh\": \"…\", "
                        "\"auth\": \"…\"}}."));
    PushSubscription subscription;
    subscription.endpoint = object->value(u"endpoint").toString();
    if (const Status good = checkEndpoint(subscription.endpoint); !good)
        return fail(good.error());
    subscription.p256dh = decoded((*object)[u"keys"][u"p256dh"]);
    if (!isPoint(subscription.p256dh))
        return wrong(tr("The subscription's key \"p256dh\" is no public key (65 bytes in base64url)."));
    subscription.auth = decoded((*object)[u"keys"][u"auth"]);
    if (subscription.auth.size() != authOctets)
        return wrong(tr("The subscription's key \"auth\" has not 16 bytes in base64url."));
    subscription.key = decoded(object->value(u"key"));
    if (object->contains(u"key") && !isPoint(subscription.key))
        return wrong(tr("The member \"key\" is no VAPID public key (65 bytes in base64url)."));
    return subscription;
}

QString PushSubscription::text() const
{
    const auto encoded = [](const QByteArray& octets) { return QString::fromLatin1(octets.toBase64(base64Url)); };
    QJsonObject object{{QStringLiteral("endpoint"), endpoint},
                       {QStringLiteral("keys"),
                        QJsonObject{{QStringLiteral("auth"), encoded(auth)}, {QStringLiteral("p256dh"), encoded(p256dh)}}}};
    if (!key.isEmpty())
        object.insert(QStringLiteral("key"), encoded(key));
    return QString::fromUtf8(compactJson(object));
}

QString PushSubscription::origin() const
{
    const QUrl url(endpoint);
    const bool isDefault = url.port() == -1 || (url.scheme() == u"https" && url.port() == 443)
        || (url.scheme() == u"http" && url.port() == 80);
    QUrl origin;
    origin.setScheme(url.scheme());
    origin.setHost(url.host());
    origin.setPort(isDefault ? -1 : url.port());
    return origin.toString(QUrl::FullyEncoded);
}

QString PushSubscription::host() const
{
    return QUrl(endpoint).host(QUrl::FullyEncoded);
}

} // namespace carillon
