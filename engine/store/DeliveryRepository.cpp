// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/DeliveryRepository.h"

#include "engine/model/EmailAddress.h"
#include "engine/model/Names.h"
#include "engine/store/Connection.h"
#include "engine/store/DeliveryRow.h"
#include "engine/store/LogRepository.h"

#include <QSet>

#include <algorithm>

namespace carillon {

namespace {

// As many rows as one INSERT writes; more makes it no faster.
constexpr qsizetype rowsPerInsert = 32;

std::string insertStatement(qsizetype rows)
{
    const std::string row = "(?, ?, ?, ?, ?, ?, 'queued', 0, ?, ?, '', '', ?, ?, ?, ?, ?)";
    std::string values = row;
    for (qsizetype i = 1; i < rows; ++i)
        values += "," + row;
    return "INSERT INTO delivery (campaign_id, topic_id, contact_id, account_id, channel, address, state, attempts, due_at,"
           " expires_at, provider_id, last_error, created_at, updated_at, trigger_id, route, follows) VALUES"
        + values;
}

void bindQueued(Statement& statement, int& parameter, const Delivery& d)
{
    const auto bind = [&](const auto& value) { statement.bind(++parameter, value); };
    bind(NullableId{d.campaignId});
    bind(d.topicId);
    bind(d.contactId);
    bind(d.accountId);
    bind(d.channel);
    bind(d.address);
    bind(d.dueAt);
    bind(d.expiresAt);
    bind(d.createdAt);
    bind(d.createdAt);
    bind(NullableId{d.triggerId});
    bind(d.route);
    bind(NullableId{d.follows});
}

} // namespace

qint64 DeliveryRepository::insertQueued(const Delivery& d, const QString& actor)
{
    return insertQueued(QList<Delivery>{d}, actor).first().id;
}

QList<Delivery> DeliveryRepository::insertQueued(const QList<Delivery>& deliveries, const QString& actor)
{
    QList<Delivery> inserted = deliveries;
    for (qsizetype from = 0; from < inserted.size();) {
        const qsizetype count = inserted.size() - from >= rowsPerInsert ? rowsPerInsert : 1;
        static const std::string many = insertStatement(rowsPerInsert);
        static const std::string one = insertStatement(1);
        const std::shared_ptr<Statement> statement = m_connection.prepared(count == 1 ? one : many);
        int parameter = 0;
        for (qsizetype i = from; i < from + count; ++i)
            bindQueued(*statement, parameter, inserted.at(i));
        Rows(statement).next();
        // AUTOINCREMENT numbers the rows of one statement one after the other.
        for (qint64 id = m_connection.lastInsertId(), i = from + count - 1; i >= from; --i)
            inserted[i].id = id--;
        from += count;
    }
    if (!inserted.isEmpty())
        LogRepository(m_connection)
            .appendBulk(QStringLiteral("delivery.queued"), actor, inserted.first().createdAt, inserted);
    return inserted;
}

QList<Delivery> DeliveryRepository::due(const LaneKey& lane, DeliveryState state, qint64 now, const DuePlace& after,
                                        int limit)
{
    QList<Delivery> found;
    const QString name = nameOf(state);
    if (after.id != 0 && after.dueAt <= now)
        found = deliveriesOf(m_connection.query(
            "SELECT " DELIVERY_COLUMNS " FROM delivery WHERE campaign_id IS ? AND state = ? AND account_id = ?"
            " AND due_at = ? AND id > ? ORDER BY id LIMIT ?",
            NullableId{lane.campaignId}, name, lane.accountId, after.dueAt, after.id, limit));
    if (found.size() < limit)
        found += deliveriesOf(m_connection.query(
            "SELECT " DELIVERY_COLUMNS " FROM delivery WHERE campaign_id IS ? AND state = ? AND account_id = ?"
            " AND due_at > ? AND due_at <= ? ORDER BY due_at, id LIMIT ?",
            NullableId{lane.campaignId}, name, lane.accountId, after.dueAt, now, limit - int(found.size())));
    return found;
}

std::optional<qint64> DeliveryRepository::nextDue(const LaneKey& lane, qint64 now, bool triedOnly)
{
    std::optional<qint64> next;
    for (const DeliveryState state : {DeliveryState::Queued, DeliveryState::Retrying}) {
        if (triedOnly && state == DeliveryState::Queued)
            continue;
        Rows rows = m_connection.query("SELECT due_at FROM delivery WHERE campaign_id IS ? AND state = ? AND account_id = ?"
                                       " AND due_at > ? ORDER BY due_at LIMIT 1",
                                       NullableId{lane.campaignId}, nameOf(state), lane.accountId, now);
        if (rows.next())
            next = qMin(next.value_or(rows.integer(0)), rows.integer(0));
    }
    return next;
}

void DeliveryRepository::defer(const QList<qint64>& ids, qint64 dueAt)
{
    for (const qint64 id : ids)
        m_connection.run("UPDATE delivery SET due_at = ? WHERE id = ? AND state IN ('queued', 'retrying')", dueAt, id);
}

QList<Delivery> DeliveryRepository::begin(const QList<Delivery>& known, const QString& actor, const QString& lease,
                                          qint64 now)
{
    QList<Delivery> begun;
    begun.reserve(known.size());
    for (Delivery delivery : known) {
        if (!mayBecome(delivery.state, DeliveryState::Sending)
            || m_connection.run("UPDATE delivery SET state = 'sending', lease = ?, updated_at = ? WHERE id = ? AND state = ?"
                                " AND attempts = ? AND due_at = ? AND account_id = ?",
                                lease, now, delivery.id, nameOf(delivery.state), delivery.attempts, delivery.dueAt,
                                delivery.accountId)
                == 0)
            continue;
        delivery.state = DeliveryState::Sending;
        delivery.updatedAt = now;
        begun << delivery;
    }
    LogRepository(m_connection).appendBulk(QStringLiteral("delivery.sending"), actor, now, begun);
    return begun;
}

bool DeliveryRepository::change(Delivery& known, const DeliveryChange& change, qint64 now)
{
    if (!mayBecome(known.state, change.to))
        return false;
    Delivery next = known;
    next.state = change.to;
    next.attempts += change.countsAsAttempt ? 1 : 0;
    next.dueAt = change.dueAt != 0 ? change.dueAt : known.dueAt;
    next.lastError = change.error;
    next.updatedAt = now;
    // An attempt that got none has none: what comes under the one of an earlier attempt is not of this one.
    const bool isAttempt = known.state == DeliveryState::Sending && change.countsAsAttempt;
    if (isAttempt || !change.providerId.isEmpty())
        next.providerId = change.providerId;
    if (m_connection.run("UPDATE delivery SET state = ?, attempts = ?, due_at = ?, provider_id = ?, last_error = ?,"
                         " updated_at = ?, lease = NULL WHERE id = ? AND state = ? AND attempts = ?",
                         nameOf(next.state), next.attempts, next.dueAt, next.providerId, next.lastError, now, next.id,
                         nameOf(known.state), known.attempts)
        == 0)
        return false;
    JsonText data = change.details;
    data.add("address", shownAddress(next.channel, next.address));
    if (known.state == DeliveryState::Sending)
        data.add("began", known.updatedAt);
    if (!change.error.isEmpty())
        data.add("reason", change.error);
    LogRepository(m_connection)
        .append({0,
                 now,
                 QStringLiteral("delivery.") + nameOf(next.state),
                 change.actor,
                 next.campaignId,
                 next.id,
                 next.contactId,
                 next.accountId,
                 next.channel,
                 {}},
                data.end());
    known = next;
    return true;
}

bool DeliveryRepository::reroute(Delivery& known, const DeliveryRoute& route, qint64 now)
{
    if (m_connection.run("UPDATE delivery SET account_id = ?, route = ?, due_at = ?, updated_at = ? WHERE id = ?"
                         " AND state = ? AND account_id = ? AND state IN ('queued', 'retrying')",
                         route.accountId, route.position, route.dueAt, now, known.id, nameOf(known.state), known.accountId)
        == 0)
        return false;
    JsonText data;
    data.add("address", shownAddress(known.channel, known.address))
        .add("from_account", known.accountId)
        .add("reason", route.reason);
    known.accountId = route.accountId;
    known.route = route.position;
    known.dueAt = route.dueAt;
    known.updatedAt = now;
    LogRepository(m_connection)
        .append({0,
                 now,
                 QStringLiteral("delivery.rerouted"),
                 route.actor,
                 known.campaignId,
                 known.id,
                 known.contactId,
                 known.accountId,
                 known.channel,
                 {}},
                data.end());
    return true;
}

QList<Delivery> DeliveryRepository::takeOver(const QString& ownLease, int limit)
{
    return deliveriesOf(m_connection.query("SELECT " DELIVERY_COLUMNS " FROM " OF_EACH_CAMPAIGN
                                           " AND state = 'sending' AND (lease IS NULL OR lease <> ?) LIMIT ?",
                                           ownLease, limit));
}

QList<Delivery> DeliveryRepository::waiting(qint64 campaignId, int limit)
{
    return deliveriesOf(m_connection.query(
        "SELECT " DELIVERY_COLUMNS " FROM delivery WHERE campaign_id IS ? AND state IN ('queued', 'retrying') LIMIT ?",
        NullableId{campaignId}, limit));
}

std::optional<Delivery> DeliveryRepository::find(qint64 id)
{
    Rows rows = m_connection.query("SELECT " DELIVERY_COLUMNS " FROM delivery WHERE id = ?", id);
    return rows.next() ? std::optional(deliveryOf(rows)) : std::nullopt;
}

QList<Delivery> DeliveryRepository::ofNotification(const Delivery& delivery)
{
    return deliveriesOf(m_connection.query(
        "SELECT " DELIVERY_COLUMNS " FROM delivery WHERE contact_id = ? AND +campaign_id IS ? AND +trigger_id IS ?"
        " ORDER BY id",
        delivery.contactId, NullableId{delivery.campaignId}, NullableId{delivery.triggerId}));
}

bool DeliveryRepository::hasOpen(qint64 campaignId)
{
    return m_connection.integer(
               "SELECT EXISTS (SELECT 1 FROM delivery WHERE state IN ('queued', 'sending', 'retrying') AND campaign_id = ?)",
               campaignId)
        != 0;
}

bool DeliveryRepository::hasWaiting(qint64 campaignId)
{
    return m_connection.integer(
               "SELECT EXISTS (SELECT 1 FROM delivery WHERE state IN ('queued', 'retrying') AND campaign_id = ?)",
               campaignId)
        != 0;
}

bool DeliveryRepository::exists(qint64 campaignId, qint64 accountId, const QString& address)
{
    return m_connection.integer(
               "SELECT EXISTS (SELECT 1 FROM delivery WHERE campaign_id = ? AND account_id = ? AND address = ?)", campaignId,
               accountId, address)
        != 0;
}

QList<qint64> DeliveryRepository::waitingAccounts(qint64 campaignId)
{
    QSet<qint64> accounts;
    // From one account to the next in the index: there may be a million deliveries of each.
    for (const DeliveryState state : {DeliveryState::Queued, DeliveryState::Retrying}) {
        for (qint64 last = 0;; accounts.insert(last)) {
            last = m_connection.integer("SELECT account_id FROM delivery WHERE campaign_id IS ? AND state = ?"
                                        " AND account_id > ? ORDER BY account_id LIMIT 1",
                                        NullableId{campaignId}, nameOf(state), last);
            if (last == 0)
                break;
        }
    }
    QList<qint64> sorted(accounts.cbegin(), accounts.cend());
    std::sort(sorted.begin(), sorted.end());
    return sorted;
}

} // namespace carillon
