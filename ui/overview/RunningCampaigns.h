// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/CampaignService.h"
#include "ui/overview/ProgressEstimate.h"

#include <QFrame>

class QVBoxLayout;

namespace carillon::ui {

class CampaignRow;

// The campaigns that are on their way: name, state, progress, time left. A click opens one.
class RunningCampaigns : public QFrame {
    Q_OBJECT

public:
    static constexpr qsizetype MostShown = 8;

    explicit RunningCampaigns(QWidget* parent = nullptr);

    void setCampaigns(const QList<CampaignSummary>& campaigns, qint64 now);

Q_SIGNALS:
    void openCampaign(qint64 id);
    void newCampaign();

private:
    void showRow(qsizetype index, const CampaignSummary& campaign);

    QVBoxLayout* m_rows;
    QWidget* m_empty;
    QList<CampaignRow*> m_shown;
    ProgressEstimate m_estimate;
};

} // namespace carillon::ui
