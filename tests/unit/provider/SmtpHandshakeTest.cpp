// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/provider/SmtpWire.h"

#include <QTest>

using namespace carillon;

class SmtpHandshakeTest : public QObject {
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
};

QTEST_GUILESS_MAIN(SmtpHandshakeTest)
#include "SmtpHandshakeTest.moc"
