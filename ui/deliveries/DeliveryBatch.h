// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/DeliveryService.h"

#include <QObject>

#include <functional>

namespace carillon::ui {

// Does one thing to all deliveries of a query, a chunk at a time: what was done leaves the query (a failed delivery that is
// retried is not failed any more), so that each chunk is read from the beginning. Ends when none is left, when a chunk
// changes nothing, or when as many were done as there were at the start: those that fail again meanwhile are not taken
// twice.
class DeliveryBatch : public QObject {
    Q_OBJECT

public:
    static constexpr int ChunkSize = 500;

    using Operation = std::function<Future<qint64>(const QList<qint64>& ids)>;

    DeliveryBatch(const DeliveryService& deliveries, DeliveryQuery query, Operation operation, QObject* parent);

    void start();

Q_SIGNALS:
    void finished(qint64 done);
    void failed(const carillon::Error& error);

private:
    void next();
    void take(const Page<DeliveryRow>& page);

    const DeliveryService& m_deliveries;
    const DeliveryQuery m_query;
    const Operation m_operation;
    qint64 m_most = -1;
    qint64 m_done = 0;
};

} // namespace carillon::ui
