// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/WebPushProvider.h"

#include "engine/provider/WebPushSender.h"
#include "engine/security/VapidKey.h"
#include "engine/security/WebPushEncryption.h"

#include <QCoreApplication>

namespace carillon {

const QString WebPushProvider::Key = QStringLiteral("web_push");
const QString WebPushProvider::VapidField = QStringLiteral("vapid_key");
const QString WebPushProvider::PublicKeyField = QStringLiteral("public_key");

namespace {

constexpr double mostHours = 720; // 30 days: what Mozilla takes
constexpr double usualHours = 672; // 4 weeks: what Google takes

QString tr(const char* text)
{
    return QCoreApplication::translate("WebPushProvider", text);
}

ProviderField subjectField()
{
    ProviderField field;
    field.key = QStringLiteral("subject");
    field.label = tr("Contact for push services");
    field.help = tr("Whom the browsers' makers may write to when something is wrong with your messages: mailto: and a mail "
                    "address, or the https: address of a page.");
    field.pattern = QStringLiteral("mailto:[^@\\s]+@[^@\\s]+|https://[^\\s/]+\\S*");
    field.required = true;
    return field;
}

ProviderField vapidField()
{
    ProviderField field;
    field.key = WebPushProvider::VapidField;
    field.label = tr("VAPID private key");
    field.help
        = tr("Left empty, one is made. Bring your own to keep the subscriptions that were made with it: base64url, as "
             "\"web-push generate-vapid-keys\" prints it.");
    field.type = FieldType::Password;
    field.required = true;
    field.secret = true;
    field.generated = true;
    return field;
}

ProviderField publicKeyField()
{
    ProviderField field;
    field.key = WebPushProvider::PublicKeyField;
    field.label = tr("VAPID public key");
    field.help = tr("Follows from the private one. Sites subscribe browsers with it, and get it at /api/v1/push/key.");
    return field;
}

ProviderField keptField()
{
    ProviderField field;
    field.key = QStringLiteral("keep_hours");
    field.label = tr("Kept for (hours)");
    field.help = tr("How long a push service keeps a message for a browser that is not running, unless the topic's lifetime "
                    "ends before. 0: it is delivered now or never.");
    field.type = FieldType::Number;
    field.defaultValue = usualHours;
    field.maximum = mostHours;
    return field;
}

ProviderDescription makeDescription()
{
    ProviderDescription d;
    d.key = WebPushProvider::Key;
    d.name = tr("Web Push");
    d.channel = WebPushProvider::Key;
    d.help = tr("Notifications in browsers, whether the site is open or not. Needs no account anywhere: the site subscribes "
                "its visitors' browsers.");
    d.addressLabel
        = tr("a browser's subscription: {\"endpoint\": \"https://…\", \"keys\": {\"p256dh\": \"…\", \"auth\": \"…\"}}");
    d.maxMessageBytes = WebPushEncryption::MaxBody;
    d.fields = {subjectField(), keptField(), vapidField(), publicKeyField()};
    return d;
}

} // namespace

WebPushProvider::WebPushProvider(Clock& clock, std::shared_ptr<HttpTransport> transport, qint64 timeoutMs)
    : m_clock(clock)
    , m_transport(std::move(transport))
    , m_timeoutMs(timeoutMs)
    , m_description(makeDescription())
{
}

Status WebPushProvider::check(const AccountConfig& config) const
{
    const Result<VapidKey> key = VapidKey::fromText(config.secrets.value(VapidField));
    return key ? Status() : fail(ErrorCode::InvalidInput, key.error().message, VapidField);
}

Result<AccountConfig> WebPushProvider::complete(const AccountConfig& config) const
{
    const Secret given = config.secrets.value(VapidField);
    const Result<VapidKey> key = given.isEmpty() ? VapidKey::generate() : VapidKey::fromText(given);
    if (!key)
        return fail(key.error().code, key.error().message, VapidField);
    AccountConfig complete = config;
    complete.secrets.insert(VapidField, key->text());
    complete.settings.insert(PublicKeyField, QString::fromLatin1(key->publicText()));
    return complete;
}

std::unique_ptr<Sender> WebPushProvider::makeSender(const AccountConfig& config) const
{
    return std::make_unique<WebPushSender>(config, m_clock, m_transport, m_timeoutMs);
}

} // namespace carillon
