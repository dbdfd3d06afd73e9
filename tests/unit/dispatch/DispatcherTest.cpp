// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/SuppressionRepository.h"
#include "tests/unit/dispatch/DispatchFixture.h"

#include <QSignalSpy>

using namespace carillon;

class DispatcherTest : public QObject {
    Q_OBJECT

private:
    static QList<qint64> timesOf(const QList<ScriptedPlatform::Given>& given)
    {
        QList<qint64> times;
        for (const ScriptedPlatform::Given& one : given)
            times << one.at;
        return times;
    }
    // The most that were given within any span of so many milliseconds.
    static int mostWithin(const QList<qint64>& times, qint64 span)
    {
        int most = 0;
        for (const qint64 from : times)
            most = qMax(most, int(std::count_if(times.begin(), times.end(), [=](qint64 at) {
                            return at >= from && at < from + span;
                        })));
        return most;
    }
    static CampaignControl perMinute(double rate)
    {
        CampaignControl control;
        control.perMinute = rate;
        return control;
    }

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

    void anAccountSendsAtItsRateToTheMillisecond()
    {
        DispatchFixture f;
        const qint64 campaign = f.addCampaign(f.addTopic({f.addAccount({.perSecond = 4, .burst = 2})}), f.addresses(50));
        f.dispatcher->activate(campaign);
        f.run(10'000);
        const QList<qint64> times = timesOf(f.platform.given);
        QCOMPARE(times.size(), 42); // two at once, then forty in ten seconds
        for (qsizetype i = 2; i < times.size(); ++i)
            QCOMPARE(times.at(i), times.at(0) + 250 * (i - 1));
        QCOMPARE(f.count(campaign, DeliveryState::Sending) + f.count(campaign, DeliveryState::Sent), 42);
        f.run(3'000);
        QCOMPARE(f.count(campaign, DeliveryState::Sent), 50);
        // What had to wait was not written down each time.
        for (const Delivery& delivery : f.deliveries(campaign))
            QCOMPARE(f.history(delivery.id).count(QStringLiteral("delivery.sending")), 1);
    }

    void anAccountHasNoMoreInFlightThanItMay()
    {
        DispatchFixture f;
        const qint64 account = f.addAccount({.inFlight = 3});
        const qint64 campaign = f.addCampaign(f.addTopic({account}), f.addresses(40));
        f.dispatcher->activate(campaign);
        f.run(1'000);
        QCOMPARE(f.count(campaign, DeliveryState::Sent), 40);
        QCOMPARE(f.platform.mostInFlight.value(account), 3);
    }

    void aSlowDestinationBlocksNoOther()
    {
        DispatchFixture f;
        const qint64 account = f.addAccount({.destinationPerSecond = 1});
        const qint64 campaign
            = f.addCampaign(f.addTopic({account}),
                            f.addresses(300, QStringLiteral("big.example")) + f.addresses(50, QStringLiteral("x.org")));
        // Fifty domains of their own behind the large one.
        f.write([campaign](Connection& connection) -> Status {
            connection.run(
                "UPDATE delivery SET address = 'p@d' || id || '.org' WHERE address LIKE '%@x.org' AND campaign_id = ?",
                campaign);
            return {};
        });
        f.dispatcher->activate(campaign);
        f.run(500);
        QCOMPARE(f.count(campaign, DeliveryState::Sent), 51);
        f.run(10'000);
        QCOMPARE(f.count(campaign, DeliveryState::Sent), 61);
        f.run(290'000);
        QCOMPARE(f.count(campaign, DeliveryState::Sent), 350);
        QCOMPARE(mostWithin(timesOf(f.platform.given).mid(51), 1'000), 1);
    }

    void whatFindsNoPlaceGoesBackToTheQueueAndComesInItsTurn()
    {
        DispatchFixture f;
        const qint64 account = f.addAccount({.destinationPerSecond = 10});
        const qint64 campaign = f.addCampaign(f.addTopic({account}), f.addresses(1'200));
        f.dispatcher->activate(campaign);
        f.run(60'000);
        const qint64 afterAMinute = f.count(campaign, DeliveryState::Sent);
        QVERIFY2(afterAMinute > 590 && afterAMinute <= 610, qPrintable(QString::number(afterAMinute)));
        f.run(70'000);
        QCOMPARE(f.count(campaign, DeliveryState::Sent), 1'200);
        for (const Delivery& delivery : f.deliveries(campaign)) {
            QCOMPARE(delivery.attempts, 1);
            QCOMPARE(f.history(delivery.id).size(), 3); // queued, sending, sent: putting it off is no event
        }
    }

    void destinationsHaveNoMoreInFlightThanTheyMay()
    {
        DispatchFixture f;
        f.platform.latencyMs = 100;
        const qint64 account = f.addAccount({.destinationInFlight = 2});
        const qint64 campaign = f.addCampaign(f.addTopic({account}), f.addresses(20));
        f.dispatcher->activate(campaign);
        f.run(999);
        QCOMPARE(f.count(campaign, DeliveryState::Sent), 18);
        QCOMPARE(f.platform.mostInFlight.value(account), 2);
        f.run(1);
        QCOMPARE(f.count(campaign, DeliveryState::Sent), 20);
    }

    // What waits for an answer of a destination must not wait for one that never comes.
    void aPlaceThatIsGivenBackGoesToTheNext()
    {
        DispatchFixture f;
        const qint64 topic = f.addTopic({f.addAccount({.destinationInFlight = 1})});
        const qint64 first = f.addCampaign(topic, f.addresses(3));
        const qint64 second = f.addCampaign(topic, f.addresses(3));
        f.dispatcher->activate(first);
        f.dispatcher->activate(second);
        f.settle();
        QCOMPARE(f.platform.given.size(), 1);
        // The second one's turn comes next, and the journal refuses what was cancelled meanwhile.
        for (Delivery delivery : f.deliveries(second)) {
            const bool cancelled = f.write([delivery](Connection& connection) mutable -> Result<bool> {
                return DeliveryRepository(connection).change(delivery, {DeliveryState::Cancelled}, 0);
            });
            QVERIFY(cancelled);
        }
        f.run(10'000);
        QCOMPARE(f.count(first, DeliveryState::Sent), 3);
        QCOMPARE(f.count(second, DeliveryState::Cancelled), 3);
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

    void aThrottleChangesWhileItRuns()
    {
        DispatchFixture f;
        const qint64 campaign = f.addCampaign(f.addTopic({f.addAccount()}), f.addresses(100), perMinute(60));
        f.dispatcher->activate(campaign);
        f.run(10'000);
        QCOMPARE(f.platform.given.size(), 11);
        const CampaignFlow flow = f.dispatcher->flows().value(campaign);
        QCOMPARE(flow.limitedBy, QStringLiteral("throttle"));
        QCOMPARE(flow.boundPerMinute, 60.0);
        QCOMPARE(flow.perMinute, double(f.count(campaign, DeliveryState::Sent)) * 6); // in ten seconds
        f.write([campaign](Connection& connection) -> Status {
            CampaignRepository(connection).setControl(campaign, perMinute(600));
            return {};
        });
        f.dispatcher->activate(campaign);
        f.run(5'000);
        QVERIFY(f.platform.given.size() >= 60 && f.platform.given.size() <= 71);
        f.write([campaign](Connection& connection) -> Status {
            CampaignRepository(connection).setControl(campaign, {});
            return {};
        });
        f.dispatcher->activate(campaign);
        f.run(1'000);
        QCOMPARE(f.count(campaign, DeliveryState::Sent), 100);
    }

    void campaignsShareAnAccountInTurn()
    {
        DispatchFixture f;
        const qint64 topic = f.addTopic({f.addAccount({.perSecond = 10, .burst = 1})});
        const qint64 large = f.addCampaign(topic, f.addresses(400));
        const qint64 small = f.addCampaign(topic, f.addresses(50, QStringLiteral("small.example")));
        f.dispatcher->activate(large);
        f.run(1'000);
        f.dispatcher->activate(small);
        const qint64 before = f.platform.given.size();
        f.run(4'000);
        const qint64 ofSmall = f.count(small, DeliveryState::Sent) + f.count(small, DeliveryState::Sending);
        const qint64 all = f.platform.given.size() - before;
        QVERIFY2(qAbs(ofSmall * 2 - all) <= 2, qPrintable(QStringLiteral("%1 of %2").arg(ofSmall).arg(all)));
    }

    void whatAPlatformAsksIsObeyedAndCostsNoAttempt()
    {
        DispatchFixture f;
        f.platform.answer = [&f](qint64, const Message&) {
            return f.platform.given.size() == 5
                ? ScriptedPlatform::wait(OutcomeKind::Throttled, 30'000, QStringLiteral("account"))
                : Outcome{0, OutcomeKind::Sent};
        };
        f.platform.capacity = 1;
        const qint64 account = f.addAccount();
        const qint64 campaign = f.addCampaign(f.addTopic({account}), f.addresses(10));
        f.dispatcher->activate(campaign);
        f.run(10'000);
        QCOMPARE(f.platform.given.size(), 5);
        const AccountCondition waits = f.dispatcher->conditions().value(account);
        QCOMPARE(waits.state, QStringLiteral("throttled"));
        QCOMPARE(waits.breaker, QStringLiteral("closed"));
        QCOMPARE(waits.waitsUntil, DispatchFixture::Start + f.platform.given.last().at + 10 + 30'000);
        QVERIFY(waits.perSecond > 0); // learned
        f.run(60'000);
        QCOMPARE(f.count(campaign, DeliveryState::Sent), 10);
        QVERIFY(f.platform.given.at(5).at >= f.platform.given.at(4).at + 30'010);
        for (const Delivery& delivery : f.deliveries(campaign))
            QCOMPARE(delivery.attempts, 1);
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

    void oneDestinationsThrottleSlowsItAlone()
    {
        DispatchFixture f;
        const QString gmail = QStringLiteral("gmail.com");
        f.platform.answer = [&](qint64, const Message& message) {
            return message.to.endsWith(gmail) && f.clock.steady() < 60'000
                ? ScriptedPlatform::wait(OutcomeKind::Throttled, 60'000, QStringLiteral("destination"))
                : Outcome{0, OutcomeKind::Sent};
        };
        const qint64 account = f.addAccount();
        const qint64 campaign = f.addCampaign(f.addTopic({account}), f.addresses(30, gmail) + f.addresses(300));
        f.dispatcher->activate(campaign);
        f.run(1'000);
        QCOMPARE(f.count(campaign, DeliveryState::Sent), 300);
        QCOMPARE(f.platform.given.size(), 330);
        const AccountCondition condition = f.dispatcher->conditions().value(account);
        QCOMPARE(condition.state, QStringLiteral("ok"));
        QCOMPARE(condition.slowDestinations, 1);
        f.run(120'000);
        QCOMPARE(f.count(campaign, DeliveryState::Sent), 330);
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

    void anAccountThatIsDownIsProbedByOneMessageAtATime()
    {
        DispatchFixture f;
        bool isDown = true;
        f.platform.answer = [&](qint64, const Message&) {
            return isDown ? ScriptedPlatform::wait(OutcomeKind::ProviderDown, 0) : Outcome{0, OutcomeKind::Sent};
        };
        f.platform.capacity = 20;
        const qint64 account = f.addAccount();
        const qint64 campaign = f.addCampaign(f.addTopic({account}), f.addresses(100));
        f.dispatcher->activate(campaign);
        f.run(100);
        QCOMPARE(f.platform.given.size(), 20);
        AccountCondition condition = f.dispatcher->conditions().value(account);
        QCOMPARE(condition.state, QStringLiteral("down"));
        QCOMPARE(condition.breaker, QStringLiteral("open"));
        QVERIFY(condition.waitsUntil > f.clock.now());
        const CampaignFlow flow = f.dispatcher->flows().value(campaign);
        QCOMPARE(flow.limitedBy, QStringLiteral("account_down:%1").arg(account));
        QCOMPARE(flow.opensAt, condition.waitsUntil);
        f.run(600'000);
        const QList<qint64> probes = timesOf(f.platform.given).mid(20);
        QVERIFY2(probes.size() >= 4 && probes.size() <= 12, qPrintable(QString::number(probes.size())));
        QCOMPARE(mostWithin(probes, 5'000), 1);
        isDown = false;
        f.run(301'000);
        QCOMPARE(f.count(campaign, DeliveryState::Sent), 100);
        condition = f.dispatcher->conditions().value(account);
        QCOMPARE(condition.breaker, QStringLiteral("closed"));
        for (const Delivery& delivery : f.deliveries(campaign))
            QCOMPARE(delivery.attempts, 1);
    }

    void aFlowNamesWhatHoldsItUp()
    {
        DispatchFixture f;
        const qint64 first = f.addAccount({.perSecond = 2, .burst = 1});
        const qint64 second = f.addAccount({.perSecond = 3, .burst = 1});
        const qint64 topic = f.addTopic({first, second});
        const qint64 campaign = f.addCampaign(topic, f.addresses(100), perMinute(1'000));
        f.write([&](Connection& connection) -> Status {
            connection.run("UPDATE delivery SET account_id = ?, route = 1 WHERE id % 2 = 0", second);
            return {};
        });
        const auto flow = [&] { return f.dispatcher->flows().value(campaign); };
        f.dispatcher->activate(campaign);
        f.run(2'000);
        QCOMPARE(flow().boundPerMinute, 300.0); // both together
        QCOMPARE(flow().limitedBy, QStringLiteral("account:%1").arg(first)); // the slower one
        QCOMPARE(flow().opensAt, 0);
        // The first asks for a wait: what goes is the second's.
        f.platform.answer = [&](qint64 account, const Message&) {
            return account == first ? ScriptedPlatform::wait(OutcomeKind::Throttled, 60'000, QStringLiteral("account"))
                                    : Outcome{0, OutcomeKind::Sent};
        };
        f.run(2'000);
        QCOMPARE(flow().boundPerMinute, 180.0);
        QCOMPARE(flow().limitedBy, QStringLiteral("account:%1").arg(second));
        f.run(30'000);
        // The second has nothing left: all waits for the first, which is not down.
        QCOMPARE(flow().limitedBy, QStringLiteral("account:%1").arg(first));
        QVERIFY(flow().opensAt > f.clock.now());
        QCOMPARE(flow().opensAt, f.dispatcher->conditions().value(first).waitsUntil);
        f.platform.answer = [](qint64, const Message&) { return Outcome{0, OutcomeKind::Sent}; };
        f.run(600'000);
        QCOMPARE(f.count(campaign, DeliveryState::Sent), 100);
        QCOMPARE(flow().limitedBy, QString()); // nothing waits
        QCOMPARE(flow().perMinute, 0.0);
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

    void changedLimitsHoldAtOnce()
    {
        DispatchFixture f;
        const qint64 account = f.addAccount({.perSecond = 1});
        const qint64 campaign = f.addCampaign(f.addTopic({account}), f.addresses(100));
        f.dispatcher->activate(campaign);
        f.run(5'000);
        QCOMPARE(f.platform.given.size(), 6);
        f.write([account](Connection& connection) -> Status {
            Account changed = *AccountRepository(connection).find(account);
            changed.limits.perSecond = 0;
            AccountRepository(connection).save(changed);
            return {};
        });
        f.dispatcher->reloadAccount(account);
        f.run(100);
        QCOMPARE(f.count(campaign, DeliveryState::Sent), 100);
    }
};

QTEST_GUILESS_MAIN(DispatcherTest)
#include "DispatcherTest.moc"
