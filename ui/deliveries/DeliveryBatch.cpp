// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deliveries/DeliveryBatch.h"

#include "engine/base/Future.h"

namespace carillon::ui {

DeliveryBatch::DeliveryBatch(const DeliveryService& deliveries, DeliveryQuery query, Operation operation, QObject* parent)
    : QObject(parent)
    , m_deliveries(deliveries)
    , m_query(std::move(query))
    , m_operation(std::move(operation))
{
}

void DeliveryBatch::start()
{
    next();
}

void DeliveryBatch::next()
{
    whenReady(m_deliveries.page(m_query, {0, ChunkSize}), this, [this](const Result<Page<DeliveryRow>>& page) {
        if (page)
            take(*page);
        else
            Q_EMIT failed(page.error());
    });
}

void DeliveryBatch::take(const Page<DeliveryRow>& page)
{
    if (m_most < 0)
        m_most = page.total;
    QList<qint64> ids;
    for (const DeliveryRow& row : page.rows)
        ids.append(row.delivery.id);
    if (ids.isEmpty() || m_done >= m_most) {
        Q_EMIT finished(m_done);
        return;
    }
    whenReady(m_operation(ids), this, [this](const Result<qint64>& count) {
        if (!count) {
            Q_EMIT failed(count.error());
            return;
        }
        m_done += *count;
        if (*count > 0)
            next();
        else
            Q_EMIT finished(m_done);
    });
}

} // namespace carillon::ui
