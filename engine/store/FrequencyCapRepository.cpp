// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/FrequencyCapRepository.h"

#include "engine/model/Names.h"
#include "engine/store/Connection.h"

namespace carillon {

namespace {

FrequencyCap capOf(const Rows& rows)
{
    return {valueOf<Category>(rows.text(0)).value_or(Category::Marketing), int(rows.integer(1)), rows.integer(2)};
}

QByteArray jsonList(const QList<qint64>& ids)
{
    QByteArray list = "[";
    for (const qint64 id : ids)
        list += (list.size() > 1 ? "," : "") + QByteArray::number(id);
    return list + "]";
}

} // namespace

QList<FrequencyCap> FrequencyCapRepository::all()
{
    QList<FrequencyCap> caps;
    Rows rows = m_connection.query("SELECT category, most, window_ms FROM frequency_cap ORDER BY category");
    while (rows.next())
        caps << capOf(rows);
    return caps;
}

std::optional<FrequencyCap> FrequencyCapRepository::find(Category category)
{
    Rows rows
        = m_connection.query("SELECT category, most, window_ms FROM frequency_cap WHERE category = ?", nameOf(category));
    return rows.next() ? std::optional(capOf(rows)) : std::nullopt;
}

void FrequencyCapRepository::save(const FrequencyCap& cap)
{
    if (cap.most == 0)
        m_connection.run("DELETE FROM frequency_cap WHERE category = ?", nameOf(cap.category));
    else
        m_connection.run("INSERT INTO frequency_cap (category, most, window_ms) VALUES (?, ?, ?)"
                         " ON CONFLICT (category) DO UPDATE SET most = excluded.most, window_ms = excluded.window_ms",
                         nameOf(cap.category), cap.most, cap.windowMs);
}

QSet<qint64> FrequencyCapRepository::reached(const FrequencyCap& cap, const QList<qint64>& contacts, qint64 now,
                                             qint64 exceptCampaign)
{
    QSet<qint64> found;
    Rows rows = m_connection.query(
        "SELECT contact_id FROM delivery WHERE contact_id IN (SELECT value FROM json_each(?1)) AND due_at > ?2"
        " AND state NOT IN ('failed', 'bounced', 'suppressed', 'expired', 'cancelled')"
        " AND topic_id IN (SELECT id FROM topic WHERE category = ?3) AND (campaign_id IS NULL OR campaign_id <> ?4)"
        " GROUP BY contact_id HAVING COUNT(DISTINCT CASE WHEN campaign_id IS NULL THEN -trigger_id ELSE campaign_id END)"
        " >= ?5",
        jsonList(contacts), now - cap.windowMs, nameOf(cap.category), exceptCampaign, cap.most);
    while (rows.next())
        found.insert(rows.integer(0));
    return found;
}

} // namespace carillon
