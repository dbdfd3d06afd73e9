// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/dispatch/Planner.h"
#include "engine/dispatch/TriggeredBatch.h"
#include "engine/service/TriggerRecipients.h"
#include "engine/service/TriggerService.h"

namespace carillon {

class Connection;
class ContentCache;

// What one trigger left in the database.
struct WrittenTrigger {
    TriggerAnswer answer;
    TriggeredBatch batch; // goes on the wire now
    bool waits = false; // there are deliveries that are not in the batch
};

// One trigger carried out in one transaction of the store: its recipients are found and planned by the rules of campaigns,
// and what came of it is kept under its key. Made for one job; its methods throw SqlFailure.
class TriggerWrite {
public:
    // `lease`: of the engine that sends; what may go out at once is committed as Sending under it. Empty: nothing is sent
    // here, and all is queued.
    TriggerWrite(Connection& connection, ContentCache& cache, const Caller& caller, const QString& lease, qint64 now);

    Result<WrittenTrigger> run(const TriggerRequest& request);

private:
    // The answer that was given under the key; nothing when there is none, Conflict when it was for another request.
    Result<std::optional<TriggerAnswer>> replay(const TriggerRequest& request, const QByteArray& hash);
    Result<WrittenTrigger> carryOut(const TriggerRequest& request);
    void plan(const QList<TriggerTarget>& targets);
    void planGroup(const QString& channel, const QHash<qint64, QString>& addressKeys);
    TriggerAnswer::Recipient insert(qint64 contactId);
    void journal(const Delivery& delivery);
    QString scope() const;

    Connection& m_connection;
    ContentCache& m_cache;
    const Caller& m_caller;
    const QString m_lease;
    const qint64 m_now;

    qint64 m_holdMs = 0;
    std::shared_ptr<const CompiledContent> m_content;
    QHash<qint64, QList<Delivery>> m_planned; // by contact
    QHash<qint64, LeftOut> m_leftOut; // by contact
    WrittenTrigger m_written;
};

} // namespace carillon
