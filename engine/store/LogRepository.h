// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Delivery.h"
#include "engine/model/LogFilter.h"

#include <QHash>
#include <QList>
#include <QSet>

namespace carillon {

class Connection;

// The log: append-only, numbered, the spine of everything live. Throws SqlFailure, as everything that runs on a Connection
// does.
class LogRepository {
public:
    explicit LogRepository(Connection& connection)
        : m_connection(connection)
    {
    }

    // Writes an entry; its number. Call it in the transaction of the change it tells of.
    qint64 append(const LogEntry& entry);
    // The same with its data as JSON text (entry.data is not looked at).
    qint64 append(const LogEntry& entry, const QByteArray& json);
    // One entry for all of these deliveries (see LogEntry); for a single one its own. Nothing for none.
    void appendBulk(const QString& type, const QString& actor, qint64 time, const QList<Delivery>& deliveries);

    qint64 lastSeq();
    // Entries after `seq` that match, oldest first.
    QList<LogEntry> after(qint64 seq, const LogFilter& filter, int limit);
    // The newest that match, oldest first.
    QList<LogEntry> latest(const LogFilter& filter, int limit);
    // Everything of one delivery, oldest first (bounded by `limit`). Of a bulk entry it gives the delivery's share: as if it
    // had been written for that delivery alone.
    QList<LogEntry> ofDelivery(qint64 deliveryId, int limit);

    // Whether a delivery has an entry of its own of this type.
    bool has(qint64 deliveryId, const QString& type);
    // Whether an attempt of a delivery through this account has come to an end.
    bool hasAttempt(qint64 deliveryId, qint64 accountId);

    // Outcomes per bucket of time and type, in time order, for charts. Buckets start at multiples of `bucketMs` from `from`.
    struct OutcomeCount {
        qint64 bucket = 0;
        QString type;
        qint64 accountId = 0;
        qint64 count = 0;
    };
    QList<OutcomeCount> outcomes(qint64 from, qint64 to, qint64 bucketMs);

    // What was written after `seq`, counted.
    struct Digest {
        qint64 lastSeq = 0;
        QHash<QString, qint64> byType; // facts: a bulk entry counts as many as it stands for
        QSet<qint64> campaigns;
    };
    Digest digest(qint64 seq);

private:
    QList<LogEntry> bulkAt(const Delivery& delivery, qint64 time);

    Connection& m_connection;
};

} // namespace carillon
