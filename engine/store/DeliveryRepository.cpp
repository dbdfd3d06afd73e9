// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/DeliveryRepository.h"

#include "engine/model/Names.h"
#include "engine/store/Connection.h"
#include "engine/store/JsonText.h"
#include "engine/store/LogRepository.h"

#include <QSet>

#include <algorithm>
#include <limits>

namespace carillon {

namespace {

#define DELIVERY_COLUMNS                                                                                                    \
    "delivery.id, campaign_id, topic_id, contact_id, account_id, channel, address, state, attempts, due_at, expires_at, "   \
    "provider_id,"                                                                                                          \
    " last_error, created_at, updated_at, trigger_id, route, follows"

// Deliveries of every campaign, and of none, in a way that the index by campaign and state can be used. A condition follows.
#define OF_EACH_CAMPAIGN                                                                                                    \
    "(SELECT id AS of_campaign FROM campaign UNION ALL SELECT NULL) CROSS JOIN delivery ON campaign_id IS of_campaign"

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

Delivery deliveryOf(const Rows& rows)
{
    Delivery d;
    d.id = rows.integer(0);
    d.campaignId = rows.integer(1);
    d.topicId = rows.integer(2);
    d.contactId = rows.integer(3);
    d.accountId = rows.integer(4);
    d.channel = rows.text(5);
    d.address = rows.text(6);
    d.state = valueOf<DeliveryState>(rows.text(7)).value_or(DeliveryState::Failed);
    d.attempts = int(rows.integer(8));
    d.dueAt = rows.integer(9);
    d.expiresAt = rows.integer(10);
    d.providerId = rows.text(11);
    d.lastError = rows.text(12);
    d.createdAt = rows.integer(13);
    d.updatedAt = rows.integer(14);
    d.triggerId = rows.integer(15);
    d.route = int(rows.integer(16));
    d.follows = rows.integer(17);
    return d;
}

QList<Delivery> readAll(Rows&& rows)
{
    QList<Delivery> deliveries;
    while (rows.next())
        deliveries << deliveryOf(rows);
    return deliveries;
}

QMap<DeliveryState, qint64> readCounts(Rows&& rows)
{
    QMap<DeliveryState, qint64> counts;
    while (rows.next()) {
        if (const auto state = valueOf<DeliveryState>(rows.text(0)))
            counts.insert(*state, rows.integer(1));
    }
    return counts;
}

QByteArray stateList(const QList<DeliveryState>& states)
{
    QStringList names;
    for (const DeliveryState state : states)
        names << u'\'' + nameOf(state) + u'\'';
    return names.join(u',').toUtf8();
}

// The WHERE clause of a list. Only names of our own and numbers are put into the SQL; the text is parameter 1.
QByteArray conditionOf(const DeliveryFilter& filter)
{
    QByteArray sql = "1 = 1";
    if (filter.campaignId != 0)
        sql += " AND campaign_id = " + QByteArray::number(filter.campaignId);
    if (filter.accountId != 0)
        sql += " AND account_id = " + QByteArray::number(filter.accountId);
    if (filter.contactId != 0)
        sql += " AND contact_id = " + QByteArray::number(filter.contactId);
    if (filter.triggerId != 0)
        sql += " AND trigger_id = " + QByteArray::number(filter.triggerId);
    if (!filter.states.isEmpty())
        sql += " AND state IN (" + stateList(filter.states) + ")";
    if (!filter.text.isEmpty())
        sql += " AND (address LIKE ?1 OR last_error LIKE ?1 OR provider_id LIKE ?1"
               " OR EXISTS (SELECT 1 FROM contact WHERE contact.id = delivery.contact_id AND contact.name LIKE ?1))";
    if (!filter.channel.isEmpty())
        sql += " AND channel = ?2";
    return sql;
}

// Nothing but a campaign, and perhaps states.
bool isOfCampaignAlone(const DeliveryFilter& filter)
{
    return filter.campaignId != 0 && filter.text.isEmpty() && filter.channel.isEmpty() && filter.accountId == 0
        && filter.contactId == 0 && filter.triggerId == 0;
}

const QList<DeliveryState>& allStates()
{
    using S = DeliveryState;
    static const QList<DeliveryState> states{S::Queued,  S::Sending,   S::Retrying,   S::Sent,    S::Delivered, S::Failed,
                                             S::Bounced, S::Uncertain, S::Suppressed, S::Expired, S::Cancelled};
    return states;
}

QString textPattern(const DeliveryFilter& filter)
{
    return u'%' + filter.text + u'%';
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
        found = readAll(m_connection.query("SELECT " DELIVERY_COLUMNS
                                           " FROM delivery WHERE campaign_id IS ? AND state = ? AND account_id = ?"
                                           " AND due_at = ? AND id > ? ORDER BY id LIMIT ?",
                                           NullableId{lane.campaignId}, name, lane.accountId, after.dueAt, after.id, limit));
    if (found.size() < limit)
        found += readAll(m_connection.query(
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
    if (!change.providerId.isEmpty())
        next.providerId = change.providerId;
    if (m_connection.run("UPDATE delivery SET state = ?, attempts = ?, due_at = ?, provider_id = ?, last_error = ?,"
                         " updated_at = ?, lease = NULL WHERE id = ? AND state = ?",
                         nameOf(next.state), next.attempts, next.dueAt, next.providerId, next.lastError, now, next.id,
                         nameOf(known.state))
        == 0)
        return false;
    JsonText data(change.details);
    data.add("address", next.address);
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
    data.add("address", known.address).add("from_account", known.accountId).add("reason", route.reason);
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
    return readAll(m_connection.query("SELECT " DELIVERY_COLUMNS " FROM " OF_EACH_CAMPAIGN
                                      " AND state = 'sending' AND (lease IS NULL OR lease <> ?) LIMIT ?",
                                      ownLease, limit));
}

QList<Delivery> DeliveryRepository::waiting(qint64 campaignId, int limit)
{
    return readAll(m_connection.query("SELECT " DELIVERY_COLUMNS
                                      " FROM delivery WHERE campaign_id IS ? AND state IN ('queued', 'retrying') LIMIT ?",
                                      NullableId{campaignId}, limit));
}

std::optional<Delivery> DeliveryRepository::find(qint64 id)
{
    Rows rows = m_connection.query("SELECT " DELIVERY_COLUMNS " FROM delivery WHERE id = ?", id);
    return rows.next() ? std::optional(deliveryOf(rows)) : std::nullopt;
}

QList<Delivery> DeliveryRepository::ofNotification(const Delivery& delivery)
{
    return readAll(m_connection.query("SELECT " DELIVERY_COLUMNS
                                      " FROM delivery WHERE contact_id = ? AND +campaign_id IS ? AND +trigger_id IS ?"
                                      " ORDER BY id",
                                      delivery.contactId, NullableId{delivery.campaignId}, NullableId{delivery.triggerId}));
}

QList<Delivery> DeliveryRepository::page(const DeliveryFilter& filter, qint64 offset, int limit)
{
    if (isOfCampaignAlone(filter))
        return pageOfCampaign(filter, offset, limit);
    const QByteArray sql
        = "SELECT " DELIVERY_COLUMNS " FROM delivery WHERE " + conditionOf(filter) + " ORDER BY id DESC LIMIT ?3 OFFSET ?4";
    return readAll(m_connection.query(sql.constData(), textPattern(filter), filter.channel, limit, offset));
}

// The index has a campaign's deliveries state by state, each in the order of ids: the newest of each state are put together,
// instead of sorting a million.
QList<Delivery> DeliveryRepository::pageOfCampaign(const DeliveryFilter& filter, qint64 offset, int limit)
{
    QByteArrayList newest;
    for (const DeliveryState state : filter.states.isEmpty() ? allStates() : filter.states)
        newest << "SELECT id FROM (SELECT id FROM delivery WHERE campaign_id = ?1 AND state = '" + nameOf(state).toUtf8()
                + "' ORDER BY id DESC LIMIT ?2 + ?3)";
    const QByteArray sql = "SELECT " DELIVERY_COLUMNS " FROM delivery WHERE id IN (" + newest.join(" UNION ALL ")
        + ") ORDER BY id DESC LIMIT ?2 OFFSET ?3";
    return readAll(m_connection.query(sql.constData(), filter.campaignId, limit, offset));
}

qint64 DeliveryRepository::count(const DeliveryFilter& filter)
{
    // By state alone, the index answers it campaign by campaign.
    const bool byState = !filter.states.isEmpty() && filter.campaignId == 0 && filter.accountId == 0 && filter.contactId == 0
        && filter.triggerId == 0 && filter.text.isEmpty() && filter.channel.isEmpty();
    QByteArray sql = "SELECT COUNT(*) FROM ";
    sql += byState ? QByteArray(OF_EACH_CAMPAIGN " AND state IN (" + stateList(filter.states) + ")")
                   : QByteArray("delivery WHERE " + conditionOf(filter));
    return m_connection.integer(sql.constData(), textPattern(filter), filter.channel);
}

QList<qint64> DeliveryRepository::idsAfter(const DeliveryFilter& filter, qint64 after, int limit)
{
    const QByteArray sql = "SELECT id FROM delivery WHERE id > ?3 AND " + conditionOf(filter) + " ORDER BY id LIMIT ?4";
    QList<qint64> ids;
    Rows rows = m_connection.query(sql.constData(), textPattern(filter), filter.channel, after, limit);
    while (rows.next())
        ids << rows.integer(0);
    return ids;
}

QMap<DeliveryState, qint64> DeliveryRepository::counts(qint64 campaignId)
{
    return readCounts(
        m_connection.query("SELECT state, COUNT(*) FROM delivery WHERE campaign_id = ? GROUP BY state", campaignId));
}

QMap<DeliveryState, qint64> DeliveryRepository::triedCounts(qint64 campaignId)
{
    QList<DeliveryState> tried = allStates();
    tried.removeOne(DeliveryState::Queued);
    const QByteArray sql = "SELECT state, COUNT(*) FROM delivery WHERE campaign_id = ? AND state IN (" + stateList(tried)
        + ") GROUP BY state";
    return readCounts(m_connection.query(sql.constData(), campaignId));
}

QMap<DeliveryState, qint64> DeliveryRepository::countsOfTrigger(qint64 triggerId)
{
    return readCounts(
        m_connection.query("SELECT state, COUNT(*) FROM delivery WHERE trigger_id = ? GROUP BY state", triggerId));
}

QMap<DeliveryState, qint64> DeliveryRepository::allCounts()
{
    return readCounts(m_connection.query("SELECT state, COUNT(*) FROM delivery GROUP BY state"));
}

QMap<DeliveryState, qint64> DeliveryRepository::openCounts()
{
    return readCounts(m_connection.query("SELECT state, COUNT(*) FROM " OF_EACH_CAMPAIGN
                                         " AND state IN ('queued', 'sending', 'retrying', 'uncertain')"
                                         " GROUP BY state"));
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
