// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/SuppressionRepository.h"
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

    // The word of a pause is late, and of the resumption that follows too.
    void whatIsRefusedIsNotClaimedOverAndOver()
    {
        DispatchFixture f;
        f.platform.latencyMs = 100;
        const qint64 campaign = f.addCampaign(f.addTopic({f.addAccount({.inFlight = 1})}), f.addresses(20));
        const auto change = [&f, campaign](CampaignVerb verb) {
            f.write([campaign, verb, now = f.clock.now()](Connection& connection) -> Result<bool> {
                return CampaignRepository(connection).change(campaign, verb, QStringLiteral("test"), now).has_value();
            });
        };
        QSignalSpy refused(f.dispatcher.get(), &Dispatcher::refused);
        f.dispatcher->activate(campaign);
        f.run(250);
        const qint64 begun = f.platform.given.size();
        QVERIFY(begun > 0 && begun < 20);
        change(CampaignVerb::Pause);
        f.run(60'000);
        QCOMPARE(f.platform.given.size(), begun);
        QCOMPARE(refused.size(), 1);
        QCOMPARE(refused.first().first().toLongLong(), campaign);
        change(CampaignVerb::Resume);
        f.dispatcher->activate(campaign);
        f.run(60'000);
        QCOMPARE(f.count(campaign, DeliveryState::Sent), 20);
        QCOMPARE(refused.size(), 1);
    }

    // Paused and resumed while the last one is on the wire, which then is to be tried again.
    void whatComesBackFromTheWireAfterAPauseIsTriedAgain()
    {
        DispatchFixture f;
        f.platform.latencyMs = 5'000;
        f.platform.answer = [&f](qint64, const Message&) {
            return f.platform.given.size() == 1 ? ScriptedPlatform::wait(OutcomeKind::Retry, 1'000)
                                                : Outcome{0, OutcomeKind::Sent};
        };
        const qint64 campaign = f.addCampaign(f.addTopic({f.addAccount()}), f.addresses(1));
        f.dispatcher->activate(campaign);
        f.run(1'000);
        QCOMPARE(f.count(campaign, DeliveryState::Sending), 1);
        f.dispatcher->deactivate(campaign);
        f.dispatcher->activate(campaign);
        f.run(100'000);
        QCOMPARE(f.count(campaign, DeliveryState::Sent), 1);
    }

    void anAddressThatMovedIsChangedForAllWhoHaveIt()
    {
        DispatchFixture f;
        const qint64 topic = f.addTopic({f.addAccount()});
        const qint64 campaign
            = f.addCampaign(topic, {QStringLiteral("old@example.org"), QStringLiteral("other@example.org")});
        f.platform.answer = [](qint64, const Message& message) {
            Outcome outcome{0, OutcomeKind::Sent};
            if (message.to == QStringLiteral("old@example.org"))
                outcome.movedTo = QStringLiteral("new@example.org");
            return outcome;
        };
        f.dispatcher->activate(campaign);
        f.run(1'000);
        QCOMPARE(f.count(campaign, DeliveryState::Sent), 2);
        const auto hasContact = [&](const QString& address) {
            return f.read([address](Connection& connection) -> Result<bool> {
                return ContactRepository(connection).findByAddress(QStringLiteral("email"), address).has_value();
            });
        };
        QVERIFY(!hasContact(QStringLiteral("old@example.org")));
        QVERIFY(hasContact(QStringLiteral("new@example.org")));
        QVERIFY(hasContact(QStringLiteral("other@example.org")));
        for (const Delivery& delivery : f.deliveries(campaign)) {
            const bool moved = delivery.address == QStringLiteral("old@example.org");
            QCOMPARE(f.history(delivery.id).contains(QStringLiteral("address.moved")), moved);
        }
    }

    void anAllowanceHoldsTheRestBackAndLetsRetriesGo()
    {
        DispatchFixture f;
        f.platform.answer = [&f](qint64, const Message&) {
            return f.platform.given.size() <= 3 ? ScriptedPlatform::wait(OutcomeKind::Retry, 1'000)
                                                : Outcome{0, OutcomeKind::Sent};
        };
        const qint64 campaign = f.addCampaign(f.addTopic({f.addAccount()}), f.addresses(600));
        f.dispatcher->setAllowance(campaign, 10);
        f.dispatcher->activate(campaign);
        f.run(3'600'000);
        QCOMPARE(f.count(campaign, DeliveryState::Sent), 10);
        QCOMPARE(f.platform.given.size(), 13);
        QCOMPARE(f.dispatcher->flows().value(campaign).limitedBy, QStringLiteral("canary"));
        QCOMPARE(f.count(campaign, DeliveryState::Queued), 590);
        f.dispatcher->setAllowance(campaign, std::nullopt);
        f.run(1'000);
        QCOMPARE(f.count(campaign, DeliveryState::Sent), 600);
    }

    void throttledOnesDoNotUseUpTheAllowance()
    {
        DispatchFixture f;
        f.platform.answer = [&f](qint64, const Message&) {
            return f.platform.given.size() <= 3 ? ScriptedPlatform::wait(OutcomeKind::Throttled, 1'000)
                                                : Outcome{0, OutcomeKind::Sent};
        };
        const qint64 campaign = f.addCampaign(f.addTopic({f.addAccount()}), f.addresses(20));
        f.dispatcher->setAllowance(campaign, 5);
        f.dispatcher->activate(campaign);
        f.run(600'000);
        QCOMPARE(f.count(campaign, DeliveryState::Sent), 5);
    }

    void whatWaitsTooLongInMemoryIsMadeAnewOrExpires()
    {
        DispatchFixture f;
        const qint64 campaign = f.addCampaign(f.addTopic({f.addAccount({.destinationPerSecond = 0.01})}), f.addresses(5));
        f.write([campaign](Connection& connection) -> Status {
            connection.run("UPDATE delivery SET expires_at = ? WHERE campaign_id = ?", DispatchFixture::Start + 250'000,
                           campaign);
            return {};
        });
        f.dispatcher->activate(campaign);
        f.run(600'000);
        QCOMPARE(f.count(campaign, DeliveryState::Sent), 3); // at 0, 100 and 200 seconds
        QCOMPARE(f.count(campaign, DeliveryState::Expired), 2);
    }

    // A refusal that means little by itself: the last of many suppresses the address, and the delivery says so.
    void repeatedRefusalsSuppressTheAddress()
    {
        DispatchFixture f;
        const qint64 topic = f.addTopic({f.addAccount()});
        const auto send = [&](OutcomeKind kind) {
            f.platform.answer = [kind](qint64, const Message&) {
                Outcome outcome = ScriptedPlatform::wait(kind, 0);
                outcome.suppressAfter = {2, 30};
                return outcome;
            };
            const qint64 campaign = f.addCampaign(topic, {QStringLiteral("anna@example.org")});
            f.dispatcher->activate(campaign);
            f.run(1'000);
            return f.deliveries(campaign).value(0);
        };
        const auto suppressions = [&] {
            return f.read([](Connection& connection) -> Result<QList<Suppression>> {
                return SuppressionRepository(connection).page(0, 10);
            });
        };
        QCOMPARE(send(OutcomeKind::Refused).lastError, QStringLiteral("scripted"));
        QCOMPARE(send(OutcomeKind::Sent).state, DeliveryState::Sent); // begins it anew
        QCOMPARE(send(OutcomeKind::Refused).lastError, QStringLiteral("scripted"));
        QVERIFY(suppressions().isEmpty());
        const Delivery last = send(OutcomeKind::Refused);
        QCOMPARE(last.state, DeliveryState::Failed);
        QCOMPARE(last.lastError, QStringLiteral("scripted Suppressed after 2 refusals within 30 days."));
        QCOMPARE(suppressions().value(0).reason, QStringLiteral("refused"));
        QCOMPARE(suppressions().value(0).note, last.lastError);
    }
};

QTEST_GUILESS_MAIN(DispatcherTest)
#include "DispatcherTest.moc"
