// SPDX-License-Identifier: GPL-3.0-or-later
// What a trigger is asked with and answered with, as JSON.
#include "engine/base/Json.h"
#include "engine/model/JsonMember.h"
#include "engine/service/TriggerService.h"

#include <QCoreApplication>

namespace carillon {

namespace {

constexpr qsizetype maxKeyLength = 255;
constexpr qsizetype maxDataBytes = 256 * 1024;

QString tr(const char* text)
{
    return QCoreApplication::translate("TriggerService", text);
}

Result<TriggerRecipient> recipientOf(const QJsonObject& object)
{
    TriggerRecipient recipient;
    JsonMembers members(object);
    members.text(QStringLiteral("external_id"), recipient.externalId);
    members.number(QStringLiteral("contact"), recipient.contactId, 1, JsonMembers::MostExact);
    members.text(QStringLiteral("channel"), recipient.channel);
    members.text(QStringLiteral("address"), recipient.address);
    members.text(QStringLiteral("name"), recipient.name);
    members.text(QStringLiteral("locale"), recipient.locale);
    members.text(QStringLiteral("time_zone"), recipient.timeZone);
    if (const Status read = members.end(); !read)
        return fail(read.error());
    return recipient;
}

Status takeRecipients(const QJsonValue& to, QList<TriggerRecipient>& recipients)
{
    const QJsonArray list = to.isObject() ? QJsonArray{to} : to.toArray();
    if (!to.isObject() && !to.isArray())
        return fail(ErrorCode::InvalidInput,
                    tr("Say who it is for: \"to\" is a recipient or a list of them, "
                       "{\"external_id\": \"cust-17\"} or {\"channel\": \"email\", \"address\": \"anna@example.org\"}."),
                    QStringLiteral("to"));
    for (qsizetype i = 0; i < list.size(); ++i) {
        const QString field = QStringLiteral("to[%1]").arg(i);
        if (!list.at(i).isObject())
            return fail(ErrorCode::InvalidInput, tr("%1 is not an object.").arg(field), field);
        const Result<TriggerRecipient> recipient = recipientOf(list.at(i).toObject());
        if (!recipient)
            return fail(ErrorCode::InvalidInput, recipient.error().message, field + u'.' + recipient.error().field);
        recipients << *recipient;
    }
    return {};
}

// `data`, which may be called `metadata`.
QJsonObject dataOf(JsonMembers& members)
{
    const QJsonValue data = members.take(QStringLiteral("data"));
    const QJsonValue metadata = members.take(QStringLiteral("metadata"));
    if (!data.isUndefined() && !metadata.isUndefined())
        members.refuse(QStringLiteral("metadata"), tr("\"metadata\" is another name of \"data\": give one of them."));
    const QJsonValue& given = data.isUndefined() ? metadata : data;
    if (!given.isUndefined() && !given.isObject())
        members.refuse(data.isUndefined() ? QStringLiteral("metadata") : QStringLiteral("data"),
                       tr("The data is an object: {\"order\": 12}."));
    return given.toObject();
}

Status checkRecipient(const TriggerRecipient& recipient, qsizetype index)
{
    const QString field = QStringLiteral("to[%1]").arg(index);
    const bool byAddress = !recipient.channel.isEmpty() || !recipient.address.isEmpty();
    const int names = int(!recipient.externalId.isEmpty()) + int(recipient.contactId != 0) + int(byAddress);
    if (names != 1)
        return fail(ErrorCode::InvalidInput,
                    tr("%1 is named by an external_id, a contact's number, or a channel and an address: give one of them.")
                        .arg(field),
                    field);
    if (byAddress && (recipient.channel.trimmed().isEmpty() || recipient.address.trimmed().isEmpty()))
        return fail(ErrorCode::InvalidInput, tr("%1 needs a channel and an address.").arg(field), field);
    return {};
}

QJsonObject toJson(const TriggerRecipient& recipient)
{
    return {{QStringLiteral("contact"), recipient.contactId}, {QStringLiteral("external_id"), recipient.externalId},
            {QStringLiteral("channel"), recipient.channel},   {QStringLiteral("address"), recipient.address},
            {QStringLiteral("name"), recipient.name},         {QStringLiteral("locale"), recipient.locale},
            {QStringLiteral("time_zone"), recipient.timeZone}};
}

} // namespace

Result<TriggerRequest> TriggerService::parse(const QJsonObject& object)
{
    TriggerRequest request;
    JsonMembers members(object);
    members.text(QStringLiteral("topic"), request.topicKey);
    members.text(QStringLiteral("idempotency_key"), request.idempotencyKey);
    request.data = dataOf(members);
    const QJsonValue to = members.take(QStringLiteral("to"));
    if (const Status read = members.end(); !read)
        return fail(read.error());
    if (const Status taken = takeRecipients(to, request.recipients); !taken)
        return fail(taken.error());
    if (const Status good = check(request); !good)
        return fail(good.error());
    return request;
}

Status TriggerService::check(const TriggerRequest& request)
{
    if (request.topicKey.isEmpty())
        return fail(ErrorCode::InvalidInput, tr("Name the topic by its key: \"topic\": \"order.shipped\"."),
                    QStringLiteral("topic"));
    if (request.recipients.isEmpty())
        return fail(ErrorCode::InvalidInput, tr("A trigger needs a recipient."), QStringLiteral("to"));
    if (request.recipients.size() > MaxRecipients)
        return fail(ErrorCode::InvalidInput,
                    tr("A trigger is for at most %1 recipients. For more, make a campaign.").arg(MaxRecipients),
                    QStringLiteral("to"));
    if (request.idempotencyKey.size() > maxKeyLength)
        return fail(ErrorCode::InvalidInput, tr("An idempotency key has at most %1 characters.").arg(maxKeyLength),
                    QStringLiteral("idempotency_key"));
    if (compactJson(request.data).size() > maxDataBytes)
        return fail(ErrorCode::InvalidInput, tr("The data is larger than %1 KiB.").arg(maxDataBytes / 1024),
                    QStringLiteral("data"));
    for (qsizetype i = 0; i < request.recipients.size(); ++i) {
        if (const Status good = checkRecipient(request.recipients.at(i), i); !good)
            return good;
    }
    return {};
}

// Members are sorted by name, whatever their order was, so that equal requests are equal bytes.
QByteArray TriggerRequest::canonical() const
{
    QJsonArray to;
    for (const TriggerRecipient& recipient : recipients)
        to << carillon::toJson(recipient);
    return compactJson({{QStringLiteral("topic"), topicKey}, {QStringLiteral("to"), to}, {QStringLiteral("data"), data}});
}

QJsonObject TriggerAnswer::toJson() const
{
    QJsonArray list;
    for (const Recipient& recipient : recipients) {
        QJsonArray ids;
        for (const qint64 id : recipient.deliveryIds)
            ids << id;
        QJsonObject object{{QStringLiteral("contact"), recipient.contactId}, {QStringLiteral("deliveries"), ids}};
        setUnless(object, QStringLiteral("left_out"), recipient.leftOut, QString());
        list << object;
    }
    return {{QStringLiteral("trigger"), triggerId},
            {QStringLiteral("recipients"), list},
            {QStringLiteral("replayed"), replayed}};
}

TriggerAnswer TriggerAnswer::fromJson(const QJsonObject& object)
{
    TriggerAnswer answer;
    answer.triggerId = object.value(u"trigger").toInteger();
    for (const QJsonValue& value : object.value(u"recipients").toArray()) {
        Recipient recipient;
        recipient.contactId = value.toObject().value(u"contact").toInteger();
        for (const QJsonValue& id : value.toObject().value(u"deliveries").toArray())
            recipient.deliveryIds << id.toInteger();
        recipient.leftOut = value.toObject().value(u"left_out").toString();
        answer.recipients << recipient;
    }
    return answer;
}

} // namespace carillon
