// SPDX-License-Identifier: GPL-3.0-or-later
// On through the topic's next account, when one is down or has refused.
#include "engine/dispatch/NextAccount.h"
#include "engine/store/TriggerRepository.h"
#include "tests/unit/dispatch/DispatchFixture.h"

using namespace carillon;

class FailoverTest : public QObject {
    Q_OBJECT

private:
    static Outcome sent() { return Outcome{0, OutcomeKind::Sent}; }
    static Outcome says(OutcomeKind kind) { return ScriptedPlatform::wait(kind, 0); }

    // Two accounts and a campaign through the first; the second is there when the first is not.
    struct Pair {
        explicit Pair(int count, Topic topic = {}, const AccountLimits& secondsLimits = {})
            : first(f.addAccount())
            , second(f.addAccount(secondsLimits))
            , campaign(f.addCampaign(f.addTopic({first, second}, std::move(topic)), f.addresses(count)))
        {
        }
        qint64 sentThrough(qint64 account)
        {
            const QList<Delivery> all = f.deliveries(campaign);
            return std::count_if(all.begin(), all.end(), [account](const Delivery& delivery) {
                return delivery.state == DeliveryState::Sent && delivery.accountId == account;
            });
        }
        qint64 moves()
        {
            qint64 count = 0;
            for (const Delivery& delivery : f.deliveries(campaign))
                count += f.history(delivery.id).count(QStringLiteral("delivery.rerouted"));
            return count;
        }

