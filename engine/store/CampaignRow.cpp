// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/CampaignRow.h"

#include "engine/model/Names.h"
#include "engine/store/Connection.h"

#include <QJsonArray>

namespace carillon {

namespace {

CampaignState stateOf(const QString& name)
{
    return valueOf<CampaignState>(name).value_or(CampaignState::Paused);
}

QJsonObject toJson(const MissedAudience& missed)
{
    QJsonArray states;
    for (const DeliveryState state : missed.states)
        states << nameOf(state);
    return {{QStringLiteral("campaign"), missed.campaignId},
            {QStringLiteral("states"), states},
            {QStringLiteral("reasons"), QJsonArray::fromStringList(missed.reasons)}};
}

MissedAudience missedOf(const QJsonObject& object)
{
    MissedAudience missed;
    missed.campaignId = object.value(u"campaign").toInteger();
    for (const QJsonValue& name : object.value(u"states").toArray()) {
        if (const auto state = valueOf<DeliveryState>(name.toString()))
            missed.states << *state;
    }
    for (const QJsonValue& reason : object.value(u"reasons").toArray())
        missed.reasons << reason.toString();
    return missed;
}

Audience audienceOf(const QJsonObject& object)
{
    Audience audience;
    audience.everyone = object.value(u"everyone").toBool();
    for (const QJsonValue& id : object.value(u"lists").toArray())
        audience.listIds << id.toInteger();
    if (object.contains(u"missed"))
        audience.missed = missedOf(object.value(u"missed").toObject());
    return audience;
}

CampaignOrigin originOf(const QJsonObject& object)
{
    return {object.value(u"series").toInteger(), object.value(u"occurrence_at").toInteger(),
            object.value(u"missed_of").toInteger()};
}

} // namespace

QJsonObject toJson(const Audience& audience)
{
    QJsonArray lists;
    for (const qint64 id : audience.listIds)
        lists << id;
    QJsonObject object{{QStringLiteral("lists"), lists}, {QStringLiteral("everyone"), audience.everyone}};
    if (audience.missed)
        object.insert(QStringLiteral("missed"), toJson(*audience.missed));
    return object;
}

QJsonObject toJson(const CampaignOrigin& origin)
{
    QJsonObject object;
    if (origin.seriesId != 0) {
        object.insert(QStringLiteral("series"), origin.seriesId);
        object.insert(QStringLiteral("occurrence_at"), origin.occurrenceAt);
    }
    if (origin.missedOf != 0)
        object.insert(QStringLiteral("missed_of"), origin.missedOf);
    return object;
}

Campaign campaignOf(const Rows& rows)
{
    Campaign campaign{rows.integer(0),
                      rows.text(1),
                      rows.integer(2),
                      audienceOf(rows.json(3)),
                      rows.json(4),
                      stateOf(rows.text(5)),
                      stateOf(rows.text(6)),
                      rows.integer(7),
                      rows.integer(8),
                      rows.boolean(9),
                      rows.integer(10),
                      rows.integer(11),
                      rows.integer(12),
                      rows.integer(13),
                      {},
                      {},
                      {},
                      {},
                      {}};
    campaign.schedule = scheduleOf(rows.json(14)).value_or(Schedule());
    campaign.control = campaignControlOf(rows.json(15)).value_or(CampaignControl());
    campaign.origin = originOf(rows.json(16));
    campaign.pauseReason = rows.text(17);
    campaign.canary = rows.text(18);
    return campaign;
}

} // namespace carillon
