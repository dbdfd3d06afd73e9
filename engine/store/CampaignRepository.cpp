// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/CampaignRepository.h"

#include "engine/model/Names.h"
#include "engine/store/CampaignRow.h"
#include "engine/store/Connection.h"
#include "engine/store/LogRepository.h"

#include <QCoreApplication>

namespace carillon {

namespace {

QByteArray selecting(const QByteArray& condition)
{
    return QByteArray("SELECT ") + campaignColumns + " FROM campaign " + condition;
}

// "state IN ('a', 'b')" from our own names only.
QByteArray stateCondition(const QList<CampaignState>& states)
{
    if (states.isEmpty())
        return "1 = 1";
    QStringList names;
    for (const CampaignState state : states)
        names << u'\'' + nameOf(state) + u'\'';
    return "state IN (" + names.join(u',').toUtf8() + ")";
}

// What a verb leaves in the log: "campaign.paused".
QString entryType(CampaignVerb verb)
{
    switch (verb) {
    case CampaignVerb::Schedule: return QStringLiteral("campaign.scheduled");
    case CampaignVerb::Unschedule: return QStringLiteral("campaign.unscheduled");
    case CampaignVerb::StartPlanning: return QStringLiteral("campaign.planning");
    case CampaignVerb::StartSending: return QStringLiteral("campaign.sending");
    case CampaignVerb::Pause: return QStringLiteral("campaign.paused");
    case CampaignVerb::Resume: return QStringLiteral("campaign.resumed");
    case CampaignVerb::Cancel: return QStringLiteral("campaign.cancelled");
    case CampaignVerb::Finish: return QStringLiteral("campaign.finished");
    case CampaignVerb::Reopen: return QStringLiteral("campaign.reopened");
    }
    return {};
}

QString searchPattern(const QString& search)
{
    return search.trimmed().isEmpty() ? QString() : u'%' + search.trimmed() + u'%';
}

} // namespace

std::optional<Campaign> CampaignRepository::find(qint64 id)
{
    Rows rows = m_connection.query(selecting("WHERE id = ?").constData(), id);
    return rows.next() ? std::optional(campaignOf(rows)) : std::nullopt;
}

QList<Campaign> CampaignRepository::page(const QString& search, const QList<CampaignState>& states, qint64 offset, int limit)
{
    QList<Campaign> found;
    const QByteArray sql = selecting("WHERE " + stateCondition(states)
                                     + " AND (?1 = '' OR name LIKE ?1) ORDER BY id DESC LIMIT ?2 OFFSET ?3");
    Rows rows = m_connection.query(sql.constData(), searchPattern(search), limit, offset);
    while (rows.next())
        found << campaignOf(rows);
    return found;
}

qint64 CampaignRepository::count(const QString& search, const QList<CampaignState>& states)
{
    const QByteArray sql
        = "SELECT COUNT(*) FROM campaign WHERE " + stateCondition(states) + " AND (?1 = '' OR name LIKE ?1)";
    return m_connection.integer(sql.constData(), searchPattern(search));
}

QList<Campaign> CampaignRepository::inState(const QList<CampaignState>& states)
{
    QList<Campaign> found;
    Rows rows = m_connection.query(selecting("WHERE " + stateCondition(states) + " ORDER BY id").constData());
    while (rows.next())
        found << campaignOf(rows);
    return found;
}

qint64 CampaignRepository::save(const Campaign& c)
{
    if (c.id != 0) {
        m_connection.run("UPDATE campaign SET name = ?, topic_id = ?, audience = ?, data = ?, scheduled_at = ?, updated_at "
                         "= ?, schedule = ?, control = ?, origin = ? WHERE id = ?",
                         c.name, c.topicId, toJson(c.audience), c.data, c.scheduledAt, c.updatedAt, toJson(c.schedule),
                         toJson(c.control), toJson(c.origin), c.id);
        return c.id;
    }
    return m_connection.integer(
        "INSERT INTO campaign (name, topic_id, audience, data, state, resume_state, scheduled_at, plan_cursor, planned,"
        " created_at, updated_at, started_at, finished_at, schedule, control, origin)"
        " VALUES (?, ?, ?, ?, 'draft', 'sending', ?, 0, 0, ?, ?, 0, 0, ?, ?, ?)"
        " RETURNING id",
        c.name, c.topicId, toJson(c.audience), c.data, c.scheduledAt, c.createdAt, c.updatedAt, toJson(c.schedule),
        toJson(c.control), toJson(c.origin));
}

void CampaignRepository::remove(qint64 id)
{
    m_connection.run("DELETE FROM campaign WHERE id = ?", id);
}

Result<Campaign> CampaignRepository::change(qint64 id, CampaignVerb verb, const QString& actor, qint64 now,
                                            const QString& reason)
{
    std::optional<Campaign> campaign = find(id);
    if (!campaign)
        return fail(ErrorCode::NotFound, QCoreApplication::translate("Store", "There is no campaign %1.").arg(id));
    const Result<CampaignState> next = campaignTransition(campaign->state, verb, campaign->resumeState);
    if (!next)
        return fail(next.error());
    if (verb == CampaignVerb::Pause)
        campaign->resumeState = campaign->state;
    campaign->state = *next;
    campaign->pauseReason = verb == CampaignVerb::Pause ? reason : QString();
    campaign->updatedAt = now;
    if (verb == CampaignVerb::StartPlanning)
        campaign->startedAt = now;
    if (verb == CampaignVerb::Finish || verb == CampaignVerb::Cancel)
        campaign->finishedAt = now;
    m_connection.run(
        "UPDATE campaign SET state = ?, resume_state = ?, updated_at = ?, started_at = ?, finished_at = ?, pause_reason = ?"
        " WHERE id = ?",
        nameOf(campaign->state), nameOf(campaign->resumeState), now, campaign->startedAt, campaign->finishedAt,
        campaign->pauseReason, id);
    QJsonObject data{{QStringLiteral("name"), campaign->name}};
    if (!reason.isEmpty())
        data.insert(QStringLiteral("reason"), reason);
    LogRepository(m_connection).append({0, now, entryType(verb), actor, id, 0, 0, 0, {}, data});
    return *campaign;
}

void CampaignRepository::setPlanCursor(qint64 id, qint64 cursor, bool planned, qint64 now)
{
    m_connection.run("UPDATE campaign SET plan_cursor = ?, planned = ?, updated_at = ? WHERE id = ?", cursor, planned, now,
                     id);
}

void CampaignRepository::setScheduledAt(qint64 id, qint64 at)
{
    m_connection.run("UPDATE campaign SET scheduled_at = ? WHERE id = ?", at, id);
}

bool CampaignRepository::hasOccurrence(qint64 seriesId, qint64 at)
{
    return m_connection.integer("SELECT EXISTS (SELECT 1 FROM campaign WHERE json_extract(origin, '$.series') = ?"
                                " AND json_extract(origin, '$.occurrence_at') = ?)",
                                seriesId, at)
        == 1;
}

void CampaignRepository::setControl(qint64 id, const CampaignControl& control)
{
    m_connection.run("UPDATE campaign SET control = ? WHERE id = ?", toJson(control), id);
}

void CampaignRepository::setCanary(qint64 id, const QString& canaryState)
{
    m_connection.run("UPDATE campaign SET canary = ? WHERE id = ?", canaryState, id);
}

void CampaignRepository::insertLeftOut(const LeftOut& l)
{
    m_connection.run(
        "INSERT INTO left_out (campaign_id, contact_id, channel, reason) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        l.campaignId, l.contactId, l.channel, l.reason);
}

QMap<QString, qint64> CampaignRepository::leftOutCounts(qint64 id)
{
    QMap<QString, qint64> counts;
    Rows rows = m_connection.query("SELECT reason, COUNT(*) FROM left_out WHERE campaign_id = ? GROUP BY reason", id);
    while (rows.next())
        counts.insert(rows.text(0), rows.integer(1));
    return counts;
}

QList<LeftOut> CampaignRepository::leftOut(qint64 id, const QString& reason, qint64 offset, int limit)
{
    QList<LeftOut> found;
    Rows rows = m_connection.query(
        "SELECT campaign_id, contact_id, channel, reason FROM left_out WHERE campaign_id = ?1 AND (?2 = '' OR reason = ?2)"
        " ORDER BY contact_id LIMIT ?3 OFFSET ?4",
        id, reason, limit, offset);
    while (rows.next())
        found << LeftOut{rows.integer(0), rows.integer(1), rows.text(2), rows.text(3)};
    return found;
}

} // namespace carillon
