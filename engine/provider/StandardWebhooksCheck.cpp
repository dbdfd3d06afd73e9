// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/CheckKinds.h"
#include "engine/security/StandardWebhook.h"

#include <QCoreApplication>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("StandardWebhooksCheck", text);
}

// webhook-id, webhook-timestamp and webhook-signature as Standard Webhooks describe; with "headers": "svix" under that older
// name.
class StandardWebhooksCheck final : public CallbackCheck {
public:
    explicit StandardWebhooksCheck(JsonReader& entry)
        : m_secret(readCheckSecret(entry))
        , m_name(entry.choice(QStringLiteral("headers"), {QStringLiteral("webhook"), QStringLiteral("svix")}).toLatin1())
        , m_toleranceMs(readTolerance(entry))
    {
    }

    Status check(const Callback& callback, const RequestValues& account, qint64 now) const override
    {
        const Result<Secret> secret = checkSecret(m_secret, account);
        if (!secret)
            return fail(secret.error());
        const auto keys = StandardWebhookKeys::fromSecret(*secret);
        if (!keys)
            return notGenuine(keys.error().message);
        const Result<qint64> time = freshTime(callback.header(m_name + "-timestamp"), m_toleranceMs, now);
        if (!time)
            return fail(time.error());
        const QByteArray id = callback.header(m_name + "-id");
        // A dot in it could move a piece of the body into the id.
        if (id.isEmpty() || id.contains('.')
            || !keys->verifies(id, *time, callback.body, callback.header(m_name + "-signature")))
            return notGenuine(tr("Its signature is wrong: check the signing secret in the account's settings."));
        return {};
    }

private:
    RequestTemplate m_secret;
    QByteArray m_name;
    qint64 m_toleranceMs;
};

} // namespace

std::shared_ptr<const CallbackCheck> readStandardWebhooksCheck(JsonReader& entry)
{
    return std::make_shared<StandardWebhooksCheck>(entry);
}

} // namespace carillon
