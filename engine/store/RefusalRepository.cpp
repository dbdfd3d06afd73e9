// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/RefusalRepository.h"

#include "engine/model/EmailAddress.h"
#include "engine/store/Connection.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace carillon {

namespace {

constexpr qint64 dayMs = 86'400'000;
constexpr int mostForgotten = 100; // with each refusal

} // namespace

QList<qint64> RefusalRepository::times(const QString& channel, const QString& address)
{
    QList<qint64> times;
    Rows rows = m_connection.query("SELECT times FROM address_refusal WHERE channel = ? AND value_key = ?", channel,
                                   addressKey(channel, address));
    if (!rows.next())
        return times;
    const QJsonArray list = QJsonDocument::fromJson(rows.text(0).toUtf8()).array();
    for (const QJsonValue& time : list)
        times << time.toInteger();
    return times;
}

bool RefusalRepository::wouldReach(const QString& channel, const QString& address, const RefusalLimit& limit, qint64 now)
{
    if (!limit.isSet())
        return false;
    const QList<qint64> before = times(channel, address);
    const qint64 since = now - limit.days * dayMs;
    return std::count_if(before.begin(), before.end(), [since](qint64 time) { return time >= since; }) + 1 >= limit.times;
}

void RefusalRepository::add(const QString& channel, const QString& address, qint64 now)
{
    QJsonArray kept;
    const QList<qint64> before = times(channel, address);
    for (const qint64 time : before.mid(qMax<qsizetype>(0, before.size() + 1 - RefusalLimit::MostTimes)))
        kept << time;
    kept << now;
    m_connection.run("INSERT INTO address_refusal (channel, value_key, times, last_at) VALUES (?1, ?2, ?3, ?4)"
                     " ON CONFLICT DO UPDATE SET times = excluded.times, last_at = excluded.last_at",
                     channel, addressKey(channel, address),
                     QString::fromUtf8(QJsonDocument(kept).toJson(QJsonDocument::Compact)), now);
    m_connection.run("DELETE FROM address_refusal WHERE (channel, value_key) IN (SELECT channel, value_key FROM"
                     " address_refusal WHERE last_at < ? ORDER BY last_at LIMIT ?)",
                     now - RefusalLimit::MostDays * dayMs, mostForgotten);
}

void RefusalRepository::forget(const QString& channel, const QString& address)
{
    m_connection.run("DELETE FROM address_refusal WHERE channel = ? AND value_key = ?", channel,
                     addressKey(channel, address));
}

bool RefusalRepository::isAny()
{
    return m_connection.integer("SELECT EXISTS (SELECT 1 FROM address_refusal)") != 0;
}

} // namespace carillon
