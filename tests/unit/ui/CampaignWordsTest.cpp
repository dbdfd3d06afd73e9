// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaigns/CampaignWords.h"
#include "ui/campaigns/ThrottleScale.h"
#include "ui/widgets/Words.h"

#include <QDateTime>
#include <QLocale>
#include <QTest>

using namespace carillon;
using namespace carillon::ui;

namespace {

qint64 at(const QString& localTime)
{
    return QDateTime::fromString(localTime, Qt::ISODate).toMSecsSinceEpoch();
}

// Monday, 1 June 2026.
qint64 noon()
{
    return at(QStringLiteral("2026-06-01T12:00:00"));
}

CampaignSummary campaignIn(CampaignState state)
{
    CampaignSummary summary;
    summary.campaign.state = state;
    summary.total = 1'000;
    summary.counts = {{DeliveryState::Queued, 900}, {DeliveryState::Sent, 100}};
    return summary;
}

CampaignForecast forecastOf(qint64 endsAt)
{
    CampaignForecast forecast;
    forecast.remaining = 900;
    forecast.perMinute = 780;
    forecast.boundPerMinute = 840;
    forecast.limitedBy = QStringLiteral("The account Relay takes 14 a second.");
    forecast.endsAt = endsAt;
    return forecast;
}

} // namespace

