// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/DispatchRules.h"

#include "engine/model/JsonMember.h"

#include <QCoreApplication>

namespace carillon {

namespace {

constexpr double longestMs = 30.0 * 24 * 3600 * 1000;

QJsonObject toJson(const Canary& canary)
{
    QJsonObject object;
    setUnless(object, QStringLiteral("count"), canary.count, qint64(0));
    setUnless(object, QStringLiteral("percent"), canary.percent, 0.0);
    object.insert(QStringLiteral("max_failed_percent"), canary.maxFailedPercent);
    return object;
}

Result<Canary> canaryOf(const QJsonObject& object)
{
    Canary canary;
    JsonMembers members(object);
    members.number(QStringLiteral("count"), canary.count, 0, 1e9);
    members.number(QStringLiteral("percent"), canary.percent, 0, 100);
    members.number(QStringLiteral("max_failed_percent"), canary.maxFailedPercent, 0, 100);
    if (Status read = members.end(); !read)
        return fail(read.error());
    return canary;
}

} // namespace

QJsonObject toJson(const DispatchRules& rules)
{
    QJsonObject object;
    setUnless(object, QStringLiteral("hold_ms"), rules.holdMs, qint64(0));
    if (rules.quietHours)
        object.insert(QStringLiteral("quiet_hours"), rules.quietHours->text());
    setUnless(object, QStringLiteral("next_account"), rules.nextAccount, true);
    setUnless(object, QStringLiteral("next_channel_after_ms"), rules.nextChannelAfterMs, qint64(0));
    return object;
}

Result<DispatchRules> dispatchRulesOf(const QJsonObject& object)
{
    DispatchRules rules;
    JsonMembers members(object);
    QString quiet;
    members.number(QStringLiteral("hold_ms"), rules.holdMs, 0, longestMs);
    members.text(QStringLiteral("quiet_hours"), quiet);
    members.flag(QStringLiteral("next_account"), rules.nextAccount);
    members.number(QStringLiteral("next_channel_after_ms"), rules.nextChannelAfterMs, 0, longestMs);
    if (!quiet.isEmpty()) {
        if (const Result<DayPart> read = DayPart::parse(quiet))
            rules.quietHours = *read;
        else
            members.refuse(QStringLiteral("quiet_hours"), read.error().message);
    }
    if (Status read = members.end(); !read)
        return fail(read.error());
    return rules;
}

qint64 Canary::sizeOf(qint64 deliveries) const
{
    return qMin(deliveries, qMax(count, qint64(std::ceil(double(deliveries) * percent / 100))));
}

QJsonObject toJson(const CampaignControl& control)
{
    QJsonObject object;
    setUnless(object, QStringLiteral("per_minute"), control.perMinute, 0.0);
    if (control.holdMs)
        object.insert(QStringLiteral("hold_ms"), *control.holdMs);
    if (control.canary.isOn())
        object.insert(QStringLiteral("canary"), toJson(control.canary));
    return object;
}

Result<CampaignControl> campaignControlOf(const QJsonObject& object)
{
    CampaignControl control;
    JsonMembers members(object);
    members.number(QStringLiteral("per_minute"), control.perMinute, 0, 1e9);
    qint64 hold = -1;
    members.number(QStringLiteral("hold_ms"), hold, 0, longestMs);
    if (hold >= 0)
        control.holdMs = hold;
    members.object(QStringLiteral("canary"), control.canary, canaryOf);
    if (Status read = members.end(); !read)
        return fail(read.error());
    return control;
}

QString PauseReason::sentence(const QString& reason)
{
    if (reason == Missed)
        return QCoreApplication::translate("PauseReason", "Its hour passed while nothing could be sent.");
    if (reason == Canary)
        return QCoreApplication::translate("PauseReason", "Too many of its first deliveries failed.");
    return reason;
}

} // namespace carillon
