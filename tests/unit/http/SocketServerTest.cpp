// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/http/SocketRoom.h"

using namespace carillon;

// What a client says, and what it is told.
class SocketServerTest : public SocketRoom {
    Q_OBJECT

private Q_SLOTS:
    void init() { open(); }
    void cleanup() { stop(); }

    void welcomesAndStreams()
    {
        append(3);
        Dashboard dashboard;
        greet(dashboard);
        QCOMPARE(dashboard.socket().subprotocol(), u"carillon.v1"_qs);
        QVERIFY(dashboard.reply(1).value(u"ok").toBool());
        const QJsonObject welcome = dashboard.push(u"welcome"_qs);
        QCOMPARE(welcome.value(u"epoch").toString(), u"w-1"_qs);
        QCOMPARE(welcome.value(u"seq").toInt(), 3);
        QCOMPARE(welcome.value(u"recovered").toBool(), false);
        QCOMPARE(welcome.value(u"expires_in").toInt(), 3'599); // tokens count whole seconds
        append(1, u"delivery.failed"_qs, 7); // between welcome and subscribe: not lost
        dashboard.say(R"({"id":2,"op":"subscribe","types":["delivery.*"]})");
        QVERIFY(dashboard.reply(2).value(u"ok").toBool());
        append(2);
        QTRY_COMPARE(dashboard.seqs(), (QList<qint64>{4, 5, 6}));
        const QJsonObject event = dashboard.push(u"event"_qs);
        QCOMPARE(event.value(u"type").toString(), u"delivery.failed"_qs);
        QCOMPARE(event.value(u"campaign").toInt(), 7);
        QCOMPARE(event.value(u"channel").toString(), u"email"_qs);
        QCOMPARE(event.value(u"time").toString(), u"2023-11-14T22:13:20.004Z"_qs);
        QCOMPARE(m_sockets->clients().first().subject, u"anna"_qs);
    }

    void takesTheTokenAsSubprotocol()
    {
        append(2);
        Dashboard dashboard;
        QVERIFY(dashboard.open(m_port, {u"carillon.v1"_qs, u"bearer."_qs + QString::fromLatin1(token())}));
        QVERIFY(!dashboard.push(u"welcome"_qs).isEmpty());
        dashboard.received.clear();
        dashboard.say(R"({"id":1,"op":"hello","resume":{"epoch":"w-1","seq":1}})");
        QCOMPARE(dashboard.push(u"welcome"_qs).value(u"recovered").toBool(), true);
        dashboard.say(R"({"id":2,"op":"hello"})");
        QCOMPARE(dashboard.errorOf(2), u"bad_request"_qs);
        Dashboard forged;
        QVERIFY(!forged.open(m_port, {u"carillon.v1"_qs, u"bearer.aaa.bbb.ccc"_qs}));
        QVERIFY(forged.socket().errorString().contains(u"401"_qs));
        Dashboard poor;
        QVERIFY(!poor.open(m_port, {u"carillon.v1"_qs, u"bearer."_qs + QString::fromLatin1(token(1'000, {u"other"_qs}))}));
        QVERIFY(poor.socket().errorString().contains(u"403"_qs));
    }

    void refusesBadTokens()
    {
        const QList<QPair<QByteArray, int>> cases{
            {"", 4401}, {"rubbish", 4401}, {token(-60'000), 4401}, {token(1'000, {u"other"_qs}), 4403}};
        for (const auto& [bad, code] : cases) {
            Dashboard dashboard;
            QVERIFY(dashboard.open(m_port));
            dashboard.say("{\"id\":1,\"op\":\"hello\",\"token\":\"" + bad + "\"}");
            QCOMPARE(dashboard.closeCode(), code);
            QVERIFY(!dashboard.errorOf(1).isEmpty());
        }
        QTRY_COMPARE(m_sockets->clientCount(), 0);
    }

    void resumesWhereItWas()
    {
        append(10);
        Dashboard dashboard;
        greet(dashboard, R"(,"resume":{"epoch":"w-1","seq":4})");
        QCOMPARE(dashboard.push(u"welcome"_qs).value(u"recovered").toBool(), true);
        dashboard.say(R"({"id":2,"op":"subscribe","types":["*"]})");
        append(1);
        QTRY_COMPARE(dashboard.seqs(), (QList<qint64>{5, 6, 7, 8, 9, 10, 11}));
    }

    void doesNotResumeWhatIsVoid_data()
    {
        QTest::addColumn<QByteArray>("resume");
        QTest::newRow("other workspace") << QByteArray(R"(,"resume":{"epoch":"w-2","seq":4})");
        QTest::newRow("from the future") << QByteArray(R"(,"resume":{"epoch":"w-1","seq":400})");
        QTest::newRow("too far back") << QByteArray(R"(,"resume":{"epoch":"w-1","seq":1})");
        QTest::newRow("nonsense") << QByteArray(R"(,"resume":{"epoch":"w-1","seq":"x"})");
    }

    void doesNotResumeWhatIsVoid()
    {
        QFETCH(QByteArray, resume);
        SocketServerOptions options;
        options.maxReplay = 5;
        start(options);
        append(10);
        Dashboard dashboard;
        greet(dashboard, resume);
        QCOMPARE(dashboard.push(u"welcome"_qs).value(u"recovered").toBool(), false);
        QCOMPARE(dashboard.push(u"welcome"_qs).value(u"from").toInt(), 10);
    }

    void beginsWithATail()
    {
        append(10);
        Dashboard dashboard;
        greet(dashboard, R"(,"tail":3)");
        dashboard.say(R"({"id":2,"op":"subscribe","types":["*"]})");
        QTRY_COMPARE(dashboard.seqs(), (QList<qint64>{8, 9, 10}));
    }

    void filtersAndUnsubscribes()
    {
        Dashboard dashboard;
        greet(dashboard);
        dashboard.say(
            R"({"id":2,"op":"subscribe","subscriptions":[{"types":["delivery.sent"],"filter":{"campaign":7}},{"types":["campaign.*"]}]})");
        QVERIFY(dashboard.reply(2).value(u"ok").toBool());
        append(1, u"delivery.sent"_qs, 7);
        append(1, u"delivery.sent"_qs, 8);
        append(1, u"delivery.failed"_qs, 7);
        append(1, u"campaign.paused"_qs, 8);
        QTRY_COMPARE(dashboard.seqs(), (QList<qint64>{1, 4}));
        dashboard.say(R"({"id":3,"op":"unsubscribe","types":["campaign.*"]})");
        QVERIFY(dashboard.reply(3).value(u"ok").toBool());
        append(1, u"campaign.paused"_qs, 8);
        append(1, u"delivery.sent"_qs, 7);
        QTRY_COMPARE(dashboard.seqs(), (QList<qint64>{1, 4, 6}));
    }

    void explainsBadCommands()
    {
        Dashboard dashboard;
        QVERIFY(dashboard.open(m_port));
        dashboard.say(R"({"id":9,"op":"subscribe","types":["*"]})");
        QCOMPARE(dashboard.errorOf(9), u"unauthenticated"_qs);
        dashboard.say("{\"id\":1,\"op\":\"hello\",\"token\":\"" + token() + "\"}");
        const QList<QPair<QByteArray, QString>> cases{
            {R"("op":"dance")", u"unknown_op"_qs},
            {R"("op":"subscribe")", u"invalid_input"_qs},
            {R"("op":"subscribe","types":["UPPER"])", u"invalid_input"_qs},
            {R"("op":"subscribe","types":["a*b"])", u"invalid_input"_qs},
            {R"("op":"subscribe","types":["a"],"filter":{"colour":1})", u"invalid_input"_qs},
            {R"("op":"subscribe","types":["a"],"filter":{"campaign":"7"})", u"invalid_input"_qs},
            {R"("op":"subscribe","types":["a"],"filter":[1])", u"invalid_input"_qs},
            {R"("op":"subscribe","types":[)" + QByteArray("\"a\",").repeated(50) + R"("b"])", u"limit_exceeded"_qs},
            {R"("op":"hello","token":"x")", u"bad_request"_qs},
            {R"("op":"refresh","token":"x")", u"unauthenticated"_qs},
        };
        int id = 10;
        for (const auto& [command, code] : cases) {
            dashboard.say("{\"id\":" + QByteArray::number(++id) + "," + command + "}");
            QCOMPARE(dashboard.errorOf(id), code);
        }
        dashboard.say("{\"id\":99,\"op\":\"subscribe\",\"types\":[\"*\"]}"); // and it goes on
        QVERIFY(dashboard.reply(99).value(u"ok").toBool());
    }

    void closesOnBadMessages_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<int>("code");
        QTest::newRow("not JSON") << QByteArray("hello") << 4400;
        QTest::newRow("array") << QByteArray("[1]") << 4400;
        QTest::newRow("no id") << QByteArray(R"({"op":"ping"})") << 4400;
        QTest::newRow("negative id") << QByteArray(R"({"id":-1,"op":"ping"})") << 4400;
        QTest::newRow("no op") << QByteArray(R"({"id":1})") << 4400;
        QTest::newRow("too deep") << QByteArray("{\"id\":2,\"op\":\"x\",\"a\":" + QByteArray(5'000, '[')) << 4400;
        QTest::newRow("too long") << QByteArray(70'000, 'x') << 1009;
        QTest::newRow("binary") << QByteArray() << 1003;
    }

    void closesOnBadMessages()
    {
        QFETCH(QByteArray, message);
        QFETCH(int, code);
        Dashboard dashboard;
        greet(dashboard);
        if (message.isEmpty())
            dashboard.socket().sendBinaryMessage("\x01\x02");
        else
            dashboard.say(message);
        QCOMPARE(dashboard.closeCode(), code);
        QTRY_COMPARE(m_sockets->clientCount(), 0);
    }

    void limitsTheRateOfCommands()
    {
        Dashboard dashboard;
        greet(dashboard);
        for (int id = 2; id <= 22; ++id)
            dashboard.say("{\"id\":" + QByteArray::number(id) + ",\"op\":\"unsubscribe\",\"types\":[\"a\"]}");
        QVERIFY(dashboard.reply(20).value(u"ok").toBool());
        QCOMPARE(dashboard.errorOf(22), u"rate_limited"_qs);
        m_clock.advance(1'000);
        dashboard.say(R"({"id":30,"op":"ping"})");
        QVERIFY(dashboard.reply(30).value(u"ok").toBool());
        dashboard.say(R"({"id":31,"op":"ping"})");
        QCOMPARE(dashboard.errorOf(31), u"rate_limited"_qs);
        for (int id = 100; id < 200; ++id)
            dashboard.say("{\"id\":" + QByteArray::number(id) + ",\"op\":\"unsubscribe\",\"types\":[\"a\"]}");
        QCOMPARE(dashboard.closeCode(), 1008);
    }

    void anInboxShowsItsContactAndNothingElse()
    {
        const auto tokenOf = [&](qint64 contact, const QString& externalId) {
            return *key().sign(inboxClaims({contact, externalId}, m_clock.now(), 60'000));
        };
        const auto happen = [&](const QString& type, qint64 contact) {
            LogEntry entry;
            entry.type = type;
            entry.contactId = contact;
            m_log->append(entry);
        };
        Dashboard page;
        QVERIFY(page.open(m_port));
        page.say("{\"id\":1,\"op\":\"hello\",\"token\":\"" + tokenOf(17, u"ana"_qs) + "\"}");
        QVERIFY(!page.push(u"welcome"_qs).isEmpty());
        int id = 1;
        for (const char* tooMuch : {R"("types":["*"])", R"("types":["notification.*","delivery.*"])",
                                    R"("types":["queue.stats"])", R"("types":["notification.*"],"filter":{"contact":18})",
                                    R"("subscriptions":[{"types":["notification.read"]},{"types":["delivery.sent"]}])"}) {
            ++id;
            page.say("{\"id\":" + QByteArray::number(id) + R"(,"op":"subscribe",)" + tooMuch + "}");
            QCOMPARE(page.errorOf(id), u"forbidden"_qs);
        }
        page.say(R"({"id":20,"op":"subscribe","types":["notification.*"]})");
        QVERIFY(page.reply(20).value(u"ok").toBool());
        happen(u"notification.created"_qs, 18);
        happen(u"delivery.sent"_qs, 17);
        happen(u"notification.created"_qs, 17);
        happen(u"notification.created"_qs, 0);
        happen(u"notification.read"_qs, 17);
        append(0);
        QTRY_COMPARE(page.seqs(), (QList<qint64>{3, 5}));
        page.say("{\"id\":21,\"op\":\"refresh\",\"token\":\"" + tokenOf(18, u"ana"_qs) + "\"}");
        QCOMPARE(page.errorOf(21), u"forbidden"_qs);
        page.say("{\"id\":22,\"op\":\"refresh\",\"token\":\"" + tokenOf(17, u"ana"_qs) + "\"}");
        QVERIFY(page.reply(22).value(u"ok").toBool());
        page.say(R"({"id":23,"op":"unsubscribe","types":["notification.*"]})");
        QVERIFY(page.reply(23).value(u"ok").toBool());
        happen(u"notification.created"_qs, 17);
        append(0);
        page.say(R"({"id":24,"op":"ping"})");
        QVERIFY(!page.reply(24).isEmpty());
        QCOMPARE(page.seqs().size(), 2);
    }

    // The scope alone, as "inbox" in a token that names nobody, opens nothing.
    void anInboxOfNobodyIsRefused()
    {
        Dashboard page;
        QVERIFY(page.open(m_port));
        page.say("{\"id\":1,\"op\":\"hello\",\"token\":\"" + token(60'000, {u"inbox"_qs}) + "\"}");
        QCOMPARE(page.closeCode(), 4403);
    }

    void sendsTheLatestStatsOnceASecond()
    {
        Dashboard dashboard;
        greet(dashboard);
        m_clock.advance(2'000);
        dashboard.say(R"({"id":2,"op":"subscribe","types":["queue.stats"]})");
        QVERIFY(dashboard.reply(2).value(u"ok").toBool());
        for (int i = 1; i <= 100; ++i)
            m_sockets->setStats({{QStringLiteral("queued"), i}});
        m_clock.advance(500);
        const QJsonObject stats = dashboard.push(u"event"_qs);
        QCOMPARE(stats.value(u"type").toString(), u"queue.stats"_qs);
        QCOMPARE(stats.value(u"data").toObject().value(u"queued").toInt(), 100);
        QVERIFY(!stats.contains(u"seq"));
        Dashboard late; // gets the last one at once
        greet(late);
        late.say(R"({"id":2,"op":"subscribe","types":["queue.*"]})");
        QCOMPARE(late.push(u"event"_qs).value(u"data").toObject().value(u"queued").toInt(), 100);
    }
};

QTEST_GUILESS_MAIN(SocketServerTest)
#include "SocketServerTest.moc"
