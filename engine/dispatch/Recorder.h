// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"
#include "engine/dispatch/NextAccount.h"
#include "engine/dispatch/NextChannel.h"
#include "engine/model/Contact.h"
#include "engine/model/Topic.h"
#include "engine/store/DeliveryRepository.h"

namespace carillon {

class Clock;
class Store;

// A delivery, what becomes of it, and whom it suppresses.
struct RecordedChange {
    Delivery delivery;
    DeliveryChange change;
    bool suppressAddress = false; // but not one at which a device has registered after goneSince
    UncertainPolicy uncertainPolicy = UncertainPolicy::Hold;
    qint64 nextChannelAfterMs = 0; // as its topic's rules say
    std::optional<MoveOn> moveOn
        = std::nullopt; // it goes on through the next account rather than come to this, if there is one
    RefusalLimit suppressAfter = {}; // how many that fail so suppress the address
    QString movedTo{}; // the address is this from now on
    qint64 goneSince = 0; // see Outcome
    QStringList partIds{}; // see Outcome
};

// What became of deliveries that were to go on the wire.
struct Journalled {
    QList<Delivery> begun;
    bool isRefused = false; // a campaign that one of them is of is not sending (any more)
};

// Writes what happens to deliveries, in groups: state and log entry in one transaction. Used in the engine's thread; the
// answers come from the store's writer, once durable.
class Recorder {
public:
    Recorder(Store& store, const Clock& clock)
        : m_store(store)
        , m_clock(clock)
        , m_nextChannel(std::make_shared<NextChannel>(clock))
    {
    }

    // Before the wire: Sending, under the lease of this engine's run. Gives those that may be sent; one that was cancelled
    // or expired meanwhile is not among them, nor are those of a campaign that is not sending any more: these stay queued.
    Future<Journalled> journal(const QList<Delivery>& deliveries, const QString& lease);

    // After the wire, or instead of it. An uncertain delivery whose topic says "resend" is put back to wait at once.
    // Gives what goes on: on the next channel, or through the next account.
    QList<Delivery> recordOn(Connection& connection, const QList<RecordedChange>& changes) const;
    Future<QList<Delivery>> record(const QList<RecordedChange>& changes);

    // What waits for an account that is down goes on through the next one at once; gives what does.
    Future<QList<Delivery>> moveOn(const QList<Delivery>& waiting, const MoveOn& moveOn);
    // What is claimed and not begun is due later; by when.
    Future<void> defer(const QMap<qint64, QList<qint64>>& idsByDueAt);
    // Succeeds once something can be written again.
    Future<void> tryWriting();

private:
    Store& m_store;
    const Clock& m_clock;
    const std::shared_ptr<NextChannel> m_nextChannel; // the writer's own; a job that is late keeps it
};

} // namespace carillon
