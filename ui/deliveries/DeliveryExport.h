// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/DeliveryService.h"

#include <QObject>
#include <QSaveFile>

namespace carillon::ui {

// Writes all deliveries of a query into a CSV file, page by page, so that memory does not grow with their number. Destroying
// it before the end leaves no file. New deliveries that arrive meanwhile are left out, none is written twice.
class DeliveryExport : public QObject {
    Q_OBJECT

public:
    static constexpr int RowsPerPage = 1'000;

    DeliveryExport(const DeliveryService& deliveries, DeliveryQuery query, const QString& path, QObject* parent);

    void start();

Q_SIGNALS:
    void progressed(qint64 rows, qint64 total);
    void finished(qint64 rows);
    void failed(const carillon::Error& error);

private:
    void next();
    void take(const Result<Page<DeliveryRow>>& page);
    void stop(const Error& error);

    const DeliveryService& m_deliveries;
    const DeliveryQuery m_query;
    QSaveFile m_file;
    qint64 m_offset = 0;
    qint64 m_rows = 0;
    qint64 m_lastId = 0; // rows come newest first: those that are not older have been written
};

} // namespace carillon::ui
