// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaigns/CampaignPace.h"

#include "ui/campaigns/CampaignWords.h"
#include "ui/forms/Layouts.h"
#include "ui/forms/ToneLabel.h"

#include <QGridLayout>
#include <QLabel>

namespace carillon::ui {

CampaignPace::CampaignPace(QWidget* parent)
    : QWidget(parent)
    , m_rate(makeLabel({}, "heading", this))
    , m_limit(makeLabel({}, "muted", this))
    , m_end(new ToneLabel(this))
{
    m_rate->setObjectName(QStringLiteral("campaignRate"));
    m_limit->setObjectName(QStringLiteral("campaignLimit"));
    m_limit->setTextFormat(Qt::PlainText);
    m_end->setObjectName(QStringLiteral("campaignEnd"));
    m_end->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(Theme::Space);
    layout->setVerticalSpacing(2);
    layout->addWidget(m_rate, 0, 0);
    layout->addWidget(m_end, 0, 1);
    layout->addWidget(m_limit, 1, 0, 1, 2);
    layout->setColumnStretch(1, 1);
}

void CampaignPace::show(const CampaignSummary& campaign, const CampaignForecast& forecast, qint64 now)
{
    const Saying end = endOf(campaign, forecast, now);
    m_rate->setText(rateOf(campaign, forecast));
    m_limit->setText(limitOf(campaign, forecast));
    m_end->say(end.text, end.tone);
    setVisible(!m_rate->text().isEmpty());
}

} // namespace carillon::ui
