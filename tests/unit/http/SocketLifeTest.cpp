// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/http/SocketRoom.h"

using namespace carillon;

// Who is let in, how long a connection lives, and how it ends.
class SocketLifeTest : public SocketRoom {
    Q_OBJECT

private Q_SLOTS:
    void init() { open(); }
    void cleanup() { stop(); }

    void checksOrigins_data()
    {
        QTest::addColumn<QByteArray>("origin");
        QTest::addColumn<bool>("allowed");
        QTest::newRow("none") << QByteArray() << true;
        QTest::newRow("same host") << QByteArray("SAME") << true;
        QTest::newRow("configured") << QByteArray("https://shop.example") << true;
        QTest::newRow("other port") << QByteArray("http://localhost:1") << false;
        QTest::newRow("foreign") << QByteArray("https://evil.example") << false;
        QTest::newRow("null") << QByteArray("null") << false;
        QTest::newRow("looks like") << QByteArray("https://shop.example.evil.example") << false;
    }

    void checksOrigins()
    {
        QFETCH(QByteArray, origin);
        QFETCH(bool, allowed);
        SocketServerOptions options;
        options.origins = {u"https://shop.example"_qs};
        start(options);
        if (origin == "SAME")
            origin = "http://localhost:" + QByteArray::number(m_port);
        Dashboard dashboard;
        QCOMPARE(dashboard.open(m_port, {u"carillon.v1"_qs}, origin), allowed);
        QCOMPARE(dashboard.socket().errorString().contains(u"403"_qs), !allowed);
    }

    void turnsAwayTooManyClients()
    {
        SocketServerOptions options;
        options.maxClients = 1;
        start(options);
        Dashboard first;
        QVERIFY(first.open(m_port));
        Dashboard second;
        QVERIFY(!second.open(m_port));
        QVERIFY(second.socket().errorString().contains(u"503"_qs));
    }

    void tellsClientsOfOtherProtocols()
    {
        Dashboard dashboard;
        dashboard.open(m_port, {u"carillon.v9"_qs});
        QTRY_COMPARE(m_sockets->clientCount(), 0);
        Dashboard plain; // offers none: taken
        QVERIFY(plain.open(m_port, {}));
    }

