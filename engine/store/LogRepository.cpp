// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/LogRepository.h"

#include "engine/model/EmailAddress.h"
#include "engine/store/Connection.h"
#include "engine/store/DeliveryRepository.h"
#include "engine/store/JsonText.h"

#include <algorithm>

namespace carillon {

namespace {

#define LOG_COLUMNS "seq, time, type, actor, campaign_id, delivery_id, contact_id, account_id, channel, data"

// Rows looked at before giving up on a filter that matches next to nothing: a reader asks again from where it stopped.
constexpr int maxScannedFactor = 200;

LogEntry entryOf(const Rows& rows)
{
    return {rows.integer(0), rows.integer(1), rows.text(2),    rows.text(3), rows.integer(4),
            rows.integer(5), rows.integer(6), rows.integer(7), rows.text(8), rows.json(9)};
}

// {"count": ...} with the ids, see LogEntry.
QByteArray bulkData(const QList<Delivery>& deliveries)
{
    JsonText data;
    data.add("count", deliveries.size());
    bool withoutGap = true;
    QList<qint64> ids;
    ids.reserve(deliveries.size());
    for (const Delivery& delivery : deliveries) {
        withoutGap &= ids.isEmpty() || delivery.id == ids.last() + 1;
        ids << delivery.id;
    }
    if (withoutGap)
        return data.add("first", ids.first()).add("last", ids.last()).end();
    return data.add("ids", ids).end();
}

} // namespace

qint64 LogRepository::append(const LogEntry& e)
{
    return append(e, JsonText(e.data).end());
}

qint64 LogRepository::append(const LogEntry& e, const QByteArray& json)
{
    m_connection.run("INSERT INTO log (time, type, actor, campaign_id, delivery_id, contact_id, account_id, channel, data)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     e.time, e.type, e.actor, NullableId{e.campaignId}, NullableId{e.deliveryId}, NullableId{e.contactId},
                     NullableId{e.accountId}, e.channel, json);
    return m_connection.lastInsertId();
}

void LogRepository::appendBulk(const QString& type, const QString& actor, qint64 time, const QList<Delivery>& deliveries)
{
    if (deliveries.isEmpty())
        return;
    LogEntry entry{0, time, type, actor, deliveries.first().campaignId, 0, 0, 0, {}, {}};
    const Delivery& first = deliveries.first();
    if (deliveries.size() == 1) {
        entry.deliveryId = first.id;
        entry.contactId = first.contactId;
    }
    const auto sameForAll = [&](auto member) {
        return std::all_of(deliveries.begin(), deliveries.end(),
                           [&](const Delivery& other) { return other.*member == first.*member; });
    };
    if (sameForAll(&Delivery::accountId))
        entry.accountId = first.accountId;
    if (sameForAll(&Delivery::channel))
        entry.channel = first.channel;
    append(entry,
           deliveries.size() == 1 ? JsonText().add("address", shownAddress(first.channel, first.address)).end()
                                  : bulkData(deliveries));
}

qint64 LogRepository::lastSeq()
{
    return m_connection.integer("SELECT COALESCE(MAX(seq), 0) FROM log");
}

QList<LogEntry> LogRepository::after(qint64 seq, const LogFilter& filter, int limit)
{
    if (filter.deliveryId != 0) {
        QList<LogEntry> all = ofDelivery(filter.deliveryId, limit);
        all.removeIf([&](const LogEntry& entry) { return entry.seq <= seq || !filter.matches(entry); });
        return all;
    }
    QList<LogEntry> found;
    Rows rows = m_connection.query("SELECT " LOG_COLUMNS " FROM log WHERE seq > ? ORDER BY seq", seq);
    while (found.size() < limit && rows.next()) {
        LogEntry entry = entryOf(rows);
        if (filter.matches(entry))
            found << std::move(entry);
    }
    return found;
}

QList<LogEntry> LogRepository::latest(const LogFilter& filter, int limit)
{
    QList<LogEntry> found;
    Rows rows
        = m_connection.query("SELECT " LOG_COLUMNS " FROM log ORDER BY seq DESC LIMIT ?", qint64(limit) * maxScannedFactor);
    while (found.size() < limit && rows.next()) {
        LogEntry entry = entryOf(rows);
        if (filter.matches(entry))
            found.prepend(std::move(entry));
    }
    return found;
}

QList<LogEntry> LogRepository::ofDelivery(qint64 deliveryId, int limit)
{
    QList<LogEntry> found;
    {
        Rows rows = m_connection.query("SELECT " LOG_COLUMNS " FROM log WHERE delivery_id = ? ORDER BY seq LIMIT ?",
                                       deliveryId, limit);
        while (rows.next())
            found << entryOf(rows);
    }
    const std::optional<Delivery> delivery = DeliveryRepository(m_connection).find(deliveryId);
    if (!delivery)
        return found;
    QSet<qint64> times{delivery->createdAt};
    for (const LogEntry& entry : std::as_const(found))
        times.insert(entry.data.value(u"began").toInteger(delivery->createdAt));
    if (delivery->state == DeliveryState::Sending)
        times.insert(delivery->updatedAt);
    for (const qint64 time : std::as_const(times))
        found << bulkAt(*delivery, time);
    std::sort(found.begin(), found.end(), [](const LogEntry& a, const LogEntry& b) { return a.seq < b.seq; });
    return found.first(qMin<qsizetype>(found.size(), limit));
}

bool LogRepository::has(qint64 deliveryId, const QString& type)
{
    return m_connection.integer("SELECT EXISTS (SELECT 1 FROM log WHERE delivery_id = ? AND type = ?)", deliveryId, type)
        != 0;
}

bool LogRepository::hasAttempt(qint64 deliveryId, qint64 accountId)
{
    return m_connection.integer("SELECT EXISTS (SELECT 1 FROM log WHERE delivery_id = ? AND account_id = ? AND type IN"
                                " ('delivery.sent', 'delivery.retrying', 'delivery.uncertain', 'delivery.failed',"
                                " 'delivery.bounced'))",
                                deliveryId, accountId)
        != 0;
}

// The delivery's share of the bulk entries of that moment.
QList<LogEntry> LogRepository::bulkAt(const Delivery& delivery, qint64 time)
{
    QList<LogEntry> found;
    Rows rows = m_connection.query("SELECT " LOG_COLUMNS " FROM log WHERE time = ? AND delivery_id IS NULL"
                                   " AND type IN ('delivery.queued', 'delivery.sending')",
                                   time);
    while (rows.next()) {
        LogEntry entry = entryOf(rows);
        if (!concerns(entry, delivery.id))
            continue;
        entry.deliveryId = delivery.id;
        entry.contactId = delivery.contactId;
        if (entry.accountId == 0) // of several; else it may have gone on to another since
            entry.accountId = delivery.accountId;
        entry.channel = delivery.channel;
        entry.data = {{QStringLiteral("address"), shownAddress(delivery.channel, delivery.address)}};
        found << entry;
    }
    return found;
}

QList<LogRepository::OutcomeCount> LogRepository::outcomes(qint64 from, qint64 to, qint64 bucketMs)
{
    QList<OutcomeCount> counts;
    Rows rows = m_connection.query("SELECT (time - ?1) / ?3, type, account_id, COUNT(*) FROM log"
                                   " WHERE (type = 'delivery.sent' OR type = 'delivery.failed' OR type = 'delivery.bounced'"
                                   " OR type = 'delivery.retrying')" // word for word as the index log_outcome has it
                                   " AND time >= ?1 AND time < ?2 GROUP BY 1, 2, 3 ORDER BY 1",
                                   from, to, bucketMs);
    while (rows.next())
        counts << OutcomeCount{from + rows.integer(0) * bucketMs, rows.text(1), rows.integer(2), rows.integer(3)};
    return counts;
}

LogRepository::Digest LogRepository::digest(qint64 seq)
{
    Digest digest{seq, {}, {}};
    Rows rows = m_connection.query("SELECT type, campaign_id, SUM(CASE WHEN delivery_id IS NULL AND type GLOB 'delivery.*' "
                                   "THEN COALESCE(data ->> 'count', 1) ELSE 1 END), MAX(seq)"
                                   " FROM log WHERE seq > ? GROUP BY type, campaign_id",
                                   seq);
    while (rows.next()) {
        digest.byType[rows.text(0)] += rows.integer(2);
        if (rows.integer(1) != 0)
            digest.campaigns.insert(rows.integer(1));
        digest.lastSeq = qMax(digest.lastSeq, rows.integer(3));
    }
    return digest;
}

} // namespace carillon
