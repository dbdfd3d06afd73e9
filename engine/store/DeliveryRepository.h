// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Delivery.h"
#include "engine/store/JsonText.h"

#include <QList>
#include <QMap>

#include <compare>
#include <limits>
#include <optional>

namespace carillon {

class Connection;

// One step of a delivery from one state to another, and what it leaves in the log.
struct DeliveryChange {
    DeliveryState to = DeliveryState::Failed;
    bool countsAsAttempt = false;
    qint64 dueAt = 0; // for Queued and Retrying
    QString providerId; // of an attempt; else kept when empty
    QString error; // last error; cleared when empty
    QString actor;
    JsonText details; // into the log entry's data, beside the address
    bool receiptsFollow = false; // Sent: the platform will tell what became of it (ReceiptLedger)
};

// The other account that a delivery goes on through.
struct DeliveryRoute {
    qint64 accountId = 0;
    int position = 0; // of its route among the topic's
    qint64 dueAt = 0;
    QString actor;
    QString reason; // a sentence, for the log
};

// The deliveries of one campaign (0: of none) through one account wait in a lane.
struct LaneKey {
    qint64 campaignId = 0;
    qint64 accountId = 0;

    friend auto operator<=>(const LaneKey&, const LaneKey&) = default;
};

// Where a walk through what is due has come to. At first before everything.
struct DuePlace {
    qint64 dueAt = std::numeric_limits<qint64>::min();
    qint64 id = 0;
};

// Which deliveries a list shows; empty and 0 mean any.
struct DeliveryFilter {
    QString text;
    QList<DeliveryState> states;
    QString channel;
    qint64 campaignId = 0;
    qint64 accountId = 0;
    qint64 contactId = 0;
    qint64 triggerId = 0;
};

// Deliveries as rows. Throws SqlFailure, as everything that runs on a Connection does.
class DeliveryRepository {
public:
    explicit DeliveryRepository(Connection& connection)
        : m_connection(connection)
    {
    }

    // Inserts a queued delivery with its log entry "delivery.queued"; the id.
    qint64 insertQueued(const Delivery& delivery, const QString& actor);
    // Inserts a page of them with one entry for all; the same with their ids.
    QList<Delivery> insertQueued(const QList<Delivery>& deliveries, const QString& actor);

    // Deliveries of a lane (a campaign, 0: of none, and an account) that wait in `state` and are due, oldest due first, from
    // behind `after`. This writes nothing: one engine at a time has a workspace (WorkspaceLock), and it remembers what it
    // has claimed (Queue).
    QList<Delivery> due(const LaneKey& lane, DeliveryState state, qint64 now, const DuePlace& after, int limit);
    // When the next delivery of a lane falls due after `now`; nothing when none waits. `triedOnly`: only of
    // those that have had an attempt.
    std::optional<qint64> nextDue(const LaneKey& lane, qint64 now, bool triedOnly = false);
    // What waits is due at another time. No change of state: nothing is said of it in the log.
    void defer(const QList<qint64>& ids, qint64 dueAt);

    // Before the wire: Queued or Retrying becomes Sending, under the lease of this engine's run, with one log entry
    // "delivery.sending" for all. Gives those that are: one that was changed since it was read is not among them.
    QList<Delivery> begin(const QList<Delivery>& known, const QString& actor, const QString& lease, qint64 now);

    // The one place where else a delivery changes its state: checks the transition, writes it together with its log entry
    // "delivery.<state>", and ends a lease. False, and nothing written, when the delivery is no longer in the state it is
    // known in, or has had another attempt since.
    bool change(Delivery& known, const DeliveryChange& change, qint64 now);

    // A delivery that waits does so for another account, with its log entry "delivery.rerouted" (of the new account; the
    // data has "from_account"). False, and nothing written, when it no longer waits where it is known to.
    bool reroute(Delivery& known, const DeliveryRoute& route, qint64 now);

    // Deliveries that were on the wire when another run of the engine ended: they are still in Sending.
    QList<Delivery> takeOver(const QString& ownLease, int limit);
    // Up to `limit` of those of a campaign that are queued or retrying, in no particular order.
    QList<Delivery> waiting(qint64 campaignId, int limit);

    std::optional<Delivery> find(qint64 id);
    // All that the same contact gets of the same campaign or trigger, by id; itself among them.
    QList<Delivery> ofNotification(const Delivery& delivery);
    // Newest first.
    QList<Delivery> page(const DeliveryFilter& filter, qint64 offset, int limit);
    qint64 count(const DeliveryFilter& filter);
    // Up to `limit` ids of a list, ascending after `after`.
    QList<qint64> idsAfter(const DeliveryFilter& filter, qint64 after, int limit);

    QMap<DeliveryState, qint64> counts(qint64 campaignId);
    // The same without those that wait for their first attempt: as quick as the others are few.
    QMap<DeliveryState, qint64> triedCounts(qint64 campaignId);
    // Those that step in for another one on another channel; all others of the campaign were planned.
    qint64 followUpCount(qint64 campaignId);
    QMap<DeliveryState, qint64> countsOfTrigger(qint64 triggerId);
    // Of the whole workspace.
    QMap<DeliveryState, qint64> allCounts();
    // Of all campaigns; only the states that are not over (and uncertain).
    QMap<DeliveryState, qint64> openCounts();
    // True while one of the campaign's deliveries may still change by the engine's doing.
    bool hasOpen(qint64 campaignId);
    // True while one waits for its first or next attempt.
    bool hasWaiting(qint64 campaignId);
    bool exists(qint64 campaignId, qint64 accountId, const QString& address);
    // The accounts that a campaign's waiting deliveries use.
    QList<qint64> waitingAccounts(qint64 campaignId);

private:
    QList<Delivery> pageOfCampaign(const DeliveryFilter& filter, qint64 offset, int limit);

    Connection& m_connection;
};

} // namespace carillon
