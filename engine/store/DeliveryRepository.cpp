// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/DeliveryRepository.h"

#include "engine/model/Names.h"
#include "engine/store/Connection.h"
#include "engine/store/LogRepository.h"

#include <algorithm>
#include <limits>

namespace carillon {

namespace {

#define DELIVERY_COLUMNS                                                                                                    \
    "id, campaign_id, topic_id, contact_id, account_id, channel, address, state, attempts, due_at, expires_at, "            \
    "provider_id,"                                                                                                          \
    " last_error, created_at, updated_at, trigger_id, route, follows"

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
        && filter.contactId == 0;
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
    const qint64 id = m_connection.integer(
        "INSERT INTO delivery (campaign_id, topic_id, contact_id, account_id, channel, address, state, attempts,"
        " due_at, expires_at, provider_id, last_error, created_at, updated_at, trigger_id, route, follows)"
        " VALUES (?, ?, ?, ?, ?, ?, 'queued', 0, ?, ?, '', '', ?, ?, ?, ?, ?) RETURNING id",
        NullableId{d.campaignId}, d.topicId, d.contactId, d.accountId, d.channel, d.address, d.dueAt, d.expiresAt,
        d.createdAt, d.createdAt, NullableId{d.triggerId}, d.route, NullableId{d.follows});
    LogRepository(m_connection)
        .append({0,
                 d.createdAt,
                 QStringLiteral("delivery.queued"),
                 actor,
                 d.campaignId,
                 id,
                 d.contactId,
                 d.accountId,
                 d.channel,
                 {{QStringLiteral("address"), d.address}}});
    return id;
}

QList<Delivery> DeliveryRepository::claim(qint64 campaignId, qint64 accountId, qint64 now, int limit, const QString& lease,
                                          bool triedOnly)
{
    QList<Delivery> claimed = readAll(m_connection.query(
        "UPDATE delivery SET lease = ? WHERE id IN (SELECT id FROM delivery WHERE campaign_id IS ? AND account_id = ?"
        " AND state IN ('queued', 'retrying') AND lease IS NULL AND due_at <= ? AND (? = 0 OR state = 'retrying')"
        " ORDER BY due_at, id LIMIT ?) RETURNING " DELIVERY_COLUMNS,
        lease, NullableId{campaignId}, accountId, now, triedOnly, limit));
    // RETURNING promises no order.
    std::sort(claimed.begin(), claimed.end(), [](const Delivery& a, const Delivery& b) { return a.id < b.id; });
    return claimed;
}

void DeliveryRepository::lease(const QList<qint64>& ids, const QString& lease)
{
    for (const qint64 id : ids)
        m_connection.run("UPDATE delivery SET lease = ? WHERE id = ? AND lease IS NULL AND state IN ('queued', 'retrying')",
                         lease, id);
}

void DeliveryRepository::release(const QList<qint64>& ids)
{
    for (const qint64 id : ids)
        m_connection.run("UPDATE delivery SET lease = NULL WHERE id = ? AND state IN ('queued', 'retrying')", id);
}

void DeliveryRepository::defer(const QList<qint64>& ids, qint64 dueAt)
{
    for (const qint64 id : ids)
        m_connection.run("UPDATE delivery SET lease = NULL, due_at = ? WHERE id = ? AND state IN ('queued', 'retrying')",
                         dueAt, id);
}

std::optional<qint64> DeliveryRepository::nextDue(qint64 campaignId, qint64 accountId, bool triedOnly)
{
    Rows rows = m_connection.query(
        "SELECT due_at FROM delivery WHERE campaign_id IS ? AND account_id = ? AND state IN ('queued', 'retrying')"
        " AND lease IS NULL AND (? = 0 OR state = 'retrying') ORDER BY due_at LIMIT 1",
        NullableId{campaignId}, accountId, triedOnly);
    return rows.next() ? std::optional(rows.integer(0)) : std::nullopt;
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
    const bool keepsLease = change.to == DeliveryState::Sending;
    if (m_connection.run(
            "UPDATE delivery SET state = ?, attempts = ?, due_at = ?, provider_id = ?, last_error = ?, updated_at = ?,"
            " lease = CASE WHEN ? THEN lease END WHERE id = ? AND state = ?",
            nameOf(next.state), next.attempts, next.dueAt, next.providerId, next.lastError, now, keepsLease, next.id,
            nameOf(known.state))
        == 0)
        return false;
    QJsonObject data = change.details;
    data.insert(QStringLiteral("address"), next.address);
    if (!change.error.isEmpty())
        data.insert(QStringLiteral("reason"), change.error);
    LogRepository(m_connection)
        .append({0, now, QStringLiteral("delivery.") + nameOf(next.state), change.actor, next.campaignId, next.id,
                 next.contactId, next.accountId, next.channel, data});
    known = next;
    return true;
}

QList<Delivery> DeliveryRepository::takeOver(const QString& ownLease, int limit)
{
    m_connection.run(
        "UPDATE delivery SET lease = NULL WHERE lease IS NOT NULL AND lease <> ? AND state IN ('queued', 'retrying')",
        ownLease);
    return readAll(m_connection.query("SELECT " DELIVERY_COLUMNS
                                      " FROM delivery WHERE state = 'sending' AND (lease IS NULL OR lease <> ?)"
                                      " ORDER BY id LIMIT ?",
                                      ownLease, limit));
}

QList<Delivery> DeliveryRepository::waiting(qint64 campaignId, int limit)
{
    // State by state, each from its stretch of an index: nothing is sorted, however many wait.
    QList<Delivery> found;
    for (const char* sql :
         {"SELECT " DELIVERY_COLUMNS " FROM delivery WHERE campaign_id = ? AND state = 'queued' LIMIT ?",
          "SELECT " DELIVERY_COLUMNS " FROM delivery WHERE campaign_id = ? AND state = 'retrying' LIMIT ?"})
        found << readAll(m_connection.query(sql, campaignId, limit - found.size()));
    return found;
}

std::optional<Delivery> DeliveryRepository::find(qint64 id)
{
    Rows rows = m_connection.query("SELECT " DELIVERY_COLUMNS " FROM delivery WHERE id = ?", id);
    return rows.next() ? std::optional(deliveryOf(rows)) : std::nullopt;
}

QList<Delivery> DeliveryRepository::ofNotification(const Delivery& delivery)
{
    return readAll(m_connection.query("SELECT " DELIVERY_COLUMNS
                                      " FROM delivery WHERE contact_id = ? AND campaign_id IS ? AND trigger_id IS ?"
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
    const QByteArray sql = "SELECT COUNT(*) FROM delivery WHERE " + conditionOf(filter);
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

QMap<DeliveryState, qint64> DeliveryRepository::allCounts()
{
    return readCounts(m_connection.query("SELECT state, COUNT(*) FROM delivery GROUP BY state"));
}

QMap<DeliveryState, qint64> DeliveryRepository::openCounts()
{
    return readCounts(m_connection.query(
        "SELECT state, COUNT(*) FROM delivery WHERE state IN ('queued', 'sending', 'retrying', 'uncertain')"
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
    // From one account to the next through the index; reading the accounts of all that wait would take as long as they are.
    QList<qint64> accounts;
    qint64 last = std::numeric_limits<qint64>::min();
    for (;;) {
        Rows rows = m_connection.query(
            "SELECT account_id FROM delivery WHERE campaign_id IS ? AND account_id > ? AND state IN ('queued', 'retrying')"
            " AND lease IS NULL ORDER BY account_id LIMIT 1",
            NullableId{campaignId}, last);
        if (!rows.next())
            return accounts;
        last = rows.integer(0);
        accounts << last;
    }
}

} // namespace carillon
