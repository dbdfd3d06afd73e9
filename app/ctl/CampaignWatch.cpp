// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/CampaignWatch.h"

#include "app/ctl/ProgressText.h"
#include "engine/base/Clock.h"
#include "engine/model/Names.h"

namespace carillon {

namespace {

constexpr qint64 intervalMs = 200;

QJsonObject toJson(const CampaignSummary& summary)
{
    QJsonObject counts;
    for (auto count = summary.counts.cbegin(); count != summary.counts.cend(); ++count)
        counts.insert(nameOf(count.key()), count.value());
    const qint64 took = summary.campaign.finishedAt - summary.campaign.startedAt;
    const double perSecond = took > 0 ? double(summary.total) * 1000.0 / double(took) : 0;
    return {{QStringLiteral("campaign"), summary.campaign.id},
            {QStringLiteral("name"), summary.campaign.name},
            {QStringLiteral("state"), nameOf(summary.campaign.state)},
            {QStringLiteral("deliveries"), summary.total},
            {QStringLiteral("left_out"), summary.leftOut},
            {QStringLiteral("counts"), counts},
            {QStringLiteral("took_ms"), took},
            {QStringLiteral("per_second"), perSecond},
            {QStringLiteral("canary"), summary.campaign.canary}};
}

QString toText(const CampaignSummary& summary)
{
    QString text = QObject::tr("Campaign %1, %2: %3")
                       .arg(summary.campaign.id)
                       .arg(summary.campaign.name, nameOf(summary.campaign.state));
    for (auto count = summary.counts.cbegin(); count != summary.counts.cend(); ++count)
        text += QStringLiteral("\n  %1 %2").arg(count.value(), 8).arg(nameOf(count.key()));
    if (summary.leftOut > 0)
        text += QObject::tr("\n  %1 contacts left out").arg(summary.leftOut, 8);
    const double seconds = double(summary.campaign.finishedAt - summary.campaign.startedAt) / 1000.0;
    if (seconds > 0)
        text += QObject::tr("\nIn %1 s, %2 messages per second")
                    .arg(seconds, 0, 'f', 1)
                    .arg(double(summary.total) / seconds, 0, 'f', 0);
    return text;
}

} // namespace

CampaignWatch::CampaignWatch(const CommandContext& context, qint64 campaignId, QObject* parent, qint64 settleMs)
    : QObject(parent)
    , m_context(context)
    , m_campaignId(campaignId)
    , m_settleMs(settleMs)
{
    look();
}

void CampaignWatch::look()
{
    whenReady(m_context.services.campaigns.get(m_campaignId), this, [this](const Result<CampaignSummary>& summary) {
        if (summary)
            take(*summary);
        else
            Q_EMIT ended(m_context.console.fail(summary.error()));
    });
}

void CampaignWatch::take(const CampaignSummary& summary)
{
    const CampaignState state = summary.campaign.state;
    if (state == CampaignState::Finished || state == CampaignState::Cancelled)
        return isSettled(summary) ? report(summary) : lookAgain();
    show(summary);
}

bool CampaignWatch::isSettled(const CampaignSummary& summary)
{
    if (m_changedAt == 0 || summary.counts != m_lastCounts) {
        m_lastCounts = summary.counts;
        m_changedAt = m_context.clock.steady();
    }
    return m_context.clock.steady() - m_changedAt >= m_settleMs;
}

// Nobody reads a progress line with --json: what it says is not asked for.
void CampaignWatch::show(const CampaignSummary& summary)
{
    if (m_context.console.isJson())
        return lookAgain();
    const auto shown = [this, summary](const Result<CampaignForecast>& forecast) {
        m_context.console.progress(progressText(summary, forecast ? *forecast : CampaignForecast(), m_context.clock.now()));
        lookAgain();
    };
    whenReady(m_context.services.campaigns.forecast(m_campaignId), this, shown);
}

void CampaignWatch::lookAgain()
{
    m_context.clock.after(intervalMs, this, [this] { look(); });
}

void CampaignWatch::report(const CampaignSummary& summary)
{
    m_context.console.progress({});
    m_context.console.result(toJson(summary), toText(summary));
    const bool all
        = summary.counts.value(DeliveryState::Sent) + summary.counts.value(DeliveryState::Delivered) == summary.total;
    Q_EMIT ended(all ? ExitCode::Done : ExitCode::Incomplete);
}

} // namespace carillon