    void wantsAHelloInTime()
    {
        Dashboard dashboard;
        QVERIFY(dashboard.open(m_port));
        QTRY_COMPARE(m_sockets->clientCount(), 1);
        m_clock.advance(6'000);
        QCOMPARE(dashboard.closeCode(), 4408);
    }

    void beatsTheHeart()
    {
        Dashboard dashboard;
        greet(dashboard);
        m_clock.advance(26'000);
        QVERIFY(!dashboard.push(u"ping"_qs).isEmpty());
        QVERIFY(dashboard.isHeard());
        m_clock.advance(20'000);
        QVERIFY(dashboard.isHeard());
        QCOMPARE(m_sockets->clientCount(), 1);
        m_clock.advance(36'000); // in which nothing can come
        QTRY_COMPARE(m_sockets->clientCount(), 0);
    }

    void warnsThenClosesWhenTheTokenEnds()
    {
        Dashboard dashboard;
        QVERIFY(dashboard.open(m_port));
        dashboard.say("{\"id\":1,\"op\":\"hello\",\"token\":\"" + token(70'000) + "\"}");
        QVERIFY(!dashboard.push(u"welcome"_qs).isEmpty());
        m_clock.advance(11'000);
        QVERIFY(dashboard.push(u"expiring"_qs).value(u"in").toInt() <= 60);
        dashboard.say("{\"id\":2,\"op\":\"refresh\",\"token\":\"" + token(90'000, {u"feed:read"_qs}, u"bert"_qs) + "\"}");
        QCOMPARE(dashboard.errorOf(2), u"forbidden"_qs);
        dashboard.say("{\"id\":3,\"op\":\"refresh\",\"token\":\"" + token(90'000) + "\"}");
        QVERIFY(dashboard.reply(3).value(u"ok").toBool());
        for (int i = 0; i < 8; ++i) {
            m_clock.advance(10'000);
            QVERIFY(dashboard.isHeard());
        }
        QCOMPARE(m_sockets->clientCount(), 1);
        m_clock.advance(11'000);
        QCOMPARE(dashboard.closeCode(), 4401);
    }

    // A client that stops reading makes the server hold no more than a few batches, is closed, and loses nothing when it
    // resumes.
    void closesAClientThatDoesNotRead()
    {
        Dashboard deaf;
        greet(deaf);
        deaf.say(R"({"id":2,"op":"subscribe","types":["*"]})");
        QVERIFY(deaf.reply(2).value(u"ok").toBool());
        deaf.socket().setReadBufferSize(1'000);
        Dashboard brisk;
        greet(brisk);
        brisk.say(R"({"id":2,"op":"subscribe","types":["*"]})");
        QVERIFY(brisk.reply(2).value(u"ok").toBool());
        const QJsonObject data{{QStringLiteral("text"), QString(1'000, u'x')}};
        constexpr int Count = 20'000; // some 20 MB, more than the kernel holds
        for (int i = 0; i < Count; ++i)
            m_log->append(u"delivery.sent"_qs, 0, data);
        m_log->announce();
        m_clock.advance(25);
        QTRY_COMPARE_WITH_TIMEOUT(brisk.seqs().size(), Count, 20'000);
        QCOMPARE(m_sockets->clientCount(), 2);
        qint64 sent = 0;
        for (const SocketClientInfo& client : m_sockets->clients())
            sent = client.seq < Count ? client.sentBytes : sent;
        QVERIFY2(sent > 0 && sent < 15'000'000, qPrintable(QString::number(sent)));
        m_clock.advance(11'000);
        m_clock.advance(6'000); // it does not take the close either
        QTRY_COMPARE(m_sockets->clientCount(), 1);
    }

    void tellsOfAGapAndGoesOn()
    {
        FeedLimits limits;
        limits.maxLag = 3'000;
        start({}, limits);
        Dashboard slow;
        greet(slow);
        slow.say(R"({"id":2,"op":"subscribe","types":["*"]})");
        QVERIFY(slow.reply(2).value(u"ok").toBool());
        slow.socket().setReadBufferSize(1'000);
        const QJsonObject data{{QStringLiteral("text"), QString(1'000, u'x')}};
        for (int i = 0; i < 20'000; ++i)
            m_log->append(u"delivery.sent"_qs, 0, data);
        m_log->announce();
        m_clock.advance(25);
        QTest::qWait(500);
        append(1);
        QTest::qWait(100);
        append(5);
        slow.socket().setReadBufferSize(0);
        QTRY_VERIFY_WITH_TIMEOUT(!slow.seqs().isEmpty() && slow.seqs().last() == 20'006, 20'000);
        const QJsonObject gap = slow.push(u"gap"_qs);
        QVERIFY(!gap.isEmpty());
        const qint64 from = gap.value(u"from").toInteger();
        const qint64 to = gap.value(u"to").toInteger();
        qint64 last = 0; // every entry came, or lies in the gap
        for (const qint64 seq : slow.seqs()) {
            QVERIFY2(seq == last + 1 || (last == from - 1 && seq == to + 1),
                     qPrintable(u"%1 after %2"_qs.arg(seq).arg(last)));
            last = seq;
        }
    }

    void saysBye()
    {
        Dashboard dashboard;
        greet(dashboard);
        m_sockets->stop(1001, u"shutdown"_qs, 3);
        QCOMPARE(dashboard.closeCode(), 1001);
        const QJsonObject bye = dashboard.push(u"bye"_qs);
        QCOMPARE(bye.value(u"retry_after").toInt(), 3);
        QCOMPARE(bye.value(u"reconnect").toBool(), true);
        Dashboard late;
        QVERIFY(!late.open(m_port));
    }

    void survivesAbruptEnds()
    {
        for (int i = 0; i < 30; ++i) {
            Dashboard dashboard;
            greet(dashboard);
            dashboard.say(R"({"id":2,"op":"subscribe","types":["*"]})");
            append(50);
            if (i % 2 == 0)
                QTest::qWait(1);
            dashboard.socket().abort();
        }
        QTRY_COMPARE(m_sockets->clientCount(), 0);
    }
};

QTEST_GUILESS_MAIN(SocketLifeTest)
#include "SocketLifeTest.moc"
