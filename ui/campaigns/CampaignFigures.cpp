// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaigns/CampaignFigures.h"

#include "ui/campaigns/DeliveryGroups.h"
#include "ui/composer/DryRunFunnel.h"
#include "ui/widgets/Words.h"

#include <QCoreApplication>

#include <algorithm>

namespace carillon::ui {

namespace {

struct CampaignFigureWords {
    Q_DECLARE_TR_FUNCTIONS(CampaignFigureWords)
};

const QString GroupPrefix = QStringLiteral("group_");

const QString SentGroup = QStringLiteral("sent");

QString shareText(qint64 count, qint64 whole)
{
    return u"%1  (%2)"_qs.arg(countText(count), percentText(static_cast<double>(count), static_cast<double>(whole)));
}

// The summary may be newer than what was counted of its reception.
qint64 deliveredOf(const CampaignSummary& summary, const CampaignReception& reception)
{
    return std::max(reception.delivered, summary.counts.value(DeliveryState::Delivered));
}

QList<FunnelLine> receptionLines(const CampaignSummary& summary, const CampaignReception& reception)
{
    QList<FunnelLine> lines;
    const auto add = [&](const QString& key, const QString& name, qint64 count) {
        if (count > 0)
            lines << FunnelLine{key, name, count, shareText(count, summary.total), FunnelLine::Kind::Within, Tone::Good, {}};
    };
    add(QStringLiteral("delivered"), CampaignFigureWords::tr("Delivered"), deliveredOf(summary, reception));
    add(QStringLiteral("read"), CampaignFigureWords::tr("Read"), reception.read);
    return lines;
}

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

QList<FunnelLine> funnelOf(const CampaignSummary& summary, const QList<ReasonCount>& leftOut,
                           const CampaignReception& reception)
{
    const qint64 whole = summary.total + summary.leftOut;
    QList<FunnelLine> lines{{QStringLiteral("considered"),
                             CampaignFigureWords::tr("Considered"),
                             whole,
                             countText(whole),
                             FunnelLine::Kind::Stage,
                             Tone::Info,
                             {}}};
    lines += leftOutLines(leftOut);
    for (const DeliveryGroup& group : deliveryGroups()) {
        const qint64 count = group.countIn(summary);
        const bool stage = group.states.isEmpty();
        if (count == 0 && !stage)
            continue;
        lines << FunnelLine{GroupPrefix + group.key,
                            stage ? CampaignFigureWords::tr("Deliveries") : group.title,
                            count,
                            stage ? countText(count) : shareText(count, summary.total),
                            stage ? FunnelLine::Kind::Stage : FunnelLine::Kind::Part,
                            group.tone,
                            CampaignFigureWords::tr("Show these deliveries")};
        if (group.key == SentGroup)
            lines += receptionLines(summary, reception);
    }
    return lines;
}

QString receptionNote(const CampaignSummary& summary, const CampaignReception& reception)
{
    const qint64 untold = CampaignFigures::of(summary).accepted - deliveredOf(summary, reception);
    return untold > 0
        ? CampaignFigureWords::tr("Not confirmed as delivered so far: %1. Many platforms never tell.").arg(countText(untold))
        : QString();
}

QString deliveryGroupOf(const QString& lineKey)
{
    return lineKey.startsWith(GroupPrefix) ? lineKey.mid(GroupPrefix.size()) : QString();
}

QString progressText(const CampaignSummary& summary)
{
    const CampaignFigures figures = CampaignFigures::of(summary);
    if (figures.total == 0)
        return CampaignFigureWords::tr("nothing planned yet");
    QString text = CampaignFigureWords::tr("%1 of %2 done").arg(countText(figures.done), countText(figures.total));
    if (figures.delivered > 0)
        text += CampaignFigureWords::tr(", %1 delivered").arg(countText(figures.delivered));
    if (figures.failed > 0)
        text += CampaignFigureWords::tr(", %1 failed").arg(countText(figures.failed));
    return text;
}

} // namespace carillon::ui
