// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/OverviewService.h"

#include "engine/service/AccountService.h"
#include "engine/store/EngagementRepository.h"
#include "tests/unit/service/SendingRoom.h"

using namespace carillon;

// What the overview says of accounts and campaigns while the engine is at work.
class OverviewServiceTest : public QObject {
    Q_OBJECT

private:
    const QString email = QStringLiteral("email");
    std::unique_ptr<SendingRoom> m_room;
    std::unique_ptr<AccountService> m_accounts;
    std::unique_ptr<OverviewService> m_overview;
    qint64 m_account = 0;
    qint64 m_topic = 0;

    template <typename T>
    Result<T> answerOf(const Future<T>& future)
    {
        if (!m_room->until([&] { return future.isFinished(); }))
            qFatal("No answer came");
        return future.result();
    }
    AccountHealth health()
    {
        const Result<Overview> overview = answerOf(m_overview->now());
        return overview && !overview->accounts.isEmpty() ? overview->accounts.first() : AccountHealth();
    }
    // Sends one message through the account; gives its delivery.
    qint64 sendTo(const char* address)
    {
        const QByteArray to = QByteArray("{'channel': 'email', 'address': '") + address + "'}";
        QByteArray json = "{'topic': 'news', 'to': " + to + '}';
        const auto answer = m_room->trigger(json.replace('\'', '"'));
        return answer ? answer->recipients.first().deliveryIds.value(0) : 0;
    }
    void setLimit(double perSecond)
    {
        const Account account = answerOf(m_accounts->list())->first().account;
        Account changed = account;
        changed.limits.perSecond = perSecond;
        QVERIFY(answerOf(m_accounts->save(m_room->ann, changed, {})));
    }

private Q_SLOTS:
    void init()
    {
        m_room = std::make_unique<SendingRoom>();
        m_accounts = std::make_unique<AccountService>(*m_room->store, m_room->clock, m_room->registry, m_room->vault,
                                                      *m_room->dispatch);
        m_overview = std::make_unique<OverviewService>(*m_room->store, m_room->clock, *m_room->dispatch);
        m_account = m_room->account(QStringLiteral("Relay"), email);
        m_topic = m_room->topic(QStringLiteral("news"), {{m_account, email}});
        m_room->dispatch->start();
    }
    void cleanup()
    {
        m_overview.reset();
        m_accounts.reset();
        m_room.reset();
    }

    void anAccountsLimitIsTold()
    {
        setLimit(7);
        const qint64 delivery = sendTo("anna@b.example");
        QVERIFY(m_room->until([&] { return m_room->isSent(delivery); }));
        const AccountHealth now = health();
        QCOMPARE(now.state, QStringLiteral("ok"));
        QCOMPARE(now.breaker, QStringLiteral("closed"));
        QCOMPARE(now.limitPerSecond, 7.0);
        QCOMPARE(now.perSecond, 7.0);
        QCOMPARE(now.sentLastMinute, 1);
    }

    void anOpenBreakerIsTold()
    {
        for (int i = 0; i < 3; ++i)
            QVERIFY(sendTo("down@b.example") != 0);
        QVERIFY(m_room->until([&] { return health().breaker == QStringLiteral("open"); }));
        const AccountHealth now = health();
        QCOMPARE(now.state, QStringLiteral("down"));
        QVERIFY(now.waitsUntil > m_room->clock.now());
    }

    void aFailedCheckStandsUntilSomethingGoesOut()
    {
        QCOMPARE(health().checkedAt, 0);
        QVERIFY(answerOf(m_accounts->testSend(m_room->ann, m_account, QStringLiteral("down@b.example"))));
        QCOMPARE(health().checkError, QStringLiteral("Simulated: the platform is down"));
        const qint64 checkedAt = health().checkedAt;
        QVERIFY(checkedAt > 0 && checkedAt <= m_room->clock.now());
        // What one message is refused for says nothing of the account.
        QVERIFY(answerOf(m_accounts->testSend(m_room->ann, m_account, QStringLiteral("refuse@b.example"))));
        QVERIFY(!health().checkError.isEmpty());
        m_room->pass(10);
        const qint64 delivery = sendTo("anna@b.example");
        QVERIFY(m_room->until([&] { return m_room->isSent(delivery); }));
        QCOMPARE(health().checkError, QString());
        QCOMPARE(health().checkedAt, checkedAt);
    }

    void aGoodCheckOrOtherSettingsEndIt()
    {
        QVERIFY(answerOf(m_accounts->testSend(m_room->ann, m_account, QStringLiteral("down@b.example"))));
        QVERIFY(!health().checkError.isEmpty());
        QVERIFY(answerOf(m_accounts->probe(m_account)));
        QVERIFY(health().checkError.isEmpty() && health().checkedAt > 0);
        QVERIFY(answerOf(m_accounts->testSend(m_room->ann, m_account, QStringLiteral("down@b.example"))));
        QVERIFY(!health().checkError.isEmpty());
        setLimit(3);
        QVERIFY(m_room->until([&] { return health().checkedAt == 0; }));
    }

    // Delivered is what the platform says, or what was read whatever it says.
    void whatWasReadIsCounted()
    {
        Campaign campaign;
        campaign.name = QStringLiteral("All");
        campaign.audience.everyone = true;
        for (const char* name : {"a", "b", "c", "d"})
            m_room->contact(QString::fromLatin1(name), {{email, QString::fromLatin1(name) + u"@b.example"}});
        campaign.topicId = m_topic;
        const Result<qint64> id = answerOf(m_room->campaigns->save(m_room->ann, campaign));
        QVERIFY(id);
        QVERIFY(answerOf(m_room->campaigns->schedule(m_room->ann, *id, 0)));
        QVERIFY(m_room->until([&] { return m_room->areAll(email, DeliveryState::Sent, 4); }, 60'000));
        CampaignReception reception = *answerOf(m_room->campaigns->reception(*id));
        QCOMPARE(reception.delivered, 0);
        QCOMPARE(reception.read, 0);
        const QList<Delivery> all = m_room->all();
        m_room->write([&](Connection& connection) {
            EngagementRepository engagements(connection);
            for (const char* kind : {"read", "clicked"}) // once for each delivery, whatever was done with it
                engagements.add(all.at(0).id, QString::fromLatin1(kind), 1);
            engagements.add(all.at(1).id, QStringLiteral("opened"), 1);
            connection.run("UPDATE delivery SET state = 'delivered' WHERE id IN (?, ?)", all.at(1).id, all.at(2).id);
            return 0;
        });
        reception = *answerOf(m_room->campaigns->reception(*id));
        QCOMPARE(reception.delivered, 3);
        QCOMPARE(reception.read, 2);
    }
};

QTEST_GUILESS_MAIN(OverviewServiceTest)
#include "OverviewServiceTest.moc"
