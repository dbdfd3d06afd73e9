// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"
#include "engine/service/CampaignService.h"

#include <QHash>
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
    void showReason(const QString& reason); // empty: any

Q_SIGNALS:
    void counted(const QList<carillon::ReasonCount>& reasons); // those with contacts, in no order
    void dryRunMade(const carillon::DryRun& run); // of a campaign that is not planned yet, where it was counted
    void openContact(qint64 id);
    void problem(const carillon::Error& error);

private:
    void count();
    void countReason(int index);
    void takeDryRun(const DryRun& run);
    void setCount(int index, qint64 contacts);
    void load();

    const CampaignService& m_campaigns;
    CampaignSummary m_campaign;
    QComboBox* m_reasons;
    QLabel* m_none;
    PagedTableModel* m_model;
    DataTable* m_table;
    QHash<QString, qint64> m_counts; // by reason
    int m_uncounted = 0;
    quint64 m_number = 0; // answers about an older campaign are dropped
};

} // namespace carillon::ui
