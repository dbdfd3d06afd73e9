// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/Recorder.h"

#include "engine/base/Clock.h"
#include "engine/dispatch/LastLook.h"
#include "engine/model/Channel.h"
#include "engine/model/EmailAddress.h"
#include "engine/store/AddressSuppression.h"
#include "engine/store/Connection.h"
#include "engine/store/ContactRepository.h"
#include "engine/store/DeviceRepository.h"
#include "engine/store/LogRepository.h"
#include "engine/store/ReceiptLedger.h"
#include "engine/store/RefusalRepository.h"
#include "engine/store/Store.h"

#include <QCoreApplication>

#include <algorithm>

namespace carillon {

namespace {

// A resend of something uncertain waits a little: what broke the connection may still be there.
constexpr qint64 resendDelayMs = 1'000;

// What the platform has told of it already is applied.
void applyReceipts(Connection& connection, Delivery& delivery, const RecordedChange& recorded, qint64 now)
{
    ReceiptLedger ledger(connection, now);
    if (recorded.change.receiptsFollow && delivery.state == DeliveryState::Sent)
        ledger.sent(delivery, recorded.partIds);
    else if (isFinal(delivery.state) && delivery.state != DeliveryState::Sent)
        ledger.ended(delivery);
}

// As the next channel is to see it: what has failed since goes on at once, anything else when its time comes, as sent.
Delivery forNextChannel(const Delivery& delivery)
{
    Delivery seen = delivery;
    if (seen.state == DeliveryState::Delivered)
        seen.state = DeliveryState::Sent;
    return seen;
}

// A platform that takes a message without telling more of it has got it there, as far as anybody knows.
void forgetRefusals(Connection& connection, const QList<RecordedChange>& changes)
{
    RefusalRepository refusals(connection);
    if (!refusals.isAny())
        return;
    for (const RecordedChange& recorded : changes) {
        if (recorded.change.to == DeliveryState::Sent && !recorded.change.receiptsFollow)
            refusals.forget(recorded.delivery.channel, recorded.delivery.address);
    }
}

// The platform speaks of the time before a device registered at this address: it is there.
bool isBack(Connection& connection, const RecordedChange& recorded)
{
    if (!recorded.suppressAddress || recorded.goneSince == 0)
        return false;
    const QList<Device> devices
        = DeviceRepository(connection).withAddress(recorded.delivery.channel, recorded.delivery.address);
    return std::any_of(devices.begin(), devices.end(), [&](const Device& device) {
        return device.address.state == AddressState::Active && device.seenAt > recorded.goneSince;
    });
}

// What was to suppress the address of a device that is back is no more than this message's failure.
RecordedChange asFailure(const RecordedChange& recorded)
{
    RecordedChange failure = recorded;
    failure.suppressAddress = false;
    failure.change.to = DeliveryState::Failed;
    failure.change.error += u' '
        + QCoreApplication::translate("Recorder", "The device has registered since then, so its address stays in use.");
    return failure;
}

// The last of many refusals says in its reason that the address is suppressed with it.
bool write(Connection& connection, Delivery& delivery, const RecordedChange& recorded, qint64 now)
{
    DeliveryRepository repository(connection);
    if (recorded.change.to != DeliveryState::Failed || !recorded.suppressAfter.isSet())
        return repository.change(delivery, recorded.change, now);
    DeliveryChange change = recorded.change;
    const QString last = lastRefusalOf(connection, delivery, recorded.suppressAfter, now);
    if (!last.isEmpty())
        change.error += u' ' + last;
    if (!repository.change(delivery, change, now))
        return false;
    countRefusalOf(connection, delivery, recorded.suppressAfter, QStringLiteral("engine"), now);
    return true;
}

// The contacts who had the old address have the new one from now on.
void moveAddress(Connection& connection, const Delivery& delivery, const QString& to, qint64 now)
{
    if (!ContactRepository(connection).moveAddress(delivery.channel, delivery.address, to))
        return;
    LogRepository(connection)
        .append({0,
                 now,
                 QStringLiteral("address.moved"),
                 QStringLiteral("engine"),
                 delivery.campaignId,
                 delivery.id,
                 delivery.contactId,
                 delivery.accountId,
                 delivery.channel,
                 {{QStringLiteral("address"), shownAddress(delivery.channel, delivery.address)},
                  {QStringLiteral("to"), shownAddress(delivery.channel, to)}}});
}

// The attempt is written as it was, and the delivery waits for its next one elsewhere. False, and nothing written, when
// there is nowhere to go.
bool moveOn(Connection& connection, NextAccount& nextAccount, Delivery& delivery, const RecordedChange& recorded, qint64 now)
{
    if (!recorded.moveOn || !nextAccount.exists(delivery, *recorded.moveOn))
        return false;
    DeliveryChange change = recorded.change;
    if (change.to == DeliveryState::Failed)
        change.to = DeliveryState::Retrying;
    change.dueAt = now;
    return DeliveryRepository(connection).change(delivery, change, now)
        && nextAccount.move(delivery, *recorded.moveOn, now, now);
}

QList<Delivery> recordAll(Connection& connection, const QList<RecordedChange>& changes, NextChannel& nextChannel, qint64 now)
{
    DeliveryRepository repository(connection);
    NextAccount nextAccount(connection);
    QList<Delivery> followUps;
    for (const RecordedChange& given : changes) {
        const std::optional<RecordedChange> failure
            = isBack(connection, given) ? std::optional(asFailure(given)) : std::nullopt;
        const RecordedChange& recorded = failure ? *failure : given;
        Delivery delivery = recorded.delivery;
        if (moveOn(connection, nextAccount, delivery, recorded, now)) {
            followUps << delivery;
            continue;
        }
        if (!write(connection, delivery, recorded, now))
            continue;
        if (delivery.state == DeliveryState::Sent && isDeviceChannel(delivery.channel))
            DeviceRepository(connection).markSent(delivery.contactId, delivery.channel, delivery.address, now);
        if (recorded.suppressAddress)
            suppressAddressOf(connection, delivery, QStringLiteral("bounced"), recorded.change.error,
                              QStringLiteral("engine"), now);
        if (!recorded.movedTo.isEmpty())
            moveAddress(connection, delivery, recorded.movedTo, now);
        applyReceipts(connection, delivery, recorded, now);
        if (delivery.state == DeliveryState::Uncertain && recorded.uncertainPolicy == UncertainPolicy::Resend)
            repository.change(delivery,
                              {DeliveryState::Retrying,
                               false,
                               qMax(recorded.change.dueAt, now + resendDelayMs),
                               {},
                               recorded.change.error,
                               QStringLiteral("engine"),
                               JsonText().addTrue("resend")},
                              now);
        followUps << nextChannel.follow(connection, forNextChannel(delivery), recorded.nextChannelAfterMs, now);
    }
    forgetRefusals(connection, changes);
    return followUps;
}

} // namespace

Future<Journalled> Recorder::journal(const QList<Delivery>& deliveries, const QString& lease)
{
    return m_store.write([deliveries, lease, now = m_clock.now()](Connection& connection) -> Result<Journalled> {
        const LastLook look = lastLook(connection, deliveries, now);
        return Journalled{DeliveryRepository(connection).begin(look.good, QStringLiteral("engine"), lease, now),
                          look.isRefused};
    });
}

QList<Delivery> Recorder::recordOn(Connection& connection, const QList<RecordedChange>& changes) const
{
    return recordAll(connection, changes, *m_nextChannel, m_clock.now());
}

Future<QList<Delivery>> Recorder::record(const QList<RecordedChange>& changes)
{
    return m_store.write([changes, nextChannel = m_nextChannel, &clock = m_clock](Connection& connection) {
        return Result<QList<Delivery>>(recordAll(connection, changes, *nextChannel, clock.now()));
    });
}

Future<QList<Delivery>> Recorder::moveOn(const QList<Delivery>& waiting, const MoveOn& moveOn)
{
    return m_store.write([waiting, moveOn, now = m_clock.now()](Connection& connection) -> Result<QList<Delivery>> {
        NextAccount nextAccount(connection);
        QList<Delivery> moved;
        for (Delivery delivery : waiting) {
            if (nextAccount.move(delivery, moveOn, delivery.dueAt, now))
                moved << delivery;
        }
        return moved;
    });
}

Future<void> Recorder::tryWriting()
{
    return m_store.write([now = m_clock.now()](Connection& connection) -> Status {
        connection.run("INSERT INTO workspace (key, value) VALUES ('written_at', ?1)"
                       " ON CONFLICT (key) DO UPDATE SET value = ?1",
                       QString::number(now));
        return {};
    });
}

Future<void> Recorder::defer(const QMap<qint64, QList<qint64>>& idsByDueAt)
{
    return m_store.write([idsByDueAt](Connection& connection) -> Status {
        for (auto group = idsByDueAt.cbegin(); group != idsByDueAt.cend(); ++group)
            DeliveryRepository(connection).defer(*group, group.key());
        return {};
    });
}

} // namespace carillon
