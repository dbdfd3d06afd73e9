// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/TriggerDetail.h"

#include "engine/model/EmailAddress.h"
#include "engine/model/Names.h"
#include "engine/store/DeliveryRepository.h"
#include "engine/store/EngagementRepository.h"
#include "engine/store/TopicRepository.h"
#include "engine/store/TriggerRepository.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonArray>

#include <algorithm>

namespace carillon {

namespace {

QString isoTime(qint64 at)
{
    return QDateTime::fromMSecsSinceEpoch(at, Qt::UTC).toString(Qt::ISODateWithMs);
}

QJsonObject deliveryJson(const Delivery& delivery, const QStringList& engagement)
{
    QJsonObject object{{QStringLiteral("delivery"), delivery.id},
                       {QStringLiteral("contact"), delivery.contactId},
                       {QStringLiteral("channel"), delivery.channel},
                       {QStringLiteral("address"), shownAddress(delivery.channel, delivery.address)},
                       {QStringLiteral("state"), nameOf(delivery.state)},
                       {QStringLiteral("attempts"), delivery.attempts}};
    if (!delivery.lastError.isEmpty())
        object.insert(u"error", delivery.lastError);
    if (delivery.follows != 0)
        object.insert(u"follows", delivery.follows);
    if (delivery.state == DeliveryState::Queued || delivery.state == DeliveryState::Retrying)
        object.insert(u"due_at", isoTime(delivery.dueAt));
    if (!engagement.isEmpty())
        object.insert(u"engagement", QJsonArray::fromStringList(engagement));
    return object;
}

} // namespace

QJsonObject TriggerDetail::toJson() const
{
    QJsonObject states;
    for (auto count = counts.cbegin(); count != counts.cend(); ++count)
        states.insert(nameOf(count.key()), *count);
    QJsonArray list;
    for (const Delivery& delivery : deliveries)
        list << deliveryJson(delivery, engagement.value(delivery.id));
    return {{QStringLiteral("trigger"), trigger.id},
            {QStringLiteral("topic"), topicKey},
            {QStringLiteral("created_at"), isoTime(trigger.createdAt)},
            {QStringLiteral("counts"), states},
            {QStringLiteral("deliveries"), list}};
}

Error noSuchTrigger(qint64 id)
{
    return {ErrorCode::NotFound, QCoreApplication::translate("TriggerService", "There is no trigger %1.").arg(id), {}};
}

Result<TriggerDetail> readTrigger(Connection& connection, qint64 id)
{
    const std::optional<Trigger> trigger = TriggerRepository(connection).find(id);
    if (!trigger)
        return fail(noSuchTrigger(id));
    TriggerDetail detail;
    detail.trigger = *trigger;
    const std::optional<Topic> topic = TopicRepository(connection).find(trigger->topicId);
    detail.topicKey = topic ? topic->key : QString();
    DeliveryRepository deliveries(connection);
    detail.counts = deliveries.countsOfTrigger(id);
    DeliveryFilter filter;
    filter.triggerId = id;
    detail.deliveries = deliveries.page(filter, 0, TriggerDetail::MaxDeliveries);
    std::reverse(detail.deliveries.begin(), detail.deliveries.end());
    detail.engagement = EngagementRepository(connection).kindsOfTrigger(id);
    return detail;
}

} // namespace carillon