        DispatchFixture f;
        qint64 first;
        qint64 second;
        qint64 campaign;
    };

private Q_SLOTS:
    void whatWasRefusedGoesOnThroughTheNextAccount()
    {
        Pair p(10);
        p.f.platform.answer
            = [&](qint64 account, const Message&) { return account == p.first ? says(OutcomeKind::Refused) : sent(); };
        p.f.dispatcher->activate(p.campaign);
        p.f.run(1'000);
        QHash<qint64, QString> keys;
        for (const ScriptedPlatform::Given& given : p.f.platform.givenTo(p.first))
            keys.insert(given.message.deliveryId, given.message.idempotencyKey);
        QCOMPARE(keys.size(), 10);
        for (const ScriptedPlatform::Given& given : p.f.platform.givenTo(p.second))
            QCOMPARE(given.message.idempotencyKey, keys.take(given.message.deliveryId));
        QVERIFY(keys.isEmpty());
        for (const Delivery& delivery : p.f.deliveries(p.campaign)) {
            QCOMPARE(delivery.state, DeliveryState::Sent);
            QCOMPARE(delivery.accountId, p.second);
            QCOMPARE(delivery.route, 1);
            QCOMPARE(delivery.attempts, 2);
            QCOMPARE(p.f.history(delivery.id),
                     (QStringList{QStringLiteral("delivery.queued"), QStringLiteral("delivery.sending"),
                                  QStringLiteral("delivery.retrying"), QStringLiteral("delivery.rerouted"),
                                  QStringLiteral("delivery.sending"), QStringLiteral("delivery.sent")}));
            const LogEntry moved = p.f.log(delivery.id).at(3);
            QCOMPARE(moved.accountId, p.second);
            QCOMPARE(moved.data.value(u"from_account").toInteger(), p.first);
            QCOMPARE(moved.data.value(u"reason").toString(),
                     QStringLiteral("Account 1 refused it: it goes on through Account 2."));
            QCOMPARE(p.f.log(delivery.id).at(1).accountId, p.first); // what was, is still told so
        }
    }

    void whomEveryAccountRefusesFailsOnce()
    {
        Pair p(10);
        p.f.platform.answer = [](qint64, const Message&) { return says(OutcomeKind::Refused); };
        p.f.dispatcher->activate(p.campaign);
        p.f.run(60'000);
        QCOMPARE(p.f.count(p.campaign, DeliveryState::Failed), 10);
        QCOMPARE(p.f.platform.givenTo(p.first).size(), 10);
        QCOMPARE(p.f.platform.givenTo(p.second).size(), 10);
    }

    void anAddressThatIsNoneIsAskedForOnce()
    {
        Pair p(10);
        p.f.platform.answer = [](qint64, const Message&) {
            Outcome outcome = says(OutcomeKind::Refused);
            outcome.suppressAddress = true;
            return outcome;
        };
        p.f.dispatcher->activate(p.campaign);
        p.f.run(60'000);
        QCOMPARE(p.f.count(p.campaign, DeliveryState::Bounced), 10);
        QCOMPARE(p.f.platform.given.size(), 10);
    }

    void whatMayHaveArrivedStaysWithItsAccount()
    {
        Pair p(10);
        p.f.platform.answer = [&](qint64, const Message&) {
            return says(p.f.platform.given.size() <= 10 ? OutcomeKind::Uncertain : OutcomeKind::Refused);
        };
        p.f.dispatcher->activate(p.campaign);
        p.f.run(3'600'000);
        QCOMPARE(p.f.count(p.campaign, DeliveryState::Failed), 10);
        QCOMPARE(p.f.platform.givenTo(p.second).size(), 0);
    }

    void whatWaitsForAnAccountThatIsDownGoesOnThroughTheNext()
    {
        Pair p(1'500);
        p.f.platform.answer
            = [&](qint64 account, const Message&) { return account == p.first ? says(OutcomeKind::ProviderDown) : sent(); };
        p.f.dispatcher->activate(p.campaign);
        p.f.run(10'000);
        QCOMPARE(p.sentThrough(p.second), 1'500);
        QVERIFY(p.f.platform.givenTo(p.first).size() <= 102); // what was on its way, and a probe or two
        for (const Delivery& delivery : p.f.deliveries(p.campaign))
            QCOMPARE(delivery.attempts, 1);
    }

    void aShortOutageMovesWhatIsSentMeanwhile()
    {
        Pair p(2'000, {}, {.perSecond = 10});
        p.f.platform.answer = [&](qint64 account, const Message&) {
            return account == p.first && p.f.clock.steady() < 4'000 ? says(OutcomeKind::ProviderDown) : sent();
        };
        p.f.dispatcher->activate(p.campaign);
        p.f.run(120'000);
        QCOMPARE(p.f.count(p.campaign, DeliveryState::Sent), 2'000);
        QVERIFY2(p.sentThrough(p.first) > 1'000, qPrintable(QString::number(p.sentThrough(p.first))));
        QVERIFY(p.sentThrough(p.second) > 40);
    }

    void whoseTopicSaysNoWaits()
    {
        Topic topic;
        topic.rules.nextAccount = false;
        Pair p(20, topic);
        bool isDown = true;
        p.f.platform.answer = [&](qint64, const Message&) { return isDown ? says(OutcomeKind::ProviderDown) : sent(); };
        p.f.dispatcher->activate(p.campaign);
        p.f.run(60'000);
        QCOMPARE(p.moves(), 0);
        isDown = false;
        p.f.run(600'000);
        QCOMPARE(p.sentThrough(p.first), 20);
    }

    void whenAllAreDownNothingMovesAndTheFirstToReturnHasItAll()
    {
        Pair p(600);
        qint64 isBack = 0;
        p.f.platform.answer
            = [&](qint64 account, const Message&) { return account == isBack ? sent() : says(OutcomeKind::ProviderDown); };
        p.f.dispatcher->activate(p.campaign);
        p.f.run(300'000);
        const qint64 moves = p.moves();
        QVERIFY2(moves <= 600, qPrintable(QString::number(moves)));
        p.f.run(900'000);
        QCOMPARE(p.moves(), moves);
        QCOMPARE(p.f.count(p.campaign, DeliveryState::Sent), 0);
        isBack = p.second;
        p.f.run(700'000);
        QCOMPARE(p.sentThrough(p.second), 600);
    }

    void anAccountThatCannotBeUsedIsPassedOver()
    {
        DispatchFixture f;
        const qint64 broken = f.addAccount({}, QStringLiteral("unheard-of"));
        const qint64 good = f.addAccount();
        const qint64 campaign = f.addCampaign(f.addTopic({broken, good}), f.addresses(700));
        f.dispatcher->activate(campaign);
        f.run(1'000);
        QCOMPARE(f.count(campaign, DeliveryState::Sent), 700);
        QCOMPARE(f.platform.givenTo(good).size(), 700);
    }

    void whatMustStayMakesRoomForWhatMayMove()
    {
        DispatchFixture f;
        f.platform.capacity = 1'000;
        const qint64 first = f.addAccount();
        const qint64 second = f.addAccount();
        const qint64 campaign = f.addCampaign(f.addTopic({first, second}), f.addresses(900));
        // The first five hundred may have arrived before.
        f.write([campaign](Connection& connection) -> Status {
            for (const Delivery& delivery : DeliveryRepository(connection).waiting(campaign, 500))
                LogRepository(connection)
                    .append({0, 1, QStringLiteral("delivery.uncertain"), QStringLiteral("engine"), campaign, delivery.id});
            return {};
        });
        bool isDown = true;
        f.platform.answer = [&](qint64 account, const Message&) {
            return account == first && isDown ? says(OutcomeKind::ProviderDown) : sent();
        };
        f.dispatcher->activate(campaign);
        f.run(300'000);
        QCOMPARE(f.platform.givenTo(second).size(), 400);
        isDown = false;
        f.run(400'000);
        QCOMPARE(f.count(campaign, DeliveryState::Sent), 900);
        QCOMPARE(f.platform.givenTo(second).size(), 400);
    }

    void aPauseInTheMidstLosesNothing()
    {
        Pair p(1'000);
        p.f.platform.answer
            = [&](qint64 account, const Message&) { return account == p.first ? says(OutcomeKind::ProviderDown) : sent(); };
        for (int i = 0; i < 20; ++i) {
            p.f.dispatcher->activate(p.campaign);
            for (int step = 0; step <= i; ++step)
                QCoreApplication::processEvents();
            p.f.dispatcher->deactivate(p.campaign);
        }
        p.f.dispatcher->activate(p.campaign);
        p.f.run(60'000);
        QCOMPARE(p.f.count(p.campaign, DeliveryState::Sent), 1'000);
        QVERIFY(p.f.platform.givenTo(p.second).size() <= 1'000);
    }

    void aFixedDestinationIsFollowedByTheSameAlone()
    {
        DispatchFixture f;
        const QString room = QStringLiteral("ops@example.org");
        const QList<qint64> accounts{f.addAccount(), f.addAccount(), f.addAccount(), f.addAccount()};
        const qint64 topic = f.addTopic(accounts);
        f.write([&](Connection& connection) -> Status {
            TopicRepository(connection)
                .replaceRoutes(topic,
                               {{0, topic, accounts[0], 0, room},
                                {0, topic, accounts[1], 1, {}},
                                {0, topic, accounts[2], 2, QStringLiteral("others@example.org")},
                                {0, topic, accounts[3], 3, room}});
            return {};
        });
        Delivery delivery;
        delivery.topicId = topic;
        delivery.channel = QStringLiteral("email");
        delivery.address = room;
        delivery.accountId = accounts[0];
        const MoveOn down{MoveOn::Why::Down, {accounts[0]}};
        const MoveOn bothDown{MoveOn::Why::Down, {accounts[0], accounts[3]}};
        const MoveOn refused{MoveOn::Why::Refused, {}};
        const auto goesOn = [&](const MoveOn& moveOn) {
            return f.read(
                [&](Connection& connection) -> Result<bool> { return NextAccount(connection).exists(delivery, moveOn); });
        };
        QVERIFY(goesOn(down));
        QVERIFY(!goesOn(bothDown));
        QVERIFY(goesOn(refused));
        delivery.accountId = accounts[3];
        delivery.route = 3;
        QVERIFY(!goesOn(refused)); // nobody refuses it twice
        QVERIFY(goesOn({MoveOn::Why::Down, {accounts[3]}})); // but the first may be back
    }

    void triggersGoOnToo()
    {
        Pair p(0);
        const auto source = p.f.read([&](Connection& connection) -> Result<Delivery> {
            Delivery delivery;
            delivery.topicId = CampaignRepository(connection).find(p.campaign)->topicId;
            return delivery;
        });
        const Delivery delivery = p.f.write([&](Connection& connection) -> Result<Delivery> {
            Delivery made = source;
            Contact contact;
            contact.addresses = {{0, 0, QStringLiteral("email"), QStringLiteral("a@b.org"), AddressState::Active}};
            made.contactId = ContactRepository(connection).insert(contact);
            Trigger trigger;
            trigger.topicId = made.topicId;
            trigger.createdAt = DispatchFixture::Start;
            made.triggerId = TriggerRepository(connection).insert(trigger);
            made.accountId = p.first;
            made.channel = QStringLiteral("email");
            made.address = QStringLiteral("a@b.org");
            made.dueAt = made.createdAt = DispatchFixture::Start;
            made.id = DeliveryRepository(connection).insertQueued(made, QStringLiteral("test"));
            return made;
        });
        p.f.platform.answer = [&](qint64 account, const Message&) {
            return account == p.first ? ScriptedPlatform::wait(OutcomeKind::ProviderDown, 900'000) : sent();
        };
        p.f.dispatcher->activateTriggers();
        p.f.run(1'000);
        QCOMPARE(p.f.platform.givenTo(p.first).size(), 1);
        QCOMPARE(p.f.platform.givenTo(p.second).size(), 1);
        QCOMPARE(p.f.history(delivery.id).last(), QStringLiteral("delivery.sent"));
    }
};

QTEST_GUILESS_MAIN(FailoverTest)
#include "FailoverTest.moc"
