// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/Campaign.h"
#include "engine/model/Names.h"

#include <QTest>

using namespace carillon;

// The tables of states, looked at as a whole.
class TransitionTest : public QObject {
    Q_OBJECT

private:
    template <typename Enum, typename Visit>
    static void forAll(int count, Visit visit)
    {
        for (int i = 0; i < count; ++i)
            visit(Enum(i));
    }

private Q_SLOTS:
    void namesGoBothWays()
    {
        forAll<DeliveryState>(11, [](DeliveryState s) { QCOMPARE(valueOf<DeliveryState>(nameOf(s)), std::optional(s)); });
        forAll<CampaignState>(8, [](CampaignState s) { QCOMPARE(valueOf<CampaignState>(nameOf(s)), std::optional(s)); });
        forAll<OutcomeKind>(6, [](OutcomeKind k) { QCOMPARE(valueOf<OutcomeKind>(nameOf(k)), std::optional(k)); });
        QVERIFY(!valueOf<DeliveryState>(QStringLiteral("SENT")));
    }

    void whatIsOverStaysOver()
    {
        for (const DeliveryState over :
             {DeliveryState::Cancelled, DeliveryState::Expired, DeliveryState::Suppressed, DeliveryState::Bounced})
            forAll<DeliveryState>(11, [over](DeliveryState to) { QVERIFY(!mayBecome(over, to)); });
    }

    // What platforms tell comes in any order: of two states that may follow each other, only one way round.
    void whatPlatformsTellHasOneEnd()
    {
        const QList<DeliveryState> told{DeliveryState::Sent, DeliveryState::Failed, DeliveryState::Delivered,
                                        DeliveryState::Bounced};
        for (qsizetype i = 0; i < told.size(); ++i) {
            for (qsizetype j = 0; j < told.size(); ++j)
                QCOMPARE(mayBecome(told[i], told[j]), i < j);
        }
    }

    void nothingIsSentWithoutHavingBeenOnTheWire()
    {
        for (const DeliveryState from : {DeliveryState::Queued, DeliveryState::Retrying})
            QVERIFY(!mayBecome(from, DeliveryState::Sent));
    }

    void aPausedCampaignGoesOnWhereItWas()
    {
        for (const CampaignState state : {CampaignState::Scheduled, CampaignState::Planning, CampaignState::Sending}) {
            QCOMPARE(*campaignTransition(state, CampaignVerb::Pause), CampaignState::Paused);
            QCOMPARE(*campaignTransition(CampaignState::Paused, CampaignVerb::Resume, state), state);
        }
    }

    void aSeriesEndsWithoutHavingBeenSent()
    {
        QCOMPARE(*campaignTransition(CampaignState::Scheduled, CampaignVerb::Finish), CampaignState::Finished);
        for (const CampaignState state : {CampaignState::Draft, CampaignState::Planning, CampaignState::Paused})
            QVERIFY(!campaignTransition(state, CampaignVerb::Finish));
    }

    void aCancelledCampaignCannotBeWokenUp()
    {
        forAll<CampaignVerb>(9, [](CampaignVerb verb) {
            const auto next = campaignTransition(CampaignState::Cancelled, verb);
            QVERIFY(!next);
            QCOMPARE(next.error().code, ErrorCode::Conflict);
        });
    }
};

QTEST_GUILESS_MAIN(TransitionTest)
#include "TransitionTest.moc"
