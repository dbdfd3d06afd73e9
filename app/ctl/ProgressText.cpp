// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/ProgressText.h"

#include "engine/model/Names.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ProgressText", text);
}

QString momentText(qint64 time, qint64 now)
{
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(time);
    const bool today = local.date() == QDateTime::fromMSecsSinceEpoch(now).date();
    return QLocale().toString(local, today ? QStringLiteral("HH:mm:ss") : QStringLiteral("ddd d MMM HH:mm"));
}

QString secondsText(qint64 ms)
{
    return QString::number((ms + 999) / 1'000);
}

QString rateText(double perMinute)
{
    return perMinute >= 60 ? tr("%1 a second").arg(perMinute / 60, 0, 'f', perMinute >= 600 ? 0 : 1)
                           : tr("%1 a minute").arg(perMinute, 0, 'f', 0);
}

QString countsText(const CampaignSummary& campaign)
{
    qint64 over = 0;
    for (auto count = campaign.counts.cbegin(); count != campaign.counts.cend(); ++count)
        over += isFinal(count.key()) ? count.value() : 0;
    QString text = tr("%1 of %2").arg(over).arg(campaign.total);
    const qint64 failed = campaign.counts.value(DeliveryState::Failed) + campaign.counts.value(DeliveryState::Bounced);
    if (failed > 0)
        text += tr(", %1 failed").arg(failed);
    if (const qint64 uncertain = campaign.counts.value(DeliveryState::Uncertain); uncertain > 0)
        text += tr(", %1 uncertain").arg(uncertain);
    return text;
}

QString endText(const CampaignForecast& forecast, qint64 now)
{
    if (forecast.opensAt > now)
        return tr(", waits until %1").arg(momentText(forecast.opensAt, now));
    if (forecast.remaining == 0 || forecast.endsAt <= now)
        return {};
    const QString text = tr(", ends %1").arg(momentText(forecast.endsAt, now));
    return forecast.endsOutsideWindow ? text + tr(", outside its window") : text;
}

} // namespace

QString progressText(const CampaignSummary& campaign, const CampaignForecast& forecast, qint64 now)
{
    const Campaign& about = campaign.campaign;
    if (about.state == CampaignState::Scheduled && about.scheduledAt > now)
        return tr("scheduled: goes out %1, in %2 s")
            .arg(momentText(about.scheduledAt, now), secondsText(about.scheduledAt - now));
    QString text = u"%1: %2"_qs.arg(nameOf(about.state), countsText(campaign));
    if (about.state == CampaignState::Paused)
        return about.pauseReason.isEmpty() ? text : u"%1. %2"_qs.arg(text, PauseReason::sentence(about.pauseReason));
    if (forecast.perMinute > 0)
        text += u", "_qs + rateText(forecast.perMinute);
    text += endText(forecast, now);
    if (forecast.canarySize > 0 && about.canary == CanaryState::Running)
        return text + tr(". On trial: %1 of the first %2").arg(forecast.canaryDone).arg(forecast.canarySize);
    return forecast.limitedBy.isEmpty() ? text : u"%1. %2"_qs.arg(text, forecast.limitedBy);
}

} // namespace carillon
