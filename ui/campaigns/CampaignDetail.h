// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"
#include "engine/service/CampaignService.h"
#include "engine/service/Services.h"
#include "ui/overview/ProgressEstimate.h"

#include <QFrame>

class QAction;
class QLabel;

namespace carillon::ui {

class CampaignActions;
class DataTable;
class Funnel;
class LeftOutView;
class PagedTableModel;
class StackedBar;
class StateBadge;

// One campaign beside the list: state, progress, funnel, its deliveries live, and whom it leaves out.
class CampaignDetail : public QFrame {
    Q_OBJECT

public:
    CampaignDetail(const Services& services, CampaignActions* actions, QWidget* parent = nullptr);

    // `now`: for the rate, which is seen from one call to the next.
    void setCampaign(const CampaignSummary& campaign, qint64 now);

Q_SIGNALS:
    void openContact(qint64 id);
    void openDeliveries(const QString& filter);
    void problem(const carillon::Error& error);

private:
    QWidget* makeHead();
    QWidget* makeButtons();
    QWidget* makeDeliveries();
    void showProgress(const CampaignSummary& campaign);

    const Services& m_services;
    CampaignActions* m_actions;
    ProgressEstimate m_estimate;
    qint64 m_id = 0;
    QLabel* m_name;
    StateBadge* m_state;
    QLabel* m_facts;
    QLabel* m_progress;
    QLabel* m_rate;
    StackedBar* m_counts;
    Funnel* m_funnel;
    PagedTableModel* m_deliveries;
    DataTable* m_deliveryTable;
    LeftOutView* m_leftOut;
};

} // namespace carillon::ui
