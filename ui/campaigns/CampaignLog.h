// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"
#include "engine/service/DeliveryService.h"

#include <QWidget>

class QLabel;

namespace carillon::ui {

class DataTable;
class LogModel;

// The latest of what has happened with a campaign and its deliveries, newest first. While it is scrolled down it stands
// still, so that what one reads does not move. Belongs to its parent.
class CampaignLog : public QWidget {
    Q_OBJECT

public:
    static constexpr int MostEntries = 200;

    explicit CampaignLog(const DeliveryService& deliveries, QWidget* parent = nullptr);

    void setCampaign(qint64 id);
    void refresh(); // asks only while it is in view

Q_SIGNALS:
    void problem(const carillon::Error& error);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void take(const Result<QList<LogEntry>>& entries);

    const DeliveryService& m_deliveries;
    qint64 m_id = 0;
    bool m_asked = false;
    LogModel* m_model;
    DataTable* m_table;
    QLabel* m_none;
};

} // namespace carillon::ui
