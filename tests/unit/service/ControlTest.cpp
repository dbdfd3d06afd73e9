// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/service/ControlRoom.h"

using namespace carillon;

// What an operator does to campaigns that are under way.
class ControlTest : public ControlRoom {
    Q_OBJECT

private Q_SLOTS:
    void init() { open(); }
    void cleanup() { close(); }

    // Held, or made to look only: an operation writes what it does, and nothing begins.
    void nothingBeginsInAnEngineThatWasNotStarted()
    {
        addContacts(10, QStringLiteral("p"));
        makeEngine();
        const qint64 now = send();
        const qint64 paused = send();
        QVERIFY(m_campaigns->pause(m_ann, paused).result());
        QVERIFY(m_campaigns->resume(m_ann, paused).result());
        QTest::qWait(200);
        QVERIFY(rows(now).isEmpty());
        QVERIFY(rows(paused).isEmpty());
        QCOMPARE(state(now), CampaignState::Scheduled);
        m_dispatch->start();
        QTRY_COMPARE_WITH_TIMEOUT(state(now), CampaignState::Finished, patience);
        QTRY_COMPARE_WITH_TIMEOUT(state(paused), CampaignState::Finished, patience);
    }

    void nothingGoesOnTheWireAfterAPause()
    {
        addContacts(1'500, QStringLiteral("p"));
        setLatency(50);
        const qint64 id = send(slowly());
        QTRY_VERIFY_WITH_TIMEOUT(counted(id, DeliveryState::Sent) > 0, patience);
        QVERIFY(m_campaigns->pause(m_ann, id).result());
        QTRY_COMPARE_WITH_TIMEOUT(counted(id, DeliveryState::Sending), 0, patience); // what was in flight is answered
        QCOMPARE(sendingAfter(QStringLiteral("campaign.paused")), 0);
        const CampaignForecast paused = forecast(id);
        QCOMPARE(paused.remaining, counted(id, DeliveryState::Queued));
        QVERIFY(!paused.limitedBy.isEmpty());
        setLatency(1);
        QVERIFY(m_campaigns->setThrottle(m_ann, id, 0).result());
        QVERIFY(m_campaigns->resume(m_ann, id).result());
        QTRY_COMPARE_WITH_TIMEOUT(state(id), CampaignState::Finished, patience);
        QCOMPARE(counted(id, DeliveryState::Sent), 1'500);
    }

    void whatIsCancelledCountsSoAtOnceAndIsSwept()
    {
        addContacts(1'500, QStringLiteral("p"));
        setLatency(50);
        const qint64 id = send(slowly());
        QTRY_VERIFY_WITH_TIMEOUT(counted(id, DeliveryState::Sent) > 0, patience);
        QVERIFY(m_campaigns->cancel(m_ann, id).result());
        QCOMPARE(counted(id, DeliveryState::Queued), 0);
        DeliveryQuery query;
        query.campaignId = id;
        const Page<DeliveryRow> page = *m_deliveries->page(query, {0, 1'000}).result();
        for (const DeliveryRow& row : page.rows)
            QVERIFY(row.delivery.state != DeliveryState::Queued);
        QTRY_COMPARE_WITH_TIMEOUT(rows(id).value(DeliveryState::Queued) + rows(id).value(DeliveryState::Sending), 0,
                                  patience);
        QCOMPARE(sendingAfter(QStringLiteral("campaign.cancelled")), 0);
        QCOMPARE(summary(id).total, 1'500);
        QVERIFY(counted(id, DeliveryState::Cancelled) > 0);
    }

    void undoLeavesADraft()
    {
        addContacts(1, QStringLiteral("p"));
        const qint64 id = draft();
        QVERIFY(m_campaigns->schedule(m_ann, id, m_clock.now() + 3'600'000).result());
        QVERIFY(forecast(id).opensAt > m_clock.now());
        QVERIFY(m_campaigns->unschedule(m_ann, id).result());
        QCOMPARE(state(id), CampaignState::Draft);
    }

    void aCanaryThatPassesLetsTheRestGo()
    {
        addContacts(300, QStringLiteral("p"));
        CampaignControl control;
        control.canary.count = 20;
        const qint64 id = send(control);
        QTRY_COMPARE_WITH_TIMEOUT(state(id), CampaignState::Finished, patience);
        QCOMPARE(summary(id).campaign.canary, CanaryState::Passed);
        QCOMPARE(counted(id, DeliveryState::Sent), 300);
        QCOMPARE(log(QStringLiteral("campaign.canary_*")), QStringList{QStringLiteral("campaign.canary_passed")});
        // Not more than the first ones had gone out when it was decided.
        qint64 sending = 0;
        const QList<LogEntry> entries = *m_deliveries->log(0, {}, 1'000'000).result();
        for (const LogEntry& entry : entries) {
            sending += entry.type == QStringLiteral("delivery.sending") ? entry.data.value(u"count").toInteger(1) : 0;
            if (entry.type == QStringLiteral("campaign.canary_passed"))
                break;
        }
        QCOMPARE(sending, 20);
    }

    void aCanaryThatFailsStopsTheRestUntilSomebodyLetsItGo()
    {
        addContacts(300, QStringLiteral("p"));
        setLatency(1, 100);
        CampaignControl control;
        control.canary.percent = 10;
        const qint64 id = send(control);
        QTRY_COMPARE_WITH_TIMEOUT(state(id), CampaignState::Paused, patience);
        const Campaign stopped = summary(id).campaign;
        QCOMPARE(stopped.pauseReason, PauseReason::Canary);
        QCOMPARE(stopped.canary, CanaryState::Failed);
        QTRY_COMPARE_WITH_TIMEOUT(rows(id).value(DeliveryState::Sending), 0, patience);
        QVERIFY(counted(id, DeliveryState::Failed) <= 30);
        QCOMPARE(counted(id, DeliveryState::Sent), 0);
        setLatency(1);
        QVERIFY(m_campaigns->resume(m_ann, id).result());
        QCOMPARE(summary(id).campaign.canary, CanaryState::Passed);
        QTRY_COMPARE_WITH_TIMEOUT(state(id), CampaignState::Finished, patience);
        QVERIFY(counted(id, DeliveryState::Sent) >= 270);
        QCOMPARE(log(QStringLiteral("campaign.canary_*")),
                 (QStringList{QStringLiteral("campaign.canary_failed"), QStringLiteral("campaign.canary_passed")}));
    }

    void aCanaryThatIsTheWholeCampaignEndsIt()
    {
        addContacts(5, QStringLiteral("refuse"));
        CampaignControl control;
        control.canary.percent = 100;
        const qint64 id = send(control);
        QTRY_COMPARE_WITH_TIMEOUT(state(id), CampaignState::Finished, patience);
        QCOMPARE(summary(id).campaign.canary, CanaryState::Failed);
    }

    void aCanaryIsJudgedAfterACrash()
    {
        addContacts(100, QStringLiteral("p"));
        setLatency(60'000);
        CampaignControl control;
        control.canary.count = 10;
        const qint64 id = send(control);
        QTRY_COMPARE_WITH_TIMEOUT(rows(id).value(DeliveryState::Sending), 10, patience);
        setLatency(1);
        startEngine(); // the ten are uncertain now
        QTRY_COMPARE_WITH_TIMEOUT(state(id), CampaignState::Paused, patience);
        QCOMPARE(counted(id, DeliveryState::Uncertain), 10);
        QCOMPARE(counted(id, DeliveryState::Queued), 90);
    }

    void theThrottleIsKeptAndLogged()
    {
        addContacts(1, QStringLiteral("p"));
        const qint64 id = draft();
        QVERIFY(m_campaigns->setThrottle(m_ann, id, 600).result());
        QCOMPARE(summary(id).campaign.control.perMinute, 600.0);
        QCOMPARE(log(QStringLiteral("campaign.throttle_changed")).size(), 1);
        QCOMPARE(m_campaigns->setThrottle(m_ann, id, -1).result().error().code, ErrorCode::InvalidInput);
        QCOMPARE(m_campaigns->setThrottle(m_ann, id, qQNaN()).result().error().code, ErrorCode::InvalidInput);
        QCOMPARE(m_campaigns->setThrottle({{}, Role::Viewer}, id, 1).result().error().code, ErrorCode::Forbidden);
        QCOMPARE(m_campaigns->setThrottle(m_ann, id + 1, 1).result().error().code, ErrorCode::NotFound);
        QVERIFY(m_campaigns->setThrottle(m_ann, id, 0).result());
        QVERIFY(m_campaigns->schedule(m_ann, id, 0).result());
        QTRY_COMPARE_WITH_TIMEOUT(state(id), CampaignState::Finished, patience);
        QCOMPARE(m_campaigns->setThrottle(m_ann, id, 1).result().error().code, ErrorCode::Conflict);
        const CampaignForecast over = forecast(id);
        QCOMPARE(over.remaining, 0);
        QCOMPARE(over.endsAt, 0);
    }
};

QTEST_GUILESS_MAIN(ControlTest)
#include "ControlTest.moc"
