// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/TriggerWrite.h"

#include "engine/content/CompiledContent.h"
#include "engine/content/ContentCache.h"
#include "engine/service/Audit.h"
#include "engine/store/ContactRepository.h"
#include "engine/store/DeliveryRepository.h"
#include "engine/store/IdempotencyRepository.h"
#include "engine/store/LogRepository.h"
#include "engine/store/TopicRepository.h"
#include "engine/store/TriggerRepository.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QMap>

namespace carillon {

namespace {

const QString engine = QStringLiteral("engine");

QString tr(const char* text)
{
    return QCoreApplication::translate("TriggerService", text);
}

QByteArray hashOf(const TriggerRequest& request)
{
    return QCryptographicHash::hash(request.canonical(), QCryptographicHash::Sha256).toHex();
}

} // namespace

TriggerWrite::TriggerWrite(Connection& connection, ContentCache& cache, const Caller& caller, const QString& lease,
                           qint64 now)
    : m_connection(connection)
    , m_cache(cache)
    , m_caller(caller)
    , m_lease(lease)
    , m_now(now)
{
}

Result<WrittenTrigger> TriggerWrite::run(const TriggerRequest& request)
{
    if (request.idempotencyKey.isEmpty())
        return carryOut(request);
    const QByteArray hash = hashOf(request);
    Result<std::optional<TriggerAnswer>> before = replay(request, hash);
    if (!before)
        return fail(before.error());
    if (*before)
        return WrittenTrigger{**before, {}, false};
    Result<WrittenTrigger> written = carryOut(request);
    if (!written)
        return written;
    IdempotencyRepository kept(m_connection);
    kept.prune(m_now - TriggerService::KeyLifetimeMs);
    kept.keep(scope(), request.idempotencyKey, {hash, written->answer.toJson()}, m_now);
    return written;
}

Result<std::optional<TriggerAnswer>> TriggerWrite::replay(const TriggerRequest& request, const QByteArray& hash)
{
    const auto kept
        = IdempotencyRepository(m_connection).find(scope(), request.idempotencyKey, m_now - TriggerService::KeyLifetimeMs);
    if (!kept)
        return std::nullopt;
    if (kept->bodyHash != hash)
        return fail(ErrorCode::Conflict,
                    tr("The idempotency key \"%1\" was used for another request. A key is for one request, word for word.")
                        .arg(request.idempotencyKey),
                    QStringLiteral("idempotency_key"));
    TriggerAnswer answer = TriggerAnswer::fromJson(kept->answer);
    answer.replayed = true;
    return answer;
}

Result<WrittenTrigger> TriggerWrite::carryOut(const TriggerRequest& request)
{
    const std::optional<Topic> topic = TopicRepository(m_connection).findByKey(request.topicKey);
    if (!topic)
        return fail(ErrorCode::NotFound, tr("There is no topic \"%1\".").arg(request.topicKey), QStringLiteral("topic"));
    const Result<std::shared_ptr<const CompiledContent>> content = m_cache.saved(m_connection, topic->id);
    if (!content)
        return fail(content.error());
    const Result<QList<TriggerTarget>> targets = findTargets(m_connection, m_caller, request.recipients, m_now);
    if (!targets)
        return fail(targets.error());
    m_content = *content;
    m_holdMs = topic->rules.holdMs;
    plan(*targets);
    TriggerAnswer& answer = m_written.answer;
    answer.triggerId = TriggerRepository(m_connection).insert({0, topic->id, request.data, m_caller.actor, m_now});
    audit(m_connection, m_caller, QStringLiteral("trigger.accepted"), m_now,
          {{QStringLiteral("trigger"), answer.triggerId},
           {QStringLiteral("topic"), topic->key},
           {QStringLiteral("recipients"), request.recipients.size()}});
    for (const TriggerTarget& target : *targets)
        answer.recipients << insert(target.contactId);
    m_written.batch.triggerId = answer.triggerId;
    m_written.batch.content = m_content;
    m_written.batch.data = request.data;
    return m_written;
}

// Who is named by an address gets it there and nowhere else, so each channel is planned by itself. A contact that is named
// twice is planned once.
void TriggerWrite::plan(const QList<TriggerTarget>& targets)
{
    QMap<QString, QHash<qint64, QString>> groups;
    QSet<qint64> seen;
    for (const TriggerTarget& target : targets) {
        if (seen.contains(target.contactId))
            continue;
        seen.insert(target.contactId);
        groups[target.channel].insert(target.contactId, target.addressKey);
    }
    for (auto group = groups.cbegin(); group != groups.cend(); ++group)
        planGroup(group.key(), *group);
}

void TriggerWrite::planGroup(const QString& channel, const QHash<qint64, QString>& addressKeys)
{
    Campaign named; // what a planner needs of a campaign: whom it is for
    named.topicId = m_content->content().topic.id;
    named.audience.contactIds = addressKeys.keys();
    PlanSource source = planSourceOf(m_connection, named, m_content, TopicRepository(m_connection).routes(named.topicId));
    if (!channel.isEmpty()) {
        source.routes.removeIf(
            [&](const PlanRoute& route) { return route.channel != channel || !route.destination.isEmpty(); });
        source.onlyAddress = addressKeys;
    }
    const PlannedPage page = Planner(std::move(source)).page(m_connection, 0, TriggerService::MaxRecipients + 1, m_now);
    for (const Delivery& delivery : page.deliveries)
        m_planned[delivery.contactId] << delivery;
    for (const LeftOut& leftOut : page.leftOut)
        m_leftOut.insert(leftOut.contactId, leftOut);
}

TriggerAnswer::Recipient TriggerWrite::insert(qint64 contactId)
{
    TriggerAnswer::Recipient recipient{contactId, {}, {}};
    for (Delivery delivery : m_planned.take(contactId)) {
        delivery.triggerId = m_written.answer.triggerId;
        delivery.dueAt = qMax(delivery.dueAt, m_now + m_holdMs);
        delivery.id = DeliveryRepository(m_connection).insertQueued(delivery, m_caller.actor);
        recipient.deliveryIds << delivery.id;
        if (!m_lease.isEmpty() && delivery.dueAt <= m_now)
            journal(delivery);
        else
            m_written.waits = true;
    }
    if (!recipient.deliveryIds.isEmpty())
        return recipient;
    const LeftOut leftOut = m_leftOut.value(contactId, {0, contactId, {}, LeftOutReason::DuplicateAddress});
    recipient.leftOut = leftOut.reason;
    LogEntry about;
    about.contactId = contactId;
    about.channel = leftOut.channel;
    audit(m_connection, m_caller, QStringLiteral("trigger.left_out"), m_now,
          {{QStringLiteral("trigger"), m_written.answer.triggerId}, {QStringLiteral("reason"), leftOut.reason}}, about);
    return recipient;
}

void TriggerWrite::journal(const Delivery& delivery)
{
    const QList<Delivery> begun = DeliveryRepository(m_connection).begin({delivery}, engine, m_lease, m_now);
    if (begun.isEmpty())
        return; // it was queued in this very transaction
    m_written.batch.deliveries << begun;
    if (!m_written.batch.contacts.contains(delivery.contactId)) {
        if (const std::optional<Contact> contact = ContactRepository(m_connection).find(delivery.contactId))
            m_written.batch.contacts.insert(contact->id, *contact);
    }
}

QString TriggerWrite::scope() const
{
    return m_caller.actor + QStringLiteral("/trigger");
}

} // namespace carillon
