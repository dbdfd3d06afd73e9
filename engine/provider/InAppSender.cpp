// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/InAppSender.h"

#include "engine/base/Json.h"
#include "engine/store/ContactRepository.h"
#include "engine/store/DeliveryRepository.h"
#include "engine/store/LogRepository.h"
#include "engine/store/NotificationRepository.h"
#include "engine/store/Store.h"

namespace carillon {

namespace {

constexpr qint64 RetryMs = 1'000; // the store is busy, or its disk full

// As much of a card as an entry of the log, which is for ever, is to hold. Whoever needs all of it reads the inbox.
QJsonObject announced(QJsonObject card)
{
    if (compactJson(card).size() <= InAppSender::MaxAnnounced)
        return card;
    card.remove(u"text");
    if (compactJson(card).size() <= InAppSender::MaxAnnounced)
        return card;
    return {{QStringLiteral("title"), card.value(u"title").toString().left(200)}};
}

void announce(Connection& connection, const Notification& notification, const Delivery& delivery, qint64 accountId)
{
    LogEntry entry;
    entry.time = notification.createdAt;
    entry.type = QStringLiteral("notification.created");
    entry.actor = QStringLiteral("engine");
    entry.campaignId = delivery.campaignId;
    entry.deliveryId = notification.deliveryId;
    entry.contactId = notification.contactId;
    entry.accountId = accountId;
    entry.channel = QStringLiteral("in_app");
    entry.data = {{QStringLiteral("id"), notification.id}, {QStringLiteral("card"), announced(notification.card)}};
    LogRepository(connection).append(entry);
}

Outcome refused(const QString& reason)
{
    Outcome outcome;
    outcome.kind = OutcomeKind::Refused;
    outcome.reason = reason;
    return outcome;
}

} // namespace

InAppSender::InAppSender(Store& store, Clock& clock, qint64 accountId, qint64 keepMs)
    : QueueingSender(MaxInFlight)
    , m_store(store)
    , m_clock(clock)
    , m_accountId(accountId)
    , m_keepMs(keepMs)
{
}

void InAppSender::start(QList<Message> messages)
{
    const qint64 now = m_clock.now();
    const Task task{messages, m_accountId, now, now + m_keepMs};
    whenReady(
        m_store.write([task](Connection& connection) -> Result<QList<Outcome>> { return write(connection, task); }), this,
        [this, messages = std::move(messages)](const Result<QList<Outcome>>& outcomes) { report(messages, outcomes); });
}

QList<Outcome> InAppSender::write(Connection& connection, const Task& task)
{
    NotificationRepository(connection).prune(task.now);
    QList<Outcome> outcomes;
    for (const Message& message : task.messages) {
        outcomes << writeOne(connection, task, message);
        outcomes.last().deliveryId = message.deliveryId;
    }
    return outcomes;
}

Outcome InAppSender::writeOne(Connection& connection, const Task& task, const Message& message)
{
    const std::optional<qint64> contact = ContactRepository(connection).findByExternalId(message.to);
    if (!contact)
        return refused(tr("There is no contact with the external id \"%1\".").arg(message.to.left(100)));
    const Delivery delivery = DeliveryRepository(connection).find(message.deliveryId).value_or(Delivery());
    Notification notification;
    notification.contactId = *contact;
    notification.topicId = delivery.topicId;
    notification.deliveryId = delivery.id;
    notification.card = message.fields;
    notification.createdAt = task.now;
    notification.expiresAt = task.expiresAt;
    const auto added = NotificationRepository(connection).add(notification);
    notification.id = added.id;
    if (added.isNew)
        announce(connection, notification, delivery, task.accountId);
    Outcome outcome;
    outcome.kind = OutcomeKind::Sent;
    outcome.providerId = QString::number(added.id);
    return outcome;
}

// Nothing of a write that failed is in the store.
void InAppSender::report(const QList<Message>& messages, const Result<QList<Outcome>>& outcomes)
{
    if (outcomes)
        return answer(*outcomes);
    Outcome outcome;
    outcome.kind = OutcomeKind::ProviderDown;
    outcome.reason = outcomes.error().message;
    outcome.notBeforeMs = RetryMs;
    QList<Outcome> answered(messages.size(), outcome);
    for (qsizetype i = 0; i < messages.size(); ++i)
        answered[i].deliveryId = messages[i].deliveryId;
    answer(answered);
}

void InAppSender::probe()
{
    QMetaObject::invokeMethod(
        this,
        [this] {
            Q_EMIT probed({true, {}, tr("The inbox is part of this workspace.")});
        },
        Qt::QueuedConnection);
}

} // namespace carillon
