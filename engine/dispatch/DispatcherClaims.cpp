// SPDX-License-Identifier: GPL-3.0-or-later
// The first half of the way, from the queue to a message that waits for room: claim -> read contacts -> compose.
#include "engine/base/Clock.h"
#include "engine/content/Composer.h"
#include "engine/dispatch/Dispatcher.h"
#include "engine/store/ContactRepository.h"
#include "engine/store/Store.h"

namespace carillon {

namespace {

constexpr qint64 claimAgainMs = 1'000;
// Wall time may jump while a delivery waits for its hour, so nothing sleeps longer than this.
constexpr qint64 longestSleepMs = 60'000;

const QString actor = QStringLiteral("engine");

} // namespace

void Dispatcher::claim(qint64 campaignId, qint64 accountId, Lane& lane)
{
    lane.claiming = true;
    whenReady(m_store.write([campaignId, accountId, lease = m_lease,
                             now = m_clock.now()](Connection& connection) -> Result<ClaimedBatch> {
        DeliveryRepository deliveries(connection);
        ClaimedBatch batch;
        batch.deliveries = deliveries.claim(campaignId, accountId, now, ClaimBatch, lease);
        if (batch.deliveries.isEmpty())
            batch.nextDue = deliveries.nextDue(campaignId, accountId).value_or(0);
        return batch;
    }),
              this, [this, campaignId, accountId](const Result<ClaimedBatch>& batch) {
                  takeClaimed(campaignId, accountId, batch);
              });
}

void Dispatcher::takeClaimed(qint64 campaignId, qint64 accountId, const Result<ClaimedBatch>& batch)
{
    Lane* lane = findLane(campaignId, accountId);
    if (!batch) {
        if (lane)
            m_clock.after(claimAgainMs, this, [this, campaignId, accountId] {
                if (Lane* again = findLane(campaignId, accountId))
                    again->claiming = false;
                pump();
            });
        return;
    }
    if (!batch->deliveries.isEmpty())
        return readContacts(campaignId, accountId, batch->deliveries);
    if (!lane)
        return;
    lane->claiming = false;
    lane->empty = true;
    lane->nextDue = batch->nextDue;
    if (lane->nextDue != 0)
        wakeWhenDue(campaignId, accountId, lane->nextDue);
    checkIdle(campaignId);
}

void Dispatcher::wakeWhenDue(qint64 campaignId, qint64 accountId, qint64 due)
{
    const qint64 sleep = qBound<qint64>(1, due - m_clock.now(), longestSleepMs);
    m_clock.after(sleep, this, [this, campaignId, accountId] {
        Lane* lane = findLane(campaignId, accountId);
        if (!lane || !lane->empty)
            return;
        lane->empty = false;
        lane->nextDue = 0;
        pump();
    });
}

void Dispatcher::readContacts(qint64 campaignId, qint64 accountId, const QList<Delivery>& deliveries)
{
    QList<qint64> ids;
    ids.reserve(deliveries.size());
    for (const Delivery& delivery : deliveries)
        ids << delivery.contactId;
    whenReady(m_store.read([ids](Connection& connection) -> Result<QHash<qint64, Contact>> {
        QHash<qint64, Contact> contacts;
        for (const Contact& contact : ContactRepository(connection).findAll(ids))
            contacts.insert(contact.id, contact);
        return contacts;
    }),
              this, [this, campaignId, accountId, deliveries](const Result<QHash<qint64, Contact>>& contacts) {
                  if (contacts)
                      return compose(campaignId, accountId, deliveries, *contacts);
                  m_clock.after(claimAgainMs, this, [this, campaignId, accountId, deliveries] {
                      readContacts(campaignId, accountId, deliveries);
                  });
              });
}

void Dispatcher::compose(qint64 campaignId, qint64 accountId, const QList<Delivery>& deliveries,
                         const QHash<qint64, Contact>& contacts)
{
    Lane* lane = findLane(campaignId, accountId);
    if (!lane) { // paused or cancelled meanwhile
        QList<qint64> ids;
        for (const Delivery& delivery : deliveries)
            ids << delivery.id;
        return release(ids);
    }
    const ActiveCampaign& active = m_active.at(campaignId);
    const qint64 now = m_clock.now();
    QList<RecordedChange> refused;
    for (Delivery delivery : deliveries) {
        if (!contacts.contains(delivery.contactId)) {
            refused << RecordedChange{delivery,
                                      {DeliveryState::Cancelled, false, 0, {}, tr("The contact was removed."), actor, {}}};
            continue;
        }
        if (delivery.expiresAt != 0 && delivery.expiresAt <= now) {
            refused << RecordedChange{
                delivery,
                {DeliveryState::Expired, false, 0, {}, tr("It was not sent within the topic's lifetime."), actor, {}}};
            continue;
        }
        delivery.messageId = messageIdOf(m_store.workspaceId(), delivery.id, active.brand.fromAddress);
        const Result<Message> message = active.composer->compose(delivery, contacts.value(delivery.contactId), now,
                                                                 m_unsubscribeLink(delivery, active.brand));
        if (message)
            lane->ready << ReadyDelivery{delivery, *message};
        else
            refused << RecordedChange{delivery,
                                      {DeliveryState::Failed,
                                       false,
                                       0,
                                       {},
                                       message.error().message,
                                       actor,
                                       {{QStringLiteral("code"), QStringLiteral("template")}}}};
    }
    lane->claiming = false;
    if (!refused.isEmpty()) {
        onTheWay(campaignId, accountId) += int(refused.size());
        record(refused);
    }
    pump();
}

} // namespace carillon
