// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Random.h"
#include "engine/model/Names.h"
#include "engine/provider/SmtpSession.h"

#include <QTest>

#include <algorithm>

using namespace carillon;

namespace {

SmtpSettings plainSettings()
{
    SmtpSettings settings;
    settings.host = QStringLiteral("mail.example.org");
    settings.security = SmtpSecurity::None;
    return settings;
}

SmtpSettings loginSettings(SmtpAuthMethod method, SmtpSecurity security = SmtpSecurity::None)
{
    SmtpSettings settings = plainSettings();
    settings.security = security;
    settings.auth = method;
    settings.username = QStringLiteral("me");
    settings.password = Secret("secret");
    return settings;
}

SmtpJob job(qint64 id, const QByteArray& content = "Subject: x\r\n\r\nHello\r\n")
{
    Message message;
    message.deliveryId = id;
    message.from = QStringLiteral("a@example.org");
    message.to = QStringLiteral("r%1@example.net").arg(id);
    message.content = content;
    return {message, 0};
}

QByteArray envelope(int id)
{
    const QByteArray to = "r" + QByteArray::number(id) + "@example.net";
    return "MAIL FROM:<a@example.org>\r\nRCPT TO:<" + to + ">\r\nDATA\r\n";
}

const QByteArray body = "Subject: x\r\n\r\nHello\r\n.\r\n";
const QByteArray accepted = "250 2.1.0 ok\r\n250 2.1.5 ok\r\n354 go\r\n";

// A session and both ends of its wire.
struct Wire {
    explicit Wire(SmtpSettings given, SmtpPeer peer = {"client.example.org", false, true}) : settings(std::move(given)), session(settings, std::move(peer)) {}

    // What the session says to `octets`.
    QByteArray say(const QByteArray& octets)
    {
        session.receive(octets);
        outcomes += session.takeOutcomes();
        for (const SmtpJob& unsent : session.takeUnsent())
            back += unsent.message.deliveryId;
        return session.takeOutput();
    }

    QByteArray login(const QByteArray& ehlo) { return say("220 hello\r\n") + say(ehlo); }
    QByteArray loginPipelined() { return login("250-host\r\n250-PIPELINING\r\n250 ENHANCEDSTATUSCODES\r\n"); }

    QByteArray submit(const SmtpJob& given)
    {
        session.submit(given);
        return say({});
    }

    // "1:sent 2:refused", in the order they came.
    QString told() const
    {
        QStringList texts;
        for (const Outcome& outcome : outcomes)
            texts += QStringLiteral("%1:%2").arg(outcome.deliveryId).arg(nameOf(outcome.kind));
        return texts.join(u' ');
    }

    SmtpSettings settings;
    SmtpSession session;
    QList<Outcome> outcomes;
    QList<qint64> back;
};

} // namespace

class SmtpSessionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysNothingBeforeTheGreeting()
    {
        Wire wire(plainSettings());
        QCOMPARE(wire.session.takeOutput(), QByteArray());
        QCOMPARE(wire.say("220-wait\r\n"), QByteArray());
        QCOMPARE(wire.say("220 hello\r\n"), QByteArray("EHLO client.example.org\r\n"));
        QCOMPARE(wire.session.handshake().greeting(), QStringLiteral("wait hello"));
    }

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
        QCOMPARE(wire.told(), QStringLiteral("1:retry"));
        wire.submit(job(2));
        QCOMPARE(wire.say("554 no recipients\r\n" + accepted), body);
        wire.say("250 ok\r\n");
        QCOMPARE(wire.told(), QStringLiteral("1:retry 2:sent"));
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
        QTest::newRow("to the dot") << QByteArray("421 4.3.2 bye\r\n") << QStringLiteral("1:provider_down") << QList<qint64>{2};
        QTest::newRow("to MAIL") << QByteArray("250 ok\r\n421 bye\r\n") << QStringLiteral("1:sent") << QList<qint64>{2};
        QTest::newRow("to RCPT") << QByteArray("250 ok\r\n250 ok\r\n421 bye\r\n") << QStringLiteral("1:sent") << QList<qint64>{2};
        QTest::newRow("to DATA") << QByteArray("250 ok\r\n250 ok\r\n250 ok\r\n421 bye\r\n") << QStringLiteral("1:sent") << QList<qint64>{2};
        QTest::newRow("behind a refusal") << QByteArray("250 ok\r\n250 ok\r\n550 5.1.1 no\r\n421 bye\r\n") << QStringLiteral("1:sent 2:refused") << QList<qint64>{};
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

    void theGreetingMayRefuse()
    {
        Wire busy(plainSettings());
        busy.say("421 4.7.0 too many connections\r\n");
        QVERIFY(busy.session.isOver() && !busy.session.failure()->configuration);
        QCOMPARE(busy.session.failure()->code, QStringLiteral("421 4.7.0"));
        QVERIFY(busy.session.failure()->error.message.contains(QStringLiteral("too many connections")));
        Wire never(plainSettings());
        never.say("554 no service\r\n");
        QVERIFY(never.session.failure()->configuration);
        QVERIFY(never.session.failure()->notBeforeMs > busy.session.failure()->notBeforeMs);
    }

    void fallsBackToHelo()
    {
        Wire wire(plainSettings());
        QCOMPARE(wire.login("500 what?\r\n"), QByteArray("EHLO client.example.org\r\nHELO client.example.org\r\n"));
        wire.say("250 host\r\n");
        QVERIFY(wire.session.isReady());
        QCOMPARE(wire.submit(job(1)), QByteArray("MAIL FROM:<a@example.org>\r\n"));
    }

    void startTlsForgetsWhatCameInTheClear()
    {
        SmtpSettings settings = loginSettings(SmtpAuthMethod::Auto, SmtpSecurity::StartTls);
        Wire wire(settings);
        QVERIFY(wire.login("250-host\r\n250-STARTTLS\r\n250-PIPELINING\r\n250 AUTH LOGIN\r\n").endsWith("STARTTLS\r\n"));
        QCOMPARE(wire.say("220 go\r\n250-evil\r\n250 AUTH LOGIN\r\n250 injected\r\n"), QByteArray());
        QVERIFY(wire.session.wantsTls());
        QCOMPARE(wire.say("250 injected later\r\n"), QByteArray());
        wire.session.tlsStarted();
        QCOMPARE(wire.session.takeOutput(), QByteArray("EHLO client.example.org\r\n"));
        QCOMPARE(wire.say("250-host\r\n250 AUTH PLAIN\r\n"), QByteArray("AUTH PLAIN AG1lAHNlY3JldA==\r\n"));
        wire.say("235 2.7.0 welcome\r\n");
        QVERIFY(wire.session.isReady());
        QVERIFY(!wire.session.handshake().capabilities().pipelining);
    }

    void requiredTlsIsRequired()
    {
        Wire stripped(loginSettings(SmtpAuthMethod::Auto, SmtpSecurity::StartTls));
        const QByteArray said = stripped.login("250-host\r\n250 AUTH PLAIN\r\n");
        QVERIFY(!said.contains("AUTH"));
        QVERIFY(stripped.session.isOver() && stripped.session.failure()->configuration);
        Wire refused(loginSettings(SmtpAuthMethod::Auto, SmtpSecurity::StartTls));
        refused.login("250-host\r\n250 STARTTLS\r\n");
        refused.say("454 4.7.0 not now\r\n");
        QVERIFY(refused.session.isOver() && !refused.session.failure()->configuration);
    }

    void implicitTlsDoesNotStartItAgain()
    {
        Wire wire(loginSettings(SmtpAuthMethod::Plain, SmtpSecurity::Tls), {"client.example.org", true, false});
        QVERIFY(wire.login("250-host\r\n250-STARTTLS\r\n250 AUTH PLAIN\r\n").endsWith("AUTH PLAIN AG1lAHNlY3JldA==\r\n"));
    }

    void aPasswordGoesOnlyWhereNobodyReadsAlong()
    {
        Wire far(loginSettings(SmtpAuthMethod::Plain), {"client.example.org", false, false});
        QVERIFY(!far.login("250-host\r\n250 AUTH PLAIN LOGIN\r\n").contains("AUTH"));
        QVERIFY(far.session.failure()->configuration);
        Wire hashed(loginSettings(SmtpAuthMethod::Auto), {"client.example.org", false, false});
        QVERIFY(hashed.login("250-host\r\n250 AUTH PLAIN CRAM-MD5\r\n").endsWith("AUTH CRAM-MD5\r\n"));
    }

    void loginDialogue()
    {
        Wire wire(loginSettings(SmtpAuthMethod::Login));
        QVERIFY(wire.login("250-host\r\n250 AUTH LOGIN\r\n").endsWith("AUTH LOGIN\r\n"));
        QCOMPARE(wire.say("334 VXNlcm5hbWU6\r\n"), QByteArray("bWU=\r\n"));
        QCOMPARE(wire.say("334 UGFzc3dvcmQ6\r\n"), QByteArray("c2VjcmV0\r\n"));
        wire.say("235 ok\r\n");
        QVERIFY(wire.session.isReady());
    }

    void aRefusedLoginIsTheAccountsFault()
    {
        Wire wrong(loginSettings(SmtpAuthMethod::Plain));
        wrong.login("250-host\r\n250 AUTH PLAIN\r\n");
        wrong.say("535 5.7.8 bad credentials\r\n");
        QVERIFY(wrong.session.failure()->configuration);
        QCOMPARE(wrong.session.failure()->error.code, ErrorCode::Unauthenticated);
        QCOMPARE(wrong.session.failure()->code, QStringLiteral("535 5.7.8"));
        QVERIFY(!wrong.session.failure()->error.message.contains(QStringLiteral("secret")));
        Wire later(loginSettings(SmtpAuthMethod::Plain));
        later.login("250-host\r\n250 AUTH PLAIN\r\n");
        later.say("454 4.7.0 database down\r\n");
        QVERIFY(!later.session.failure()->configuration);
    }

    void anXoauth2ComplaintIsHeardOut()
    {
        Wire wire(loginSettings(SmtpAuthMethod::XOAuth2));
        wire.login("250-host\r\n250 AUTH XOAUTH2\r\n");
        QCOMPARE(wire.say("334 eyJzdGF0dXMiOiI0MDAifQ==\r\n"), QByteArray("\r\n"));
        wire.say("535-5.7.8 Username and Password not accepted\r\n535 5.7.8 see help\r\n");
        QVERIFY(wire.session.failure()->error.message.contains(QStringLiteral("{\"status\":\"400\"}")));
    }

    void aServerThatAsksForEverIsGivenUp()
    {
        Wire wire(loginSettings(SmtpAuthMethod::Login));
        wire.login("250-host\r\n250 AUTH LOGIN\r\n");
        wire.say("334 a\r\n");
        wire.say("334 b\r\n");
        QCOMPARE(wire.say("334 c\r\n"), QByteArray("*\r\n"));
        wire.say("501 cancelled\r\n");
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
        const auto owed = [&]() -> QString { return wire.session.awaited()->what + u' ' + QString::number(wire.session.awaited()->patienceMs / 1'000); };
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

    // A conversation with everything in it, cut at every octet: the session must say and decide the same.
    void oneOctetAtATimeIsTheSame()
    {
        const QByteArray server = "220 hello\r\n250-host\r\n250-PIPELINING\r\n250 SIZE 1000\r\n" + accepted + "250 ok\r\n250 ok\r\n550 5.1.1 no\r\n354 go\r\n"
            + "554 none\r\n" + accepted + "451-4.3.0 try\r\n451 4.3.0 later\r\n" + accepted + "250 2.0.0 queued as Z\r\n";
        const auto converse = [&](qsizetype step) {
            Wire wire(plainSettings());
            QByteArray said;
            qint64 next = 1;
            for (qsizetype at = 0; at < server.size(); at += step) {
                said += wire.say(server.mid(at, step));
                while (wire.session.wantsJob() && next <= 4)
                    said += wire.submit(job(next++));
            }
            return std::pair(said, wire.told());
        };
        const auto slow = converse(1);
        QCOMPARE(slow.second, QStringLiteral("1:sent 2:refused 3:retry 4:sent"));
        for (const qsizetype step : {qsizetype(2), qsizetype(7), qsizetype(31)})
            QCOMPARE(converse(step), slow);
    }

    // Whatever a server says: no crash, and each message comes back exactly once, as an outcome or unsent.
    void everyMessageComesBackOnceWhateverTheServerSays()
    {
        SeededRandom random(5);
        const QByteArrayList scraps{"220 hi\r\n", "250 ok\r\n", "250 ok\r\n", "250-host\r\n250 PIPELINING\r\n", "354 go\r\n", "354 go\r\n", "550 5.1.1 no\r\n",
            "450 4.2.1 slow\r\n", "555 5.5.4 SIZE\r\n", "421 bye\r\n", "334 abc\r\n", "235 in\r\n", "250-", "\r\n", QByteArray("\0\xff", 2), "999 x\r\n", "2"};
        int sent = 0;
        for (int round = 0; round < 20'000; ++round) {
            Wire wire(plainSettings());
            if (random.below(2) > 0)
                wire.login("250-host\r\n250-SIZE 1000\r\n250 PIPELINING\r\n");
            int given = 0;
            for (int turn = 0; turn < 20; ++turn) {
                wire.say(scraps[qsizetype(random.below(turn < 12 ? 6 : quint64(scraps.size())))]);
                if (wire.session.wantsJob())
                    wire.submit(job(++given));
            }
            wire.session.lost(smtpLost(QStringLiteral("gone")), qint64(random.below(40)));
            wire.say("250 too late\r\n");
            QList<qint64> all = wire.back;
            for (const Outcome& outcome : wire.outcomes) {
                all += outcome.deliveryId;
                sent += outcome.kind == OutcomeKind::Sent;
            }
            std::sort(all.begin(), all.end());
            QList<qint64> expected;
            for (int id = 1; id <= given; ++id)
                expected += id;
            QCOMPARE(all, expected);
        }
        QVERIFY(sent > 1'000);
    }
};

QTEST_GUILESS_MAIN(SmtpSessionTest)
#include "SmtpSessionTest.moc"
