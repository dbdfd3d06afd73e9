// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/Limits.h"

#include "engine/model/JsonMember.h"

namespace carillon {

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
    members.number(QStringLiteral("per_second"), limits.perSecond, 0, 1'000'000);
    members.number(QStringLiteral("burst"), limits.burst, 0, 1'000'000);
    members.number(QStringLiteral("in_flight"), limits.inFlight, 0, 100'000);
    members.number(QStringLiteral("destination_per_second"), limits.destinationPerSecond, 0, 1'000'000);
    members.number(QStringLiteral("destination_burst"), limits.destinationBurst, 0, 1'000'000);
    members.number(QStringLiteral("destination_in_flight"), limits.destinationInFlight, 0, 100'000);
    members.flag(QStringLiteral("adapt"), limits.adapt);
    if (Status read = members.end(); !read)
        return fail(read.error());
    return limits;
}

QString destinationOf(const QString& channel, const QString& address)
{
    if (channel != QStringLiteral("email"))
        return address;
    return address.mid(address.lastIndexOf(u'@') + 1).toLower();
}

} // namespace carillon
