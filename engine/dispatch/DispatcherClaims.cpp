// SPDX-License-Identifier: GPL-3.0-or-later
// The first half of the way, from the queue to a message that waits for room: claim -> read contacts -> compose.
#include "engine/base/Clock.h"
#include "engine/content/Composer.h"
#include "engine/content/ContentCache.h"
#include "engine/dispatch/Dispatcher.h"
#include "engine/dispatch/LastLook.h"
#include "engine/dispatch/SendTimes.h"
#include "engine/store/Store.h"

namespace carillon {

namespace {

constexpr qint64 claimAgainMs = 1'000;
constexpr qsizetype composedAtOnce = 32;
// Wall time may jump while a delivery waits for its hour, so nothing sleeps longer than this.
constexpr qint64 longestSleepMs = 60'000;
// What has no hour at all is asked again so much later: quiet hours may be changed.
constexpr qint64 neverAgainMs = 3'600'000;

const QString actor = QStringLiteral("engine");

QList<qint64> idsOf(const QList<Delivery>& deliveries)
{
    QList<qint64> ids;
    ids.reserve(deliveries.size());
    for (const Delivery& delivery : deliveries)
        ids << delivery.id;
    return ids;
}

} // namespace

DeliveryChange Dispatcher::templateFailed(const Error& error)
{
    return {DeliveryState::Failed, false, 0, {}, error.message, actor, JsonText().add("code", u"template")};
}

void Dispatcher::claim(qint64 campaignId, qint64 accountId, Lane& lane, int limit, bool triedOnly)
{
    lane.claiming = true;
    lane.cameMore = false;
    lane.claimNumber = ++m_claimNumber;
    m_queue.claim({{campaignId, accountId}, limit, triedOnly},
                  [this, campaignId, accountId, number = lane.claimNumber](const Result<Queue::Batch>& batch) {
                      takeClaimed(campaignId, accountId, number, batch);
                  });
}

void Dispatcher::takeClaimed(qint64 campaignId, qint64 accountId, int number, const Result<Queue::Batch>& batch)
{
    Lane* lane = findLane(campaignId, accountId);
    if (lane && lane->claimNumber != number)
        lane = nullptr; // paused and resumed meanwhile
    if (!batch) {
        if (lane)
            m_clock.after(claimAgainMs, this, [this, campaignId, accountId] {
                if (Lane* again = findLane(campaignId, accountId))
                    again->claiming = false;
                pump();
            });
        return;
    }
    if (!lane)
        return putBack(campaignId, accountId, idsOf(batch->deliveries));
    if (!batch->deliveries.isEmpty())
        return readContacts(campaignId, accountId, batch->deliveries);
    lane->claiming = false;
    lane->nextDue = 0;
    if (lane->cameMore) // after the queue was read: it is asked again
        return pump();
    lane->empty = true;
    lane->nextDue = batch->nextDue;
    if (lane->nextDue != 0)
        wakeWhenDue(campaignId, accountId, lane->nextDue);
    pump(); // what waits for an account that is down goes on to one that has nothing left
    checkIdle(campaignId);
}

void Dispatcher::wakeWhenDue(qint64 campaignId, qint64 accountId, qint64 due)
{
    const qint64 sleep = qBound<qint64>(1, due - m_clock.now(), longestSleepMs);
    const qint64 wakesAt = m_clock.steady() + sleep;
    Lane* lane = findLane(campaignId, accountId);
    if (!lane || (lane->wakesAt != 0 && lane->wakesAt <= wakesAt))
        return;
    lane->wakesAt = wakesAt;
    m_clock.after(sleep, this, [this, campaignId, accountId] {
        Lane* lane = findLane(campaignId, accountId);
        if (!lane)
            return;
        lane->wakesAt = 0;
        if (!lane->empty)
            return;
        lane->mayHaveMore();
        lane->nextDue = 0;
        pump();
    });
}

void Dispatcher::readContacts(qint64 campaignId, qint64 accountId, const QList<Delivery>& deliveries)
{
    whenReady(m_store.read([deliveries, cache = m_triggerContent](Connection& connection) -> Result<ComposeContext> {
        return readComposeContext(connection, *cache, deliveries);
    }),
              this, [this, campaignId, accountId, deliveries](const Result<ComposeContext>& context) {
                  if (context)
                      return compose(campaignId, accountId, deliveries, *context);
                  m_clock.after(claimAgainMs, this, [this, campaignId, accountId, deliveries] {
                      readContacts(campaignId, accountId, deliveries);
                  });
              });
}

// A few at a time: a batch takes as long as a trigger may from its call to the wire.
void Dispatcher::compose(qint64 campaignId, qint64 accountId, const QList<Delivery>& deliveries,
                         const ComposeContext& context)
{
    Lane* lane = findLane(campaignId, accountId);
    if (!lane) // paused or cancelled meanwhile
        return putBack(campaignId, accountId, idsOf(deliveries));
    const qint64 now = m_clock.now();
    QList<RecordedChange> refused;
    Deferrals deferrals;
    const QList<Delivery> later = deliveries.sliced(qMin(composedAtOnce, deliveries.size()));
    for (Delivery delivery : deliveries.first(deliveries.size() - later.size())) {
        const std::shared_ptr<const Composer> composer
            = campaignId != 0 ? m_active.at(campaignId).composer : context.composers.value(delivery.triggerId);
        if (const auto refusal = this->refusal(delivery, composer.get(), context, now)) {
            refused << RecordedChange{delivery, *refusal};
            continue;
        }
        const Contact& contact = *context.contacts.constFind(delivery.contactId);
        const qint64 hour = hourOf(campaignId, *composer, contact, now);
        if (const qint64 at = hour > now ? hour : mayGoAt(accountId, *lane, delivery); at > now) {
            deferrals[at] << delivery.id;
            continue;
        }
        Result<Message> message = composeOne(delivery, *composer, contact);
        if (!message) {
            refused << changeOf({campaignId, delivery, composer}, templateFailed(message.error()));
            continue;
        }
        const QString destination = destinationOf(message->channel, message->to);
        lane->ready.append({std::move(delivery), *std::move(message), composer, destination, m_clock.steady()});
    }
    lane->claiming = !later.isEmpty();
    if (lane->claiming)
        QMetaObject::invokeMethod(
            this, [this, campaignId, accountId, later, context] { compose(campaignId, accountId, later, context); },
            Qt::QueuedConnection);
    defer(campaignId, accountId, deferrals);
    if (!refused.isEmpty()) {
        addOnTheWay(campaignId, accountId, int(refused.size()));
        record(refused);
    }
    pump();
}

std::optional<DeliveryChange> Dispatcher::refusal(const Delivery& delivery, const Composer* composer,
                                                  const ComposeContext& context, qint64 now)
{
    if (!context.contacts.contains(delivery.contactId))
        return DeliveryChange{DeliveryState::Cancelled, false, 0, {}, tr("The contact was removed."), actor, {}};
    if (!composer)
        return DeliveryChange{DeliveryState::Cancelled, false, 0, {}, tr("The topic was removed."), actor, {}};
    if (context.readInTime.contains(delivery.id))
        return DeliveryChange{
            DeliveryState::Cancelled, false, 0, {}, tr("It was read in time on the channel before."), actor, {}};
    if (const auto reason = context.barred.constFind(delivery.id); reason != context.barred.cend())
        return DeliveryChange{DeliveryState::Suppressed, false, 0, {}, *reason, actor, {}};
    if (delivery.expiresAt != 0 && delivery.expiresAt <= now)
        return expiry();
    return std::nullopt;
}

Result<Message> Dispatcher::composeOne(Delivery& delivery, const Composer& composer, const Contact& contact) const
{
    const Brand& brand = composer.content().brand;
    delivery.messageId = messageIdOf(m_store.workspaceId(), delivery.id, brand.fromAddress);
    return composer.compose(delivery, contact, m_clock.now(), m_unsubscribeLink(delivery, brand));
}

// What comes late (held up by a limit, tried again, found after a pause) may have left its send window, or have come into
// the contact's quiet hours. Wall time. Never is no answer here: such a one waits, and is asked again, until it expires.
qint64 Dispatcher::hourOf(qint64 campaignId, const Composer& composer, const Contact& contact, qint64 now)
{
    const ContactTime time{contact.timeZone, contact.quietHours};
    ActiveCampaign& active = m_active.at(campaignId);
    if (campaignId != 0) {
        const qint64 at = active.times->earliest(now, time).value_or(now + neverAgainMs);
        active.opensAt = at > now ? at : 0;
        return at;
    }
    const ContentSet& content = composer.content();
    if (!SendTimes::heedsContacts(content.topic))
        return now;
    SendTimes times({}, content.topic, content.brand.timeZone);
    return times.earliest(now, time).value_or(now + neverAgainMs);
}

// Before a message is made: when it may go out at all, wall time. Not made for a destination that has more waiting than
// there is place for.
qint64 Dispatcher::mayGoAt(qint64 accountId, Lane& lane, const Delivery& delivery)
{
    if (!lane.parked.isFull())
        return 0;
    AccountLine& line = lineOf(accountId);
    const QString destination = destinationOf(delivery.channel, delivery.address);
    const qint64 now = m_clock.steady();
    if (line.nextAt(destination, now) == now)
        return 0;
    return deferralOf(lane, line, destination, m_clock);
}

} // namespace carillon
