// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Caller.h"
#include "engine/service/CampaignService.h"
#include "engine/service/Services.h"

#include <QWidget>

class QButtonGroup;
class QLabel;

namespace carillon::ui {

class DataTable;
class DeliveryActions;
class PagedTableModel;
class Prompts;

// The deliveries of one campaign by what has become of them (waiting, sent, failed, uncertain, ...), each group with its
// count, what a waiting one waits for, and what can be done with those chosen or with all of a group. Belongs to its parent.
class CampaignDeliveries : public QWidget {
    Q_OBJECT

public:
    CampaignDeliveries(const Services& services, const Caller& caller, Prompts& prompts, QWidget* parent = nullptr);

    void setCampaign(const CampaignSummary& campaign);
    // For what the waiting ones wait for; `now`: UTC milliseconds.
    void setForecast(const CampaignForecast& forecast, qint64 now);
    void showGroup(const QString& key); // of deliveryGroups()

Q_SIGNALS:
    void openDeliveries(const QString& filter);
    void changed(); // something was done with some
    void notice(const QString& sentence);
    void problem(const carillon::Error& error);

private:
    QWidget* makeGroups();
    QWidget* makeFoot();
    void makeTable();
    void load();
    void showCounts();
    void showActions();
    void choose();
    QString filter() const;

    const Services& m_services;
    DeliveryActions* m_actions;
    CampaignSummary m_campaign;
    CampaignForecast m_forecast;
    qint64 m_now = 0;
    QButtonGroup* m_groups;
    PagedTableModel* m_model;
    DataTable* m_table;
    QLabel* m_none;
    QWidget* m_foot;
};

} // namespace carillon::ui
