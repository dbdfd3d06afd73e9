// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/RunningCampaigns.h"

#include "ui/campaigns/CampaignFigures.h"
#include "ui/overview/CampaignRow.h"
#include "ui/widgets/EmptyState.h"

#include <QLabel>
#include <QVBoxLayout>

namespace carillon::ui {

RunningCampaigns::RunningCampaigns(QWidget* parent)
    : QFrame(parent)
    , m_rows(new QVBoxLayout)
{
    setObjectName(QStringLiteral("runningCampaigns"));
    setRole(this, "card");
    auto* heading = new QLabel(tr("Running campaigns"), this);
    setRole(heading, "heading");
    auto* empty = new EmptyState(QStringLiteral("campaigns"), tr("Nothing is being sent"),
                                 tr("Campaigns that are scheduled or on their way appear here."), tr("&New campaign"), this);
    connect(empty, &EmptyState::stepTaken, this, &RunningCampaigns::newCampaign);
    m_empty = empty;
    m_rows->setSpacing(0);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 12, 14, 8);
    layout->setSpacing(Theme::SmallSpace);
    layout->addWidget(heading);
    layout->addLayout(m_rows);
    layout->addWidget(m_empty, 1);
    layout->addStretch();
}

void RunningCampaigns::setCampaigns(const QList<CampaignSummary>& campaigns, qint64 now)
{
    const qsizetype shown = std::min(campaigns.size(), MostShown);
    QList<qint64> ids;
    for (qsizetype i = 0; i < shown; ++i) {
        const CampaignSummary& campaign = campaigns.at(i);
        ids.append(campaign.campaign.id);
        m_estimate.see(campaign.campaign.id, now, CampaignFigures::of(campaign).done);
        showRow(i, campaign);
    }
    m_estimate.keepOnly(ids);
    for (qsizetype i = shown; i < m_shown.size(); ++i)
        m_shown.at(i)->hide();
    m_empty->setVisible(campaigns.isEmpty());
}

void RunningCampaigns::showRow(qsizetype index, const CampaignSummary& campaign)
{
    if (index == m_shown.size()) {
        auto* row = new CampaignRow(this);
        connect(row, &CampaignRow::opened, this, &RunningCampaigns::openCampaign);
        m_rows->addWidget(row);
        m_shown.append(row);
    }
    const qint64 id = campaign.campaign.id;
    const qint64 left = CampaignFigures::of(campaign).open;
    m_shown.at(index)->setCampaign(campaign, m_estimate.perSecond(id), m_estimate.remainingMs(id, left));
    m_shown.at(index)->show();
}

} // namespace carillon::ui
