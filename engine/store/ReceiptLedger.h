// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Delivery.h"
#include "engine/store/ReceiptRepository.h"

#include <QJsonObject>

#include <optional>

namespace carillon {

class Connection;

// Writes what platforms tell of deliveries: new states, engagements and suppressions, each with its log entry, in the
// transaction of the caller.
//
// The same receipts come to the same end in any order and any number of times. Of two that contradict each other the
// farther one holds, as mayBecome() has it: sent < failed < delivered < bounced. What was read, opened, clicked or
// complained of has been delivered, too. A repetition changes nothing and leaves no entry. While a delivery waits or is on
// the wire, what is told of it waits for the end of that attempt (ReceiptRepository): only then it has a state that can
// change. Engagements, complaints and suppressions are written at once. A failure of an earlier sending of a delivery that
// was sent again says nothing of the later one, but what it suppresses is suppressed.
//
// A failure with a RefusalLimit is counted (RefusalRepository), once a delivery, and what is delivered begins it anew.
//
// An account speaks of the messages that it was given, and of no others: those whose ids it gave, and, by our own key, those
// that it had. A delivery that has gone on through another account since is not its to fail any more; but what it got there
// did get there, and what it suppresses is suppressed.
//
// A message that the platform has in parts, each with an id of its own, is delivered when all of them are, and has failed
// when one of them has.
//
// One at a time, for the duration of a transaction. Throws SqlFailure, as everything that runs on a Connection does.
class ReceiptLedger {
public:
    // `now`: UTC milliseconds.
    ReceiptLedger(Connection& connection, qint64 now)
        : m_connection(connection)
        , m_now(now)
    {
    }

    // What an account's platform tells. The delivery, when its state has changed.
    std::optional<Delivery> take(qint64 accountId, const Receipt& receipt);

    // A delivery has become Sent, and receipts will follow: it is remembered by the platform's id, and what has come before
    // is applied. `delivery` is as it is afterwards. `partIds`: the ids of its further parts.
    void sent(Delivery& delivery, const QStringList& partIds = {});

    // An attempt of this delivery has ended in another way, or nobody knows how: what its platform has told meanwhile, of
    // this sending or an earlier one, is applied. `delivery` is as it is afterwards.
    void ended(Delivery& delivery);

    // What somebody wrote to an account on this channel: "message.received", and an engagement "replied" when it answers a
    // delivery of ours. Whoever says stop is suppressed. False when it had come before.
    bool take(qint64 accountId, const QString& channel, const InboundMessage& message);

    // Lets go of receipts for which nothing was sent in days ("receipts.forgotten"), a bounded number at once.
    void forgetOld();

private:
    std::optional<Delivery> find(qint64 accountId, const Receipt& receipt);
    void applyAll(Delivery& delivery, const QList<ToldReceipt>& waiting);
    bool holdsForAllParts(ToldReceipt& told);
    bool apply(Delivery& delivery, ToldReceipt told);
    bool fail(Delivery& delivery, const ToldReceipt& told);
    bool isEarlier(const Delivery& delivery, const ToldReceipt& told);
    void suppress(const Delivery& delivery, const QString& why, const Receipt& receipt);
    bool become(Delivery& delivery, DeliveryState to, const ToldReceipt& told);
    void engage(const Delivery& delivery, const QString& kind, qint64 time);
    void complain(const Delivery& delivery, const Receipt& receipt);
    void append(const Delivery& delivery, const QString& type, const QJsonObject& data);
    void stop(qint64 accountId, const QString& channel, const InboundMessage& message);

    Connection& m_connection;
    const qint64 m_now;
};

} // namespace carillon
