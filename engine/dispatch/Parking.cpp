// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/Parking.h"

namespace carillon {

qsizetype Parking::count(const QString& destination) const
{
    const auto found = m_waiting.constFind(destination);
    return found == m_waiting.cend() ? 0 : found->deliveries.size();
}

void Parking::add(const ReadyDelivery& ready, qint64 at)
{
    Waiting& waiting = m_waiting[ready.destination];
    waiting.at = at;
    waiting.deliveries << ready;
    ++m_count;
}

void Parking::setTime(const QString& destination, qint64 at)
{
    if (const auto found = m_waiting.find(destination); found != m_waiting.end())
        found->at = at;
}

qint64 Parking::nextAt() const
{
    qint64 next = 0;
    for (const Waiting& waiting : m_waiting) {
        if (waiting.at > 0 && (next == 0 || waiting.at < next))
            next = waiting.at;
    }
    return next;
}

QStringList Parking::due(qint64 now) const
{
    QStringList destinations;
    for (auto waiting = m_waiting.cbegin(); waiting != m_waiting.cend(); ++waiting) {
        if (waiting->at >= 0 && waiting->at <= now)
            destinations << waiting.key();
    }
    return destinations;
}

std::optional<ReadyDelivery> Parking::take(const QString& destination)
{
    const auto found = m_waiting.find(destination);
    if (found == m_waiting.end())
        return std::nullopt;
    ReadyDelivery first = found->deliveries.takeFirst();
    if (found->deliveries.isEmpty())
        m_waiting.erase(found);
    --m_count;
    return first;
}

QList<ReadyDelivery> Parking::all() const
{
    QList<ReadyDelivery> list;
    list.reserve(m_count);
    for (const Waiting& waiting : m_waiting)
        list << waiting.deliveries;
    return list;
}

} // namespace carillon
