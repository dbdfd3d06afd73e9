// SPDX-License-Identifier: GPL-3.0-or-later
// What people look at: pages of deliveries by a filter, and how many there are.
#include "engine/model/Names.h"
#include "engine/store/Connection.h"
#include "engine/store/DeliveryRepository.h"
#include "engine/store/DeliveryRow.h"

namespace carillon {

namespace {

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

QList<Delivery> DeliveryRepository::page(const DeliveryFilter& filter, qint64 offset, int limit)
{
    if (isOfCampaignAlone(filter))
        return pageOfCampaign(filter, offset, limit);
    const QByteArray sql
        = "SELECT " DELIVERY_COLUMNS " FROM delivery WHERE " + conditionOf(filter) + " ORDER BY id DESC LIMIT ?3 OFFSET ?4";
    return deliveriesOf(m_connection.query(sql.constData(), textPattern(filter), filter.channel, limit, offset));
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
    return deliveriesOf(m_connection.query(sql.constData(), filter.campaignId, limit, offset));
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
    // In the order of numbers: by the index of states each page would sort all that is left, a million for two hundred.
    const QByteArray by = filter.contactId == 0 && filter.triggerId == 0 ? " NOT INDEXED" : "";
    const QByteArray sql
        = "SELECT id FROM delivery" + by + " WHERE id > ?3 AND " + conditionOf(filter) + " ORDER BY id LIMIT ?4";
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

qint64 DeliveryRepository::followUpCount(qint64 campaignId)
{
    // The plus: by the index of those that follow, which are few while this is asked.
    return m_connection.integer("SELECT COUNT(*) FROM delivery WHERE follows IS NOT NULL AND +campaign_id = ?", campaignId);
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

} // namespace carillon