// What is said of a campaign: each sentence from plain values and a time.
class CampaignWordsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }

    void aHeldCampaignCountsDown()
    {
        CampaignSummary held = campaignIn(CampaignState::Scheduled);
        held.campaign.scheduledAt = noon() + 26'400;
        const Saying saying = noticeOf(held, {}, noon());
        QVERIFY2(saying.text.startsWith(u"Goes out in 27 s."), qPrintable(saying.text));
        QCOMPARE(saying.tone, Tone::Warning);
        QVERIFY(isHeld(held.campaign, noon()));
        held.campaign.scheduledAt = noon() + 245'000;
        QVERIFY(noticeOf(held, {}, noon()).text.startsWith(u"Goes out in 4 min 5 s."));
        held.campaign.scheduledAt = noon() - 1;
        QVERIFY(!isHeld(held.campaign, noon()));
        QCOMPARE(noticeOf(held, {}, noon()).text, QStringLiteral("Begins at once."));
    }

    void aLaterHourIsSaidAsAnHour()
    {
        CampaignSummary later = campaignIn(CampaignState::Scheduled);
        later.campaign.scheduledAt = at(QStringLiteral("2026-06-02T03:40:00"));
        QCOMPARE(noticeOf(later, {}, noon()).text, QStringLiteral("Goes out Tue 03:40, in about 15 h 40 min."));
        QCOMPARE(stateText(later.campaign, noon()), QStringLiteral("For Tue 03:40"));
        later.campaign.schedule.kind = ScheduleKind::Recurring;
        QVERIFY(noticeOf(later, {}, noon()).text.contains(u"again and again; next Tue 03:40"));
        QCOMPARE(stateText(later.campaign, noon()), QStringLiteral("Repeats, Tue 03:40"));
        later.campaign.scheduledAt = noon() + 20'000; // a series is not held: its next occurrence is near
        QVERIFY(!isHeld(later.campaign, noon()));
    }

    void whyItIsPausedIsSaid()
    {
        CampaignSummary paused = campaignIn(CampaignState::Paused);
        QCOMPARE(stateText(paused.campaign, noon()), QStringLiteral("Paused"));
        paused.campaign.pauseReason = PauseReason::Missed;
        QVERIFY(noticeOf(paused, {}, noon()).text.contains(u"missed its hour"));
        QCOMPARE(stateText(paused.campaign, noon()), QStringLiteral("Paused: missed"));
        paused.campaign.pauseReason = PauseReason::Canary;
        QCOMPARE(noticeOf(paused, {}, noon()).tone, Tone::Bad);
        QCOMPARE(stateText(paused.campaign, noon()), QStringLiteral("Paused: canary"));
    }

    void theCanaryAndTheWindowAreSaidWhileItSends()
    {
        CampaignSummary sending = campaignIn(CampaignState::Sending);
        QCOMPARE(noticeOf(sending, {}, noon()), Saying());
        CampaignForecast forecast;
        forecast.opensAt = noon() + 1'000; // nothing that comes and goes with every second
        QCOMPARE(noticeOf(sending, forecast, noon()), Saying());
        forecast.opensAt = at(QStringLiteral("2026-06-01T14:00:00"));
        QCOMPARE(noticeOf(sending, forecast, noon()).text, QStringLiteral("Waits until 14:00, for about 2 h 0 min."));
        sending.campaign.canary = CanaryState::Running;
        forecast.canaryDone = 12;
        forecast.canarySize = 20;
        QVERIFY(noticeOf(sending, forecast, noon()).text.contains(u"12 of the first 20"));
        sending.campaign.canary = CanaryState::Passed;
        QVERIFY(!noticeOf(sending, forecast, noon()).text.contains(u"first 20"));
    }

    void rateLimitAndEnd()
    {
        const CampaignSummary sending = campaignIn(CampaignState::Sending);
        CampaignForecast forecast = forecastOf(at(QStringLiteral("2026-06-01T12:04:00")));
        QCOMPARE(rateOf(sending, forecast), QStringLiteral("13/s of 14/s"));
        QCOMPARE(limitOf(sending, forecast), QStringLiteral("The account Relay takes 14 a second."));
        QCOMPARE(endOf(sending, forecast, noon()).text, QStringLiteral("ends 12:04, about 4 min left"));
        forecast.endsAt = at(QStringLiteral("2026-06-02T03:40:00"));
        forecast.endsOutsideWindow = true;
        QCOMPARE(endOf(sending, forecast, noon()),
                 (Saying{QStringLiteral("ends Tue 03:40, outside its window"), Tone::Warning}));
        forecast.endsAt = 0;
        QCOMPARE(endOf(sending, forecast, noon()).text, QStringLiteral("its end cannot be said yet"));
        forecast.limitedBy.clear();
        QCOMPARE(limitOf(sending, forecast), QStringLiteral("Nothing but the wire limits it."));
        const CampaignSummary finished = campaignIn(CampaignState::Finished);
        QVERIFY(rateOf(finished, forecast).isEmpty());
        QVERIFY(endOf(finished, forecast, noon()).text.isEmpty());
    }

    void aWaitingDeliverySaysWhatItWaitsFor()
    {
        const CampaignForecast forecast = forecastOf(0);
        Delivery delivery;
        QCOMPARE(waitText(delivery, forecast, noon()), forecast.limitedBy);
        QCOMPARE(waitText(delivery, {}, noon()), QStringLiteral("its turn"));
        delivery.dueAt = at(QStringLiteral("2026-06-03T09:00:00"));
        QCOMPARE(waitText(delivery, forecast, noon()), QStringLiteral("not before Wed 09:00"));
        delivery.lastError = QStringLiteral("451 Greylisted");
        QCOMPARE(waitText(delivery, forecast, noon()), QStringLiteral("next try Wed 09:00: 451 Greylisted"));
        delivery.state = DeliveryState::Retrying;
        QCOMPARE(waitText(delivery, forecast, noon()), QStringLiteral("next try Wed 09:00: 451 Greylisted"));
        delivery.state = DeliveryState::Failed;
        QVERIFY(waitText(delivery, forecast, noon()).isEmpty());
    }

    void momentsAndPaces()
    {
        QCOMPARE(momentText(at(QStringLiteral("2026-06-01T23:59:00")), noon()), QStringLiteral("23:59"));
        QCOMPARE(momentText(at(QStringLiteral("2026-06-07T08:00:00")), noon()), QStringLiteral("Sun 08:00"));
        QCOMPARE(momentText(at(QStringLiteral("2026-06-08T08:00:00")), noon()), QStringLiteral("8 Jun 08:00"));
        QCOMPARE(momentText(at(QStringLiteral("2027-01-02T08:00:00")), noon()), QStringLiteral("2 Jan 2027 08:00"));
        QCOMPARE(paceText(12), QStringLiteral("12/min"));
        QCOMPARE(paceText(1.5), QStringLiteral("1.5/min"));
        QCOMPARE(paceText(90), QStringLiteral("1.5/s"));
        QCOMPARE(paceText(60'000), QStringLiteral("1,000/s"));
    }

    void theScaleIsEvenAndGoesThereAndBack()
    {
        QCOMPARE(ThrottleScale::perMinuteAt(0), 1.0);
        QCOMPARE(ThrottleScale::perMinuteAt(ThrottleScale::StepsPerDecade), 10.0);
        QCOMPARE(ThrottleScale::perMinuteAt(ThrottleScale::MostSteps), ThrottleScale::MostPerMinute);
        QCOMPARE(ThrottleScale::stepOf(0), 0);
        QCOMPARE(ThrottleScale::stepOf(1e9), ThrottleScale::MostSteps);
        double last = 0;
        for (int step = 0; step <= ThrottleScale::MostSteps; ++step) {
            const double value = ThrottleScale::perMinuteAt(step);
            QVERIFY2(value > last, qPrintable(QString::number(step)));
            QCOMPARE(ThrottleScale::stepOf(value), step);
            last = value;
        }
    }
};

QTEST_GUILESS_MAIN(CampaignWordsTest)
#include "CampaignWordsTest.moc"
