// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/CheckKinds.h"

#include "engine/provider/RequestAuth.h"

#include <QCoreApplication>

#include <algorithm>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("CallbackCheck", text);
}

class NoCheck final : public CallbackCheck {
public:
    Status check(const Callback&, const RequestValues&, qint64) const override { return {}; }
};

std::shared_ptr<const CallbackCheck> readNoCheck(JsonReader&)
{
    return std::make_shared<NoCheck>();
}

struct Kind {
    QString name;
    std::shared_ptr<const CallbackCheck> (*read)(JsonReader& entry);
};

const QList<Kind>& kinds()
{
    static const QList<Kind> kinds{{QStringLiteral("hmac"), readHmacCheck},
                                   {QStringLiteral("twilio"), readTwilioCheck},
                                   {QStringLiteral("standard_webhooks"), readStandardWebhooksCheck},
                                   {QStringLiteral("jwt"), readJwtCheck},
                                   {QStringLiteral("token"), readTokenCheck},
                                   {QStringLiteral("none"), readNoCheck}};
    return kinds;
}

} // namespace

std::shared_ptr<const CallbackCheck> readCallbackCheck(JsonReader& entry)
{
    QStringList names;
    for (const Kind& kind : kinds())
        names << kind.name;
    const QString name = entry.choice(QStringLiteral("kind"), names, JsonReader::Required);
    const auto check = kinds().at(names.indexOf(name)).read(entry);
    entry.refuseUnknown();
    return check;
}

RequestTemplate readCheckSecret(JsonReader& entry)
{
    return readTemplate(entry, QStringLiteral("secret"), JsonReader::Required, RequestTemplate::Escaping::None);
}

Result<Secret> checkSecret(const RequestTemplate& secret, const RequestValues& account)
{
    const Result<QByteArray> value = secret.render(account);
    if (!value)
        return fail(value.error());
    if (value->isEmpty())
        return notGenuine(tr("The account has no secret to check it with: enter it in the account's settings."));
    return Secret(*value);
}

qint64 readTolerance(JsonReader& entry)
{
    return static_cast<qint64>(1'000 * entry.number(QStringLiteral("toleranceSeconds"), 300, 1, 86'400));
}

Result<qint64> freshTime(const QByteArray& seconds, qint64 toleranceMs, qint64 now)
{
    const bool digits = !seconds.isEmpty() && seconds.size() <= 12
        && std::all_of(seconds.begin(), seconds.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits)
        return notGenuine(tr("The time at which it was signed is missing."));
    const qint64 time = seconds.toLongLong();
    if (qAbs(now - time * 1'000) > toleranceMs)
        return notGenuine(tr("It was signed at another time: it is a repetition, or one of the clocks is wrong."));
    return time;
}

tl::unexpected<Error> notGenuine(const QString& sentence)
{
    return fail(ErrorCode::Unauthenticated, sentence);
}

} // namespace carillon
