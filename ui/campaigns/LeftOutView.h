// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"
#include "engine/service/CampaignService.h"

#include <QWidget>

class QComboBox;
class QLabel;

namespace carillon::ui {

class DataTable;
class PagedTableModel;

// Whom a campaign leaves out: the reasons with their counts, and the contacts behind the chosen one.
class LeftOutView : public QWidget {
    Q_OBJECT

public:
    explicit LeftOutView(const CampaignService& campaigns, QWidget* parent = nullptr);

    // Counts again only when it is another campaign, or its plan has gone on.
    void setCampaign(const CampaignSummary& campaign);

Q_SIGNALS:
    void openContact(qint64 id);
    void problem(const carillon::Error& error);

private:
    void countReasons();
    void countReason(int index);
    void showReason();

    const CampaignService& m_campaigns;
    CampaignSummary m_campaign;
    QComboBox* m_reasons;
    QLabel* m_none;
    PagedTableModel* m_model;
    DataTable* m_table;
    quint64 m_number = 0; // answers about an older campaign are dropped
};

} // namespace carillon::ui
