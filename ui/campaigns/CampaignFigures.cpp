// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaigns/CampaignFigures.h"

#include "ui/widgets/Words.h"

#include <QCoreApplication>

namespace carillon::ui {

namespace {

struct CampaignFigureWords {
    Q_DECLARE_TR_FUNCTIONS(CampaignFigureWords)
};

} // namespace

CampaignFigures CampaignFigures::of(const CampaignSummary& summary)
{
    CampaignFigures figures;
    figures.total = summary.total;
    for (auto entry = summary.counts.begin(); entry != summary.counts.end(); ++entry)
        (isFinal(entry.key()) ? figures.done : figures.open) += entry.value();
    figures.delivered = summary.counts.value(DeliveryState::Delivered);
    figures.accepted = summary.counts.value(DeliveryState::Sent) + figures.delivered;
    figures.failed = summary.counts.value(DeliveryState::Failed) + summary.counts.value(DeliveryState::Bounced);
    figures.uncertain = summary.counts.value(DeliveryState::Uncertain);
    return figures;
}

double CampaignFigures::progress() const
{
    return total > 0 ? static_cast<double>(done) / static_cast<double>(total) : 0;
}

QList<StackedBar::Part> statePartsOf(const CampaignSummary& summary)
{
    using S = DeliveryState;
    QList<StackedBar::Part> parts;
    for (const S state : {S::Delivered, S::Sent, S::Sending, S::Retrying, S::Uncertain, S::Failed, S::Bounced, S::Suppressed,
                          S::Expired, S::Cancelled, S::Queued})
        parts.append({titleOf(state), summary.counts.value(state), toneOf(state)});
    return parts;
}

QList<Funnel::Step> funnelOf(const CampaignSummary& summary)
{
    const CampaignFigures figures = CampaignFigures::of(summary);
    QList<Funnel::Step> steps{{CampaignFigureWords::tr("Considered"), summary.total + summary.leftOut, Tone::Neutral},
                              {CampaignFigureWords::tr("Planned"), summary.total, Tone::Info},
                              {CampaignFigureWords::tr("Sent"), figures.accepted, Tone::Good}};
    if (figures.delivered > 0)
        steps.append({CampaignFigureWords::tr("Delivered"), figures.delivered, Tone::Good});
    if (figures.failed > 0)
        steps.append({CampaignFigureWords::tr("Failed"), figures.failed, Tone::Bad});
    return steps;
}

QString progressText(const CampaignSummary& summary)
{
    const CampaignFigures figures = CampaignFigures::of(summary);
    if (figures.total == 0)
        return CampaignFigureWords::tr("nothing planned yet");
    QString text = CampaignFigureWords::tr("%1 of %2 done").arg(countText(figures.done), countText(figures.total));
    if (figures.failed > 0)
        text += CampaignFigureWords::tr(", %1 failed").arg(countText(figures.failed));
    return text;
}

} // namespace carillon::ui
