// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/service/ControlRoom.h"

using namespace carillon;

// What an operator does to deliveries that a filter finds, and to those whom a campaign missed.
class SelectionTest : public ControlRoom {
    Q_OBJECT

private Q_SLOTS:
    void init() { open(); }
    void cleanup() { close(); }

    void theMissedGetADraftOfTheirOwn()
    {
        addContacts(6, QStringLiteral("p"));
        addContacts(3, QStringLiteral("refuse"));
        addContacts(2, QStringLiteral("bounce"));
        addContacts(4, {});
        const qint64 first = send();
        QTRY_COMPARE_WITH_TIMEOUT(state(first), CampaignState::Finished, patience);
        const QList<MissedGroup> groups = *m_campaigns->missed(first).result();
        QCOMPARE(groups.size(), 3);
        QCOMPARE(groups[0].state, DeliveryState::Failed);
        QCOMPARE(groups[0].contacts, 3);
        QCOMPARE(groups[1].state, DeliveryState::Bounced);
        QCOMPARE(groups[1].contacts, 2);
        QCOMPARE(groups[2].reason, LeftOutReason::NoAddress);
        QCOMPARE(groups[2].contacts, 4);

        const MissedAudience missed{first, {DeliveryState::Failed}, {LeftOutReason::NoAddress}};
        const qint64 second = *m_campaigns->sendToMissed(m_ann, missed).result();
        const Campaign made = summary(second).campaign;
        QCOMPARE(made.state, CampaignState::Draft);
        QCOMPARE(made.origin.missedOf, first);
        QCOMPARE(made.audience.missed, missed);
        const DryRun run = *m_campaigns->dryRun(made).result();
        QCOMPARE(run.audience, 7);
        QCOMPARE(run.willSend, 3);
        QCOMPARE(run.leftOut.first().count, 4);
        QVERIFY(m_campaigns->schedule(m_ann, second, 0).result());
        QTRY_COMPARE_WITH_TIMEOUT(state(second), CampaignState::Finished, patience);
        QCOMPARE(summary(second).total, 3);
        QCOMPARE(summary(second).leftOut, 4);

        QCOMPARE(m_campaigns->sendToMissed(m_ann, {first, {}, {}}).result().error().code, ErrorCode::InvalidInput);
        QCOMPARE(m_campaigns->sendToMissed(m_ann, {first, {DeliveryState::Sent}, {}}).result().error().code,
                 ErrorCode::InvalidInput);
        QCOMPARE(m_campaigns->sendToMissed(m_ann, {first, {DeliveryState::Expired}, {}}).result().error().code,
                 ErrorCode::Conflict);
        QCOMPARE(m_campaigns->sendToMissed(m_ann, {99, {DeliveryState::Failed}, {}}).result().error().code,
                 ErrorCode::NotFound);
    }

    void aSelectionByFilterIsRetriedToTheLast()
    {
        addContacts(450, QStringLiteral("refuse")); // several pages
        addContacts(1, QStringLiteral("p"));
        const qint64 id = send();
        QTRY_COMPARE_WITH_TIMEOUT(state(id), CampaignState::Finished, patience);
        DeliveryQuery query;
        query.campaignId = id;
        const Result<qint64> retried = m_deliveries->retryFailed(m_ann, {{}, query}).result();
        QCOMPARE(retried.value(), 450); // each once, though they fail again at once
        QCOMPARE(log(QStringLiteral("campaign.reopened")).size(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(state(id), CampaignState::Finished, patience);
        QCOMPARE(counted(id, DeliveryState::Failed), 450);
        query.states = {DeliveryState::Sent};
        QCOMPARE(m_deliveries->retryFailed(m_ann, {{}, query}).result().value(), 0);
        QCOMPARE(m_deliveries->retryFailed({{}, Role::Viewer}, {{}, query}).result().error().code, ErrorCode::Forbidden);
    }

    void waitingDeliveriesAreCancelledByHand()
    {
        addContacts(600, QStringLiteral("p"));
        setLatency(60'000);
        const qint64 id = send(slowly());
        QTRY_VERIFY_WITH_TIMEOUT(rows(id).value(DeliveryState::Sending) > 0, patience);
        QVERIFY(m_campaigns->pause(m_ann, id).result());
        DeliveryQuery query;
        query.campaignId = id;
        const qint64 waiting = rows(id).value(DeliveryState::Queued);
        QVERIFY(waiting > 0);
        QCOMPARE(m_deliveries->cancelWaiting(m_ann, {{}, query}).result().value(), waiting);
        QCOMPARE(rows(id).value(DeliveryState::Cancelled), waiting);
        // The rest becomes uncertain by a crash, and is settled: one again, the others as sent.
        startEngine();
        QTRY_COMPARE_WITH_TIMEOUT(rows(id).value(DeliveryState::Sending), 0, patience);
        const qint64 uncertain = rows(id).value(DeliveryState::Uncertain);
        query.states = {DeliveryState::Uncertain};
        const Delivery one = m_deliveries->page(query, {0, 1}).result()->rows.first().delivery;
        QCOMPARE(m_deliveries->settleUncertain(m_ann, {{one.id}, {}}, UncertainDecision::Resend).result().value(), 1);
        QCOMPARE(m_deliveries->settleUncertain(m_ann, {{}, query}, UncertainDecision::AcceptAsSent).result().value(),
                 uncertain - 1);
        QCOMPARE(rows(id).value(DeliveryState::Retrying), 1);
        setLatency(1);
        QVERIFY(m_campaigns->resume(m_ann, id).result());
        QTRY_COMPARE_WITH_TIMEOUT(state(id), CampaignState::Finished, patience);
        QCOMPARE(rows(id).value(DeliveryState::Sent), uncertain);
    }

    void nothingOfACancelledCampaignIsRetried()
    {
        addContacts(3, QStringLiteral("refuse"));
        addContacts(600, QStringLiteral("p"));
        setLatency(60'000);
        const qint64 id = send(slowly());
        QTRY_VERIFY_WITH_TIMEOUT(rows(id).value(DeliveryState::Sending) > 0, patience);
        QVERIFY(m_campaigns->cancel(m_ann, id).result());
        startEngine();
        QTRY_COMPARE_WITH_TIMEOUT(rows(id).value(DeliveryState::Sending), 0, patience);
        DeliveryQuery query;
        query.campaignId = id;
        QCOMPARE(m_deliveries->settleUncertain(m_ann, {{}, query}, UncertainDecision::Resend).result().value(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(rows(id).value(DeliveryState::Queued), 0, patience); // the sweep goes on after a crash
    }
};

QTEST_GUILESS_MAIN(SelectionTest)
#include "SelectionTest.moc"
