// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/CampaignRow.h"

#include "ui/campaigns/CampaignFigures.h"
#include "ui/widgets/StateBadge.h"
#include "ui/widgets/Words.h"

#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace carillon::ui {

CampaignRow::CampaignRow(QWidget* parent)
    : QWidget(parent)
    , m_name(new QPushButton(this))
    , m_state(new StateBadge(this))
    , m_bar(new QProgressBar(this))
    , m_text(new QLabel(this))
    , m_left(new QLabel(this))
{
    setRole(m_name, "link");
    m_name->setCursor(Qt::PointingHandCursor);
    setRole(m_text, "muted");
    setRole(m_left, "muted");
    m_bar->setTextVisible(false);
    m_bar->setRange(0, 1'000);
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(0, 4, 0, 8);
    layout->setHorizontalSpacing(Theme::Space);
    layout->setVerticalSpacing(6);
    layout->addWidget(m_name, 0, 0, Qt::AlignLeft);
    layout->addWidget(m_state, 0, 1, Qt::AlignRight);
    layout->addWidget(m_bar, 1, 0, 1, 2);
    layout->addWidget(m_text, 2, 0);
    layout->addWidget(m_left, 2, 1, Qt::AlignRight);
    layout->setColumnStretch(0, 1);
    connect(m_name, &QPushButton::clicked, this, [this] { Q_EMIT opened(m_id); });
}

void CampaignRow::setCampaign(const CampaignSummary& campaign, double perSecond, qint64 remainingMs)
{
    const CampaignState state = campaign.campaign.state;
    m_id = campaign.campaign.id;
    m_name->setText(QString(campaign.campaign.name).replace(u'&', QStringLiteral("&&")));
    m_name->setToolTip(tr("Open the campaign"));
    m_state->setState(titleOf(state), toneOf(state));
    m_bar->setValue(static_cast<int>(CampaignFigures::of(campaign).progress() * 1'000));
    m_bar->setAccessibleName(tr("Progress of %1").arg(campaign.campaign.name));
    m_text->setText(progressText(campaign));
    if (state == CampaignState::Scheduled)
        m_left->setText(tr("starts %1").arg(timeText(campaign.campaign.scheduledAt)));
    else if (state == CampaignState::Sending && remainingMs >= 0)
        m_left->setText(tr("%1, %2 left").arg(rateText(perSecond), durationText(remainingMs)));
    else
        m_left->clear();
}

} // namespace carillon::ui
