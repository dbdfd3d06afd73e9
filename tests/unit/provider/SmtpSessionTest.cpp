// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/provider/SmtpWire.h"

#include <QTest>

using namespace carillon;

class SmtpSessionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sendsBodyAndNextEnvelopeTogether()
    {
        Wire wire(plainSettings());
        wire.loginPipelined();
        QCOMPARE(wire.submit(job(1)), envelope(1));
        QVERIFY(!wire.session.wantsJob());
        wire.session.receive(accepted);
        QVERIFY(wire.session.wantsJob());
        QCOMPARE(wire.submit(job(2)), body + envelope(2));
        QCOMPARE(wire.say("250 2.0.0 queued as A1\r\n" + accepted), body);
        QCOMPARE(wire.say("250 2.0.0 queued as A2\r\n"), QByteArray());
        QCOMPARE(wire.told(), QStringLiteral("1:sent 2:sent"));
        QCOMPARE(wire.outcomes[1].providerId, QStringLiteral("A2"));
        QVERIFY(!wire.session.awaited());
    }

    void withoutPipeliningEachCommandWaits_data()
    {
        QTest::addColumn<bool>("offered");
        QTest::newRow("not offered") << false;
        QTest::newRow("switched off") << true;
    }

    void withoutPipeliningEachCommandWaits()
    {
        QFETCH(bool, offered);
        SmtpSettings settings = plainSettings();
        settings.pipelining = !offered;
        Wire wire(settings);
        wire.login(offered ? "250-host\r\n250 PIPELINING\r\n" : "250 host\r\n");
        QCOMPARE(wire.submit(job(1)), QByteArray("MAIL FROM:<a@example.org>\r\n"));
        QCOMPARE(wire.say("250 ok\r\n"), QByteArray("RCPT TO:<r1@example.net>\r\n"));
        QCOMPARE(wire.say("250 ok\r\n"), QByteArray("DATA\r\n"));
        QCOMPARE(wire.say("354 go\r\n"), body);
        QVERIFY(!wire.session.wantsJob());
        wire.say("250 ok\r\n");
        QVERIFY(wire.session.wantsJob());
        QCOMPARE(wire.told(), QStringLiteral("1:sent"));
    }

    void withoutPipeliningARefusedRecipientIsReset()
    {
        Wire wire(plainSettings());
        wire.login("250 host\r\n");
        wire.submit(job(1));
        wire.say("250 ok\r\n");
        QCOMPARE(wire.say("550 5.1.1 no such user\r\n"), QByteArray("RSET\r\n"));
        QCOMPARE(wire.told(), QStringLiteral("1:refused"));
        QVERIFY(wire.outcomes[0].suppressAddress);
        QVERIFY(!wire.session.wantsJob());
        wire.say("250 ok\r\n");
        QVERIFY(wire.session.wantsJob());
    }

    void aRefusedRecipientSpoilsOnlyItself()
    {
        Wire wire(plainSettings());
        wire.loginPipelined();
        wire.submit(job(1));
        wire.session.receive(accepted);
        wire.submit(job(2));
        QCOMPARE(wire.say("250 ok\r\n250 ok\r\n550 5.1.1 no\r\n554 5.5.1 no valid recipients\r\n"), QByteArray("RSET\r\n"));
        QCOMPARE(wire.told(), QStringLiteral("1:sent 2:refused"));
        QCOMPARE(wire.outcomes[1].code, QStringLiteral("550 5.1.1"));
        QCOMPARE(wire.submit(job(3)), envelope(3)); // rides behind the RSET
        QCOMPARE(wire.say("250 reset\r\n" + accepted), body);
        wire.say("250 ok\r\n");
        QCOMPARE(wire.told(), QStringLiteral("1:sent 2:refused 3:sent"));
    }

    void dataTakenWithoutARecipientGetsALoneDot()
    {
        Wire wire(plainSettings());
        wire.loginPipelined();
        wire.submit(job(1));
        QCOMPARE(wire.say("250 ok\r\n450 4.7.1 later\r\n354 go\r\n"), QByteArray(".\r\n"));
        QCOMPARE(wire.told(), QStringLiteral("1:throttled"));
        wire.submit(job(2));
        QCOMPARE(wire.say("554 no recipients\r\n" + accepted), body);
        wire.say("250 ok\r\n");
        QCOMPARE(wire.told(), QStringLiteral("1:throttled 2:sent"));
    }

    void aRefusedSenderOrDataIsReset()
    {
        Wire wire(plainSettings());
        wire.loginPipelined();
        wire.submit(job(1));
        QCOMPARE(wire.say("550 5.7.1 no\r\n503 MAIL first\r\n503 RCPT first\r\n"), QByteArray("RSET\r\n"));
        wire.say("250 ok\r\n");
        wire.submit(job(2));
        QCOMPARE(wire.say("250 ok\r\n250 ok\r\n451 4.3.0 later\r\n"), QByteArray("RSET\r\n"));
        wire.say("250 ok\r\n");
        QCOMPARE(wire.told(), QStringLiteral("1:refused 2:retry"));
        QVERIFY(wire.session.wantsJob());
    }

    void aRefusedBodyIsThatMessagesAlone()
    {
        Wire wire(plainSettings());
        wire.loginPipelined();
        wire.submit(job(1));
        wire.session.receive(accepted);
        wire.submit(job(2));
        wire.say("554 5.7.1 spam\r\n" + accepted);
        wire.say("250 ok\r\n");
        QCOMPARE(wire.told(), QStringLiteral("1:refused 2:sent"));
        QVERIFY(!wire.outcomes[0].suppressAddress);
    }

    void anUnknownParameterIsLeftOut()
    {
        Wire wire(plainSettings());
        wire.login("250-host\r\n250-PIPELINING\r\n250 SIZE\r\n");
        QVERIFY(wire.submit(job(1)).startsWith("MAIL FROM:<a@example.org> SIZE=21\r\n"));
        QCOMPARE(wire.say("555 5.5.4 SIZE?\r\n503 no\r\n503 no\r\n"), QByteArray("RSET\r\n"));
        QCOMPARE(wire.back, QList<qint64>{1});
        QVERIFY(wire.outcomes.isEmpty());
        QCOMPARE(wire.submit(job(1)), envelope(1));
        wire.say("250 reset\r\n555 5.5.4 still no\r\n503 no\r\n503 no\r\n");
        QCOMPARE(wire.told(), QStringLiteral("1:refused"));
    }

    void whatTheServerCannotTakeIsNotAsked()
    {
        Wire wire(plainSettings());
        wire.login("250-host\r\n250-PIPELINING\r\n250 SIZE 10\r\n");
        QCOMPARE(wire.submit(job(1)), QByteArray());
        QVERIFY(wire.session.wantsJob());
        QCOMPARE(wire.told(), QStringLiteral("1:refused"));
        QCOMPARE(wire.outcomes[0].code, QStringLiteral("552 5.3.4"));
    }

    void stuffsDots()
    {
        Wire wire(plainSettings());
        wire.loginPipelined();
        wire.submit(job(1, ".\r\n.x\ny"));
        QCOMPARE(wire.say(accepted), QByteArray("..\r\n..x\r\ny\r\n.\r\n"));
    }

    void aLostAnswerToTheDotIsUncertain()
    {
        Wire wire(plainSettings());
        wire.loginPipelined();
        wire.submit(job(1));
        wire.session.receive(accepted);
        wire.submit(job(2));
        wire.session.lost(smtpLost(QStringLiteral("gone")), 0);
        wire.say({});
        QCOMPARE(wire.told(), QStringLiteral("1:uncertain"));
        QCOMPARE(wire.outcomes[0].reason, QStringLiteral("gone"));
        QCOMPARE(wire.back, QList<qint64>{2}); // its envelope alone was out
        QVERIFY(wire.session.failure());
    }

    void aDotThatNeverLeftIsNotUncertain_data()
    {
        QTest::addColumn<qint64>("unwritten");
        QTest::addColumn<bool>("uncertain");
        const qint64 next = envelope(2).size();
        QTest::newRow("all written") << qint64(0) << true;
        QTest::newRow("next envelope cut") << next - 1 << true;
        QTest::newRow("dot written") << next << true;
        QTest::newRow("dot cut") << next + 1 << false;
        QTest::newRow("nothing written") << next + body.size() << false;
    }

    void aDotThatNeverLeftIsNotUncertain()
    {
        QFETCH(qint64, unwritten);
        QFETCH(bool, uncertain);
        Wire wire(plainSettings());
        wire.loginPipelined();
        wire.submit(job(1));
        wire.session.receive(accepted);
        wire.submit(job(2));
        wire.session.lost(smtpLost(QStringLiteral("gone")), unwritten);
        wire.say({});
        QCOMPARE(wire.told(), uncertain ? QStringLiteral("1:uncertain") : QString());
        QCOMPARE(wire.back, uncertain ? QList<qint64>{2} : (QList<qint64>{1, 2}));
    }

    void aBodyStillToBeWrittenIsNotUncertain()
    {
        Wire wire(plainSettings());
        wire.loginPipelined();
        wire.submit(job(1));
        wire.say(accepted + "not SMTP at all\r\n"); // the body is made, and never taken
        QVERIFY(wire.session.isOver());
        QCOMPARE(wire.back, QList<qint64>{1});
        QVERIFY(wire.outcomes.isEmpty());
    }

    void closing421_data()
    {
        QTest::addColumn<QByteArray>("replies");
        QTest::addColumn<QString>("told");
        QTest::addColumn<QList<qint64>>("back");
        QTest::newRow("to the dot") << QByteArray("421 4.3.2 bye\r\n") << QStringLiteral("1:provider_down")
                                    << QList<qint64>{2};
        QTest::newRow("to MAIL") << QByteArray("250 ok\r\n421 bye\r\n") << QStringLiteral("1:sent") << QList<qint64>{2};
        QTest::newRow("to RCPT") << QByteArray("250 ok\r\n250 ok\r\n421 bye\r\n") << QStringLiteral("1:sent")
                                 << QList<qint64>{2};
        QTest::newRow("to DATA") << QByteArray("250 ok\r\n250 ok\r\n250 ok\r\n421 bye\r\n") << QStringLiteral("1:sent")
                                 << QList<qint64>{2};
        QTest::newRow("behind a refusal") << QByteArray("250 ok\r\n250 ok\r\n550 5.1.1 no\r\n421 bye\r\n")
                                          << QStringLiteral("1:sent 2:refused") << QList<qint64>{};
    }

    void closing421()
    {
        QFETCH(QByteArray, replies);
        Wire wire(plainSettings());
        wire.loginPipelined();
        wire.submit(job(1));
        wire.session.receive(accepted);
        wire.submit(job(2));
        wire.say(replies);
        QVERIFY(wire.session.isOver());
        QTEST(wire.told(), "told");
        QTEST(wire.back, "back");
        QVERIFY(wire.session.failure()->code.startsWith(QStringLiteral("421")));
        QVERIFY(!wire.session.failure()->configuration);
        for (const Outcome& outcome : wire.outcomes)
            QVERIFY(outcome.kind != OutcomeKind::ProviderDown || outcome.notBeforeMs > 0);
    }

    void closing421WhileNothingIsUnderWayIsPeace()
    {
        Wire wire(plainSettings());
        wire.loginPipelined();
        wire.say("421 4.4.2 idle\r\n");
        QVERIFY(wire.session.isOver());
        QVERIFY(!wire.session.failure());
        QVERIFY(!wire.session.wantsJob());
    }

    void garbageEndsTheConnection_data()
    {
        QTest::addColumn<QByteArray>("reply");
        QTest::addColumn<QString>("told");
        QTest::newRow("not SMTP, to the dot") << QByteArray("HTTP/1.1 200 OK\r\n") << QStringLiteral("1:uncertain");
        QTest::newRow("3yz to the dot") << QByteArray("354 more\r\n") << QStringLiteral("1:uncertain");
        QTest::newRow("3yz to MAIL") << QByteArray("250 ok\r\n354 what\r\n") << QStringLiteral("1:sent");
        QTest::newRow("2yz to DATA") << QByteArray("250 ok\r\n250 ok\r\n250 ok\r\n250 ok\r\n") << QStringLiteral("1:sent");
    }

    void garbageEndsTheConnection()
    {
        QFETCH(QByteArray, reply);
        Wire wire(plainSettings());
        wire.loginPipelined();
        wire.submit(job(1));
        wire.session.receive(accepted);
        wire.submit(job(2));
        wire.say(reply);
        QVERIFY(wire.session.isOver());
        QTEST(wire.told(), "told");
        QCOMPARE(wire.back, QList<qint64>{2});
    }

    void aReplyNobodyAskedForEndsTheConnection()
    {
        Wire wire(plainSettings());
        wire.loginPipelined();
        wire.say("250 surprise\r\n");
        QVERIFY(wire.session.isOver());
    }

    void endsPolitely()
    {
        Wire wire(plainSettings());
        wire.loginPipelined();
        wire.submit(job(1));
        wire.session.quit();
        QVERIFY(!wire.session.wantsJob());
        QCOMPARE(wire.say(accepted), body);
        QCOMPARE(wire.say("250 ok\r\n"), QByteArray("QUIT\r\n"));
        QCOMPARE(wire.session.awaited()->what, QStringLiteral("QUIT"));
        wire.say("221 bye\r\n");
        QVERIFY(wire.session.isOver() && !wire.session.failure());
        QCOMPARE(wire.told(), QStringLiteral("1:sent"));
    }

    void quitsAfterItsShareOfMessages()
    {
        SmtpSettings settings = plainSettings();
        settings.messagesPerConnection = 2;
        Wire wire(settings);
        wire.loginPipelined();
        wire.submit(job(1));
        wire.session.receive(accepted);
        wire.submit(job(2));
        QCOMPARE(wire.say("250 ok\r\n" + accepted), body);
        QVERIFY(!wire.session.wantsJob());
        QCOMPARE(wire.say("250 ok\r\n"), QByteArray("QUIT\r\n"));
    }

    void knowsWhatTheServerOwes()
    {
        Wire wire(plainSettings());
        const auto owed = [&]() -> QString {
            return wire.session.awaited()->what + u' ' + QString::number(wire.session.awaited()->patienceMs / 1'000);
        };
        QCOMPARE(owed(), QStringLiteral("220 300"));
        wire.say("220 hello\r\n");
        QCOMPARE(owed(), QStringLiteral("EHLO 300"));
        wire.say("250-host\r\n250 PIPELINING\r\n");
        QVERIFY(!wire.session.awaited());
        wire.submit(job(1));
        QCOMPARE(owed(), QStringLiteral("MAIL 300"));
        wire.say("250 ok\r\n");
        QCOMPARE(owed(), QStringLiteral("RCPT 300"));
        wire.say("250 ok\r\n");
        QCOMPARE(owed(), QStringLiteral("DATA 120"));
        wire.say("354 go\r\n");
        QCOMPARE(owed(), QStringLiteral(". 600"));
    }
};

QTEST_GUILESS_MAIN(SmtpSessionTest)
#include "SmtpSessionTest.moc"
