// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/NotificationService.h"

#include "engine/base/Clock.h"
#include "engine/model/Engagement.h"
#include "engine/security/InboxToken.h"
#include "engine/service/Audit.h"
#include "engine/store/ContactRepository.h"
#include "engine/store/DeliveryRepository.h"
#include "engine/store/EngagementRepository.h"
#include "engine/store/NotificationRepository.h"
#include "engine/store/Store.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonArray>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("NotificationService", text);
}

QJsonValue timeOrNull(qint64 at)
{
    return at == 0 ? QJsonValue() : QJsonValue(QDateTime::fromMSecsSinceEpoch(at, Qt::UTC).toString(Qt::ISODateWithMs));
}

Result<qint64> contactOf(Connection& connection, const QString& externalId)
{
    const std::optional<qint64> contact = ContactRepository(connection).findByExternalId(externalId);
    if (contact && !externalId.isEmpty())
        return *contact;
    return fail(ErrorCode::NotFound, tr("There is no contact with the external id \"%1\".").arg(externalId.left(100)),
                QStringLiteral("external_id"));
}

// A change of one notification, in a transaction of the store.
class Changing {
public:
    Changing(Connection& connection, const Caller& caller, qint64 now)
        : m_connection(connection)
        , m_caller(caller)
        , m_now(now)
    {
    }

    void read(Notification& notification, bool isRead)
    {
        if ((notification.readAt != 0) == isRead)
            return;
        notification.readAt = isRead ? m_now : 0;
        NotificationRepository(m_connection).setRead(notification.id, notification.readAt);
        note(notification, isRead ? QStringLiteral("read") : QStringLiteral("unread"));
        if (isRead)
            engage(notification);
    }

    void archive(Notification& notification, bool isArchived)
    {
        if ((notification.archivedAt != 0) == isArchived)
            return;
        notification.archivedAt = isArchived ? m_now : 0;
        NotificationRepository(m_connection).setArchived(notification.id, notification.archivedAt);
        note(notification, isArchived ? QStringLiteral("archived") : QStringLiteral("restored"));
    }

private:
    void note(const Notification& notification, const QString& what)
    {
        LogEntry about;
        about.contactId = notification.contactId;
        about.deliveryId = notification.deliveryId;
        about.channel = QStringLiteral("in_app");
        audit(m_connection, m_caller, QStringLiteral("notification.") + what, m_now,
              {{QStringLiteral("id"), notification.id}}, about);
    }

    void engage(const Notification& notification)
    {
        const auto delivery = DeliveryRepository(m_connection).find(notification.deliveryId);
        EngagementRepository engagements(m_connection);
        if (!delivery || engagements.kinds(delivery->id).contains(EngagementKind::Read))
            return;
        engagements.add(delivery->id, EngagementKind::Read, m_now);
        LogEntry about;
        about.campaignId = delivery->campaignId;
        about.deliveryId = delivery->id;
        about.contactId = delivery->contactId;
        about.accountId = delivery->accountId;
        about.channel = delivery->channel;
        audit(m_connection, m_caller, QStringLiteral("engagement.") + EngagementKind::Read, m_now, {}, about);
    }

    Connection& m_connection;
    const Caller& m_caller;
    const qint64 m_now;
};

} // namespace

QJsonObject toJson(const Notification& notification)
{
    return {{QStringLiteral("id"), notification.id},
            {QStringLiteral("topic"), notification.topicKey},
            {QStringLiteral("card"), notification.card},
            {QStringLiteral("created_at"), timeOrNull(notification.createdAt)},
            {QStringLiteral("read_at"), timeOrNull(notification.readAt)},
            {QStringLiteral("archived_at"), timeOrNull(notification.archivedAt)}};
}

QJsonObject InboxPage::toJson() const
{
    QJsonArray list;
    for (const Notification& notification : notifications)
        list << carillon::toJson(notification);
    return {{QStringLiteral("notifications"), list},
            {QStringLiteral("unread"), unread},
            {QStringLiteral("next"), next == 0 ? QJsonValue() : QJsonValue(next)}};
}

NotificationService::NotificationService(Store& store, const Clock& clock, JwtKey key)
    : m_store(store)
    , m_clock(clock)
    , m_key(std::move(key))
{
}

Future<InboxPage> NotificationService::page(const QString& externalId, const InboxQuery& query) const
{
    return m_store.read([externalId, query, now = m_clock.now()](Connection& connection) -> Result<InboxPage> {
        const Result<qint64> contact = contactOf(connection, externalId);
        if (!contact)
            return fail(contact.error());
        NotificationRepository repository(connection);
        const int limit = qBound(1, query.limit, MostRows);
        InboxPage page{repository.page(*contact, query.part, query.before, limit + 1, now),
                       repository.countUnread(*contact, now), 0};
        if (page.notifications.size() > limit) {
            page.notifications.removeLast();
            page.next = page.notifications.last().id;
        }
        return page;
    });
}

Future<Notification> NotificationService::change(const Caller& caller, const QString& externalId, qint64 id,
                                                 const InboxChange& change)
{
    if (const Status allowed = caller.require(Role::Operator); !allowed)
        return readyFuture<Notification>(fail(allowed.error()));
    return m_store.write([=, now = m_clock.now()](Connection& connection) -> Result<Notification> {
        const Result<qint64> contact = contactOf(connection, externalId);
        if (!contact)
            return fail(contact.error());
        std::optional<Notification> found = NotificationRepository(connection).find(*contact, id, now);
        if (!found)
            return fail(ErrorCode::NotFound, tr("There is no notification %1 in this inbox.").arg(id));
        Changing changing(connection, caller, now);
        if (change.read)
            changing.read(*found, *change.read);
        if (change.archived)
            changing.archive(*found, *change.archived);
        return *found;
    });
}

Future<qint64> NotificationService::readAll(const Caller& caller, const QString& externalId)
{
    if (const Status allowed = caller.require(Role::Operator); !allowed)
        return readyFuture<qint64>(fail(allowed.error()));
    return m_store.write([=, now = m_clock.now()](Connection& connection) -> Result<qint64> {
        const Result<qint64> contact = contactOf(connection, externalId);
        if (!contact)
            return contact;
        NotificationRepository repository(connection);
        Changing changing(connection, caller, now);
        QList<Notification> unread = repository.page(*contact, InboxPart::Unread, 0, MostRows, now);
        for (Notification& notification : unread)
            changing.read(notification, true);
        return repository.countUnread(*contact, now);
    });
}

Future<InboxToken> NotificationService::issueToken(const Caller& caller, const QString& externalId, qint64 validMs) const
{
    if (const Status allowed = caller.require(Role::Operator); !allowed)
        return readyFuture<InboxToken>(fail(allowed.error()));
    if (validMs <= 0 || validMs > LongestTokenMs)
        return readyFuture<InboxToken>(fail(ErrorCode::InvalidInput,
                                            tr("The token of an inbox is valid for a day at the most."),
                                            QStringLiteral("valid_seconds")));
    return m_store.read(
        [externalId, validMs, now = m_clock.now(), key = m_key](Connection& connection) -> Result<InboxToken> {
            const Result<qint64> contact = contactOf(connection, externalId);
            if (!contact)
                return fail(contact.error());
            const Result<QByteArray> token = key.sign(inboxClaims({*contact, externalId}, now, validMs));
            if (!token)
                return fail(token.error());
            return InboxToken{QString::fromLatin1(*token), now + validMs};
        });
}

} // namespace carillon
