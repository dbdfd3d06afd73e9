// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/CanaryRules.h"
#include "tests/unit/dispatch/DispatchFixture.h"

#include <QTest>

using namespace carillon;

class CanaryRulesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void passesWhenAllWereTriedAndTheRestCannotSpoilIt()
    {
        const Canary canary{100, 0, 5};
        QCOMPARE(judgeCanary(canary, {100, 95, 95, 0}), CanaryVerdict::Waits); // five were not tried
        QCOMPARE(judgeCanary(canary, {100, 100, 94, 0}), CanaryVerdict::Waits); // six could still fail
        QCOMPARE(judgeCanary(canary, {100, 100, 95, 0}), CanaryVerdict::Passed);
        QCOMPARE(judgeCanary(canary, {100, 100, 97, 3}), CanaryVerdict::Waits);
        QCOMPARE(judgeCanary(canary, {100, 100, 98, 3}), CanaryVerdict::Passed);
        QCOMPARE(judgeCanary(canary, {100, 100, 100, 5}), CanaryVerdict::Passed); // the limit itself is allowed
    }

    void failsAsSoonAsItCannotPass()
    {
        const Canary canary{100, 0, 5};
        QCOMPARE(judgeCanary(canary, {100, 20, 6, 6}), CanaryVerdict::Failed);
        QCOMPARE(judgeCanary(Canary{10, 0, 0}, {10, 1, 1, 1}), CanaryVerdict::Failed); // 0 %: not a single one
        QCOMPARE(judgeCanary(Canary{10, 0, 0}, {10, 10, 10, 0}), CanaryVerdict::Passed);
    }

    // It is counted anew after a crash.
    void whatHasGoneOnToAnotherChannelMakesItNoLarger()
    {
        DispatchFixture f;
        const qint64 campaign = f.addCampaign(f.addTopic({f.addAccount()}), f.addresses(20), {.canary = {.percent = 50}});
        const auto size = [&] {
            return f.read([campaign](Connection& connection) -> Result<qint64> {
                return canarySize(connection, *CampaignRepository(connection).find(campaign));
            });
        };
        QCOMPARE(size(), 10);
        f.write([](Connection& connection) -> Status {
            connection.run(
                "INSERT INTO delivery (campaign_id, topic_id, contact_id, account_id, channel, address, state, attempts,"
                " due_at, expires_at, provider_id, last_error, created_at, updated_at, follows)"
                " SELECT campaign_id, topic_id, contact_id, account_id, channel, address || 'x', state, attempts, due_at,"
                " expires_at, provider_id, last_error, created_at, updated_at, id FROM delivery");
            return {};
        });
        QCOMPARE(size(), 10);
    }

    void nobodyToTryPasses() { QCOMPARE(judgeCanary(Canary{10, 0, 5}, {0, 0, 0, 0}), CanaryVerdict::Passed); }

    void aCampaignAwaitsItUntilItIsDecided()
    {
        Campaign campaign;
        QVERIFY(!awaitsCanary(campaign));
        campaign.control.canary.percent = 1;
        QVERIFY(awaitsCanary(campaign));
        campaign.canary = CanaryState::Running;
        QVERIFY(awaitsCanary(campaign));
        campaign.canary = CanaryState::Passed;
        QVERIFY(!awaitsCanary(campaign));
        campaign.canary = CanaryState::Failed;
        QVERIFY(!awaitsCanary(campaign));
    }
};

QTEST_GUILESS_MAIN(CanaryRulesTest)
#include "CanaryRulesTest.moc"
