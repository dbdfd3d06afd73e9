// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/CampaignForecasts.h"

#include "engine/service/Forecast.h"
#include "engine/store/AccountRepository.h"
#include "engine/store/BrandRepository.h"
#include "engine/store/DeliveryRepository.h"
#include "engine/store/TopicRepository.h"

#include <QCoreApplication>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("CampaignForecast", text);
}

// "14 a second" or "30 a minute".
QString rateText(double perMinute)
{
    const double rate = perMinute >= 60 ? perMinute / 60 : perMinute;
    const QString number = rate < 1'000 ? QString::number(rate, 'g', 3) : QString::number(qRound64(rate));
    return (perMinute >= 60 ? tr("%1 a second") : tr("%1 a minute")).arg(number);
}

QString accountName(Connection& connection, const QString& limitedBy)
{
    const std::optional<Account> account
        = AccountRepository(connection).find(limitedBy.mid(limitedBy.indexOf(u':') + 1).toLongLong());
    return account ? account->name : QString();
}

QString sentenceOf(Connection& connection, const CampaignFlow& flow)
{
    if (flow.limitedBy == QStringLiteral("throttle"))
        return tr("Its throttle allows %1.").arg(rateText(flow.boundPerMinute));
    if (flow.limitedBy == QStringLiteral("canary"))
        return tr("It waits for what comes of its first deliveries.");
    if (flow.limitedBy == QStringLiteral("window"))
        return tr("It waits for its send window.");
    if (flow.limitedBy.startsWith(QStringLiteral("account_down:")))
        return tr("The account %1 is down.").arg(accountName(connection, flow.limitedBy));
    if (flow.limitedBy.startsWith(QStringLiteral("account:")))
        return tr("The account %1 takes %2.").arg(accountName(connection, flow.limitedBy), rateText(flow.boundPerMinute));
    return {};
}

// Where the window names no zone each contact has his own; the brand's is where most of them are.
QTimeZone zoneOf(Connection& connection, const Campaign& campaign)
{
    const std::optional<Topic> topic = TopicRepository(connection).find(campaign.topicId);
    const std::optional<Brand> brand = topic ? BrandRepository(connection).find(topic->brandId) : std::nullopt;
    return brand ? QTimeZone(brand->timeZone.toLatin1()) : QTimeZone();
}

void countCanary(DeliveryRepository& deliveries, const Campaign& campaign, const QMap<DeliveryState, qint64>& counts,
                 CampaignForecast& forecast)
{
    if (campaign.canary != CanaryState::Running)
        return;
    qint64 planned = -deliveries.followUpCount(campaign.id);
    for (auto count = counts.cbegin(); count != counts.cend(); ++count) {
        planned += count.value();
        forecast.canaryDone += isFinal(count.key()) ? count.value() : 0;
    }
    forecast.canarySize = campaign.control.canary.sizeOf(planned);
    forecast.canaryDone = qMin(forecast.canaryDone, forecast.canarySize);
}

bool isOver(CampaignState state)
{
    return state == CampaignState::Finished || state == CampaignState::Cancelled;
}

// What can be said of one that is not being sent just now: its throttle, and when it starts.
CampaignFlow flowAtRest(const Campaign& campaign)
{
    CampaignFlow flow;
    flow.boundPerMinute = campaign.control.perMinute;
    if (flow.boundPerMinute > 0)
        flow.limitedBy = QStringLiteral("throttle");
    if (campaign.state == CampaignState::Scheduled)
        flow.opensAt = campaign.scheduledAt;
    return flow;
}

} // namespace

CampaignForecast forecastOf(Connection& connection, const Campaign& campaign, const std::optional<CampaignFlow>& known,
                            qint64 now)
{
    CampaignForecast forecast;
    if (isOver(campaign.state))
        return forecast;
    DeliveryRepository deliveries(connection);
    const QMap<DeliveryState, qint64> counts = deliveries.counts(campaign.id);
    forecast.remaining = counts.value(DeliveryState::Queued) + counts.value(DeliveryState::Retrying);
    countCanary(deliveries, campaign, counts, forecast);
    const CampaignFlow flow = known.value_or(flowAtRest(campaign));
    forecast.perMinute = flow.perMinute;
    forecast.boundPerMinute = flow.boundPerMinute;
    forecast.opensAt = flow.opensAt;
    if (campaign.state == CampaignState::Paused) {
        const QString why = PauseReason::sentence(campaign.pauseReason);
        forecast.limitedBy = why.isEmpty() ? tr("It is paused.") : why;
        return forecast;
    }
    forecast.limitedBy = sentenceOf(connection, flow);
    // How many there will be is not known yet, or whether any will go at all.
    if (!campaign.planned || flow.limitedBy == QStringLiteral("canary"))
        return forecast;
    const Forecast end(
        {now, forecast.remaining, flow.perMinute, flow.boundPerMinute, !flow.limitedBy.isEmpty(), flow.opensAt});
    forecast.endsAt = end.endsAt();
    forecast.endsOutsideWindow
        = campaign.schedule.window && end.leaves(*campaign.schedule.window, zoneOf(connection, campaign));
    return forecast;
}

} // namespace carillon
