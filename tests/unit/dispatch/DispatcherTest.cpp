// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/dispatch/DispatchFixture.h"

#include <QSignalSpy>

using namespace carillon;

class DispatcherTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sendsACampaign()
    {
        DispatchFixture f;
        const qint64 account = f.addAccount();
        const qint64 campaign = f.addCampaign(f.addTopic({account}), f.addresses(700));
        QSignalSpy idle(f.dispatcher.get(), &Dispatcher::idle);
        f.dispatcher->activate(campaign);
        f.run(1'000);
        QCOMPARE(f.count(campaign, DeliveryState::Sent), 700);
        QCOMPARE(f.platform.given.size(), 700);
        QVERIFY(!idle.isEmpty());
    }

    void simulatedAccountsAnswerByTheClock()
    {
        DispatchFixture f;
        const qint64 account = f.addAccount({}, QStringLiteral("simulator"),
                                            {{QStringLiteral("latency_ms"), 500}, {QStringLiteral("jitter_ms"), 0}});
        const qint64 campaign = f.addCampaign(f.addTopic({account}), f.addresses(20));
        f.dispatcher->activate(campaign);
        f.run(499);
        QCOMPARE(f.count(campaign, DeliveryState::Sending), 20);
        f.run(1);
        QCOMPARE(f.count(campaign, DeliveryState::Sent), 20);
    }

    void whatIsNotOnTheWireGoesBackWhenTheCampaignPauses()
    {
        DispatchFixture f;
        f.platform.capacity = 10;
        const qint64 campaign = f.addCampaign(f.addTopic({f.addAccount()}), f.addresses(100));
        f.dispatcher->activate(campaign);
        f.settle();
        f.dispatcher->deactivate(campaign);
        f.run(1'000);
        QCOMPARE(f.count(campaign, DeliveryState::Sent), 10);
        QCOMPARE(f.count(campaign, DeliveryState::Queued), 90);
        f.dispatcher->activate(campaign);
        f.run(1'000);
        QCOMPARE(f.count(campaign, DeliveryState::Sent), 100);
    }
};

QTEST_GUILESS_MAIN(DispatcherTest)
#include "DispatcherTest.moc"
