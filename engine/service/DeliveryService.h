// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"
#include "engine/model/Caller.h"
#include "engine/model/Delivery.h"
#include "engine/model/LogEntry.h"
#include "engine/model/LogFilter.h"
#include "engine/model/Page.h"

#include <optional>

namespace carillon {

class Clock;
class Dispatch;
class Store;

struct DeliveryQuery {
    QString text; // in address, contact name, last error
    QList<DeliveryState> states; // empty: all
    QString channel;
    qint64 campaignId = 0;
    qint64 accountId = 0;
    qint64 contactId = 0;
    qint64 triggerId = 0;
};

// A delivery with the names of what it points to.
struct DeliveryRow {
    Delivery delivery;
    QString contactName;
    QString campaignName;
    QString topicKey;
    QString accountName;
};

struct DeliveryDetail {
    DeliveryRow row;
    QList<LogEntry> log; // all of it, oldest first: planning, attempts, the provider's answers
};

// Deliveries that were picked: by id, or all that match a filter when there are no ids.
struct DeliverySelection {
    QList<qint64> ids;
    std::optional<DeliveryQuery> query;
};

enum class UncertainDecision { Resend, AcceptAsSent };

// Operations on deliveries and the log. Thread-safe; answers come from a thread of the store.
class DeliveryService {
public:
    DeliveryService(Store& store, const Clock& clock, Dispatch& dispatch);

    // Newest first.
    Future<Page<DeliveryRow>> page(const DeliveryQuery& query, const PageRequest& request) const;
    Future<DeliveryDetail> get(qint64 id) const;

    // Reads a filter as people type it: `status:failed channel:email campaign:12 timeout`. The error says which word is
    // wrong.
    static Result<DeliveryQuery> parseQuery(const QString& text);

    // The log after `seq`, oldest first.
    Future<QList<LogEntry>> log(qint64 afterSeq, const LogFilter& filter, int limit) const;
    // The newest entries of the log, oldest first.
    Future<QList<LogEntry>> latestLog(const LogFilter& filter, int limit) const;

    // Operator, each; gives how many were changed. Those of the selection that are in another state are left alone. It is
    // carried out in pages, a short transaction each; what was done stays done when one fails.
    Future<qint64> settleUncertain(const Caller& caller, const DeliverySelection& selection, UncertainDecision decision);
    // Failed ones are sent again; a campaign that was finished goes on with them. Those of a cancelled one are left alone.
    Future<qint64> retryFailed(const Caller& caller, const DeliverySelection& selection);
    // Waiting ones (queued, retrying) are cancelled.
    Future<qint64> cancelWaiting(const Caller& caller, const DeliverySelection& selection);

    // Operator. The contact has opened, read or clicked a delivery, or replied to it (EngagementKind). What would go on to
    // the next channel is cancelled when it falls due.
    Future<void> engaged(const Caller& caller, qint64 id, const QString& kind);

private:
    Future<qint64> changeByHand(const Caller& caller, const DeliverySelection& selection, const QList<DeliveryState>& from,
                                DeliveryState to);

    Store& m_store;
    const Clock& m_clock;
    Dispatch& m_dispatch;
};

} // namespace carillon
