// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/Limits.h"

#include "engine/model/JsonMember.h"
#include "engine/model/PushSubscription.h"

#include <QCoreApplication>

namespace carillon {

namespace {

constexpr double mostPerSecond = 1'000'000;

// A rate by the second or by the minute.
void readRate(JsonMembers& members, const QJsonObject& object, const QString& prefix, double& perSecond)
{
    const QString bySecond = prefix + QStringLiteral("per_second");
    const QString byMinute = prefix + QStringLiteral("per_minute");
    members.number(bySecond, perSecond, 0, mostPerSecond);
    double perMinute = perSecond * 60;
    members.number(byMinute, perMinute, 0, mostPerSecond * 60);
    if (object.value(bySecond).isDouble() && object.value(byMinute).isDouble())
        members.refuse(byMinute,
                       QCoreApplication::translate("Limits", "Give \"%1\" or \"%2\", not both.").arg(bySecond, byMinute));
    else if (object.value(byMinute).isDouble())
        perSecond = perMinute / 60;
}

} // namespace

QJsonObject toJson(const AccountLimits& limits)
{
    QJsonObject object;
    setUnless(object, QStringLiteral("per_second"), limits.perSecond, 0.0);
    setUnless(object, QStringLiteral("burst"), limits.burst, 0);
    setUnless(object, QStringLiteral("in_flight"), limits.inFlight, 0);
    setUnless(object, QStringLiteral("destination_per_second"), limits.destinationPerSecond, 0.0);
    setUnless(object, QStringLiteral("destination_burst"), limits.destinationBurst, 0);
    setUnless(object, QStringLiteral("destination_in_flight"), limits.destinationInFlight, 0);
    setUnless(object, QStringLiteral("adapt"), limits.adapt, true);
    return object;
}

Result<AccountLimits> accountLimitsOf(const QJsonObject& object)
{
    AccountLimits limits;
    JsonMembers members(object);
    readRate(members, object, QString(), limits.perSecond);
    members.number(QStringLiteral("burst"), limits.burst, 0, 1'000'000);
    members.number(QStringLiteral("in_flight"), limits.inFlight, 0, 100'000);
    readRate(members, object, QStringLiteral("destination_"), limits.destinationPerSecond);
    members.number(QStringLiteral("destination_burst"), limits.destinationBurst, 0, 1'000'000);
    members.number(QStringLiteral("destination_in_flight"), limits.destinationInFlight, 0, 100'000);
    members.flag(QStringLiteral("adapt"), limits.adapt);
    if (Status read = members.end(); !read)
        return fail(read.error());
    return limits;
}

Status check(const AccountLimits& limits)
{
    const Result<AccountLimits> read = accountLimitsOf(toJson(limits));
    return read ? Status() : fail(read.error());
}

QString destinationOf(const QString& channel, const QString& address)
{
    if (channel == QStringLiteral("web_push")) {
        const Result<PushSubscription> subscription = PushSubscription::parse(address);
        return subscription ? subscription->host() : address;
    }
    if (channel != QStringLiteral("email"))
        return address;
    return address.mid(address.lastIndexOf(u'@') + 1).toLower();
}

} // namespace carillon
