// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/SmtpOutcome.h"

#include "engine/model/Names.h"
#include "engine/provider/SmtpFailure.h"

#include <QTest>

using namespace carillon;

Q_DECLARE_METATYPE(carillon::SmtpStep)

class SmtpOutcomeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void decidesByCode_data()
    {
        QTest::addColumn<SmtpStep>("step");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<OutcomeKind>("kind");
        QTest::addColumn<bool>("suppress");
        const auto row = [](const char* name, SmtpStep step, int code, const QByteArray& text, OutcomeKind kind,
                            bool suppress = false) { QTest::newRow(name) << step << code << text << kind << suppress; };
        using enum SmtpStep;
        using enum OutcomeKind;
        row("unknown user", Rcpt, 550, "5.1.1 no", Refused, true);
        row("unknown user at the end", Body, 550, "5.1.1 no", Refused, true);
        row("unknown host", Rcpt, 550, "5.1.2 no", Refused, true);
        row("bad syntax", Rcpt, 501, "5.1.3 no", Refused, true);
        row("moved", Rcpt, 550, "5.1.6 no", Refused, true);
        row("null MX", Rcpt, 556, "5.1.10 no", Refused, true);
        row("disabled", Rcpt, 550, "5.2.1 no", Refused, true);
        row("sender unknown, at MAIL", Mail, 550, "5.1.1 no", Refused);
        row("sender bad", Mail, 550, "5.1.8 no", Refused);
        row("mailbox, class only", Rcpt, 550, "5.0.0 no", Refused);
        row("550 alone", Rcpt, 550, "User unknown", Refused);
        row("551 alone", Rcpt, 551, "moved", Refused, true);
        row("553 alone", Rcpt, 553, "bad name", Refused, true);
        row("553 at MAIL", Mail, 553, "bad name", Refused);
        row("553 policy", Rcpt, 553, "5.7.1 not yours", Refused);
        row("521 host takes no mail", Rcpt, 521, "no", Refused, true);
        row("556 domain takes no mail", Rcpt, 556, "no", Refused, true);
        row("554 content", Body, 554, "spam", Refused);
        row("554 at RCPT", Rcpt, 554, "no", Refused);
        row("policy", Rcpt, 550, "5.7.1 no", Refused);
        row("policy 0", Body, 550, "5.7.0 no", Refused);
        row("Microsoft bulk rule", Body, 550, "5.7.515 no", Refused);
        row("full, permanent", Rcpt, 550, "5.2.2 full", Refused);
        row("552 at RCPT", Rcpt, 552, "too many", Retry);
        row("552 at RCPT, full", Rcpt, 552, "5.2.2 full", Retry);
        row("552 at RCPT, too big", Rcpt, 552, "5.3.4 big", Refused);
        row("552 at the end", Body, 552, "5.3.4 big", Refused);
        row("552 at the end, alone", Body, 552, "big", Refused);
        row("too long for mailbox", Rcpt, 550, "5.2.3 big", Refused);
        row("system not accepting", Rcpt, 550, "5.3.2 off", Retry);
        row("no answer", Rcpt, 550, "5.4.1 no", Retry);
        row("unable to route", Rcpt, 550, "5.4.4 no", Refused);
        row("loop", Rcpt, 554, "5.4.6 loop", Refused);
        row("not ASCII", Rcpt, 553, "5.6.7 no", Refused);
        row("syntax", Rcpt, 500, "what", Refused);
        row("parameters", Rcpt, 501, "what", Refused);
        row("sequence", Rcpt, 503, "what", Refused);
        row("parameter unknown", Mail, 555, "what", Refused);
        row("login needed", Mail, 530, "5.7.0 login", ProviderDown);
        row("login needed at RCPT", Rcpt, 530, "5.7.1 login", ProviderDown);
        row("credentials", Mail, 535, "5.7.8 no", ProviderDown);
        row("encryption needed", Mail, 538, "no", ProviderDown);
        row("SPF", Body, 550, "5.7.23 no", ProviderDown);
        row("unauthenticated sender", Body, 550, "5.7.26 no", ProviderDown);
        row("DKIM", Body, 550, "5.7.20 no", ProviderDown);
        row("greylisted, by its code", Rcpt, 450, "4.7.1 later", Throttled);
        row("local error", Body, 451, "4.3.0 later", Retry);
        row("storage", Mail, 452, "4.3.1 full", Throttled);
        row("storage, alone", Mail, 452, "full", Throttled);
        row("storage, alone, at RCPT", Rcpt, 452, "full", Retry);
        row("not accepting now", Rcpt, 451, "4.3.2 later", Throttled);
        row("congestion", Body, 451, "4.4.5 busy", Throttled);
        row("Postfix's message rate", Mail, 450, "4.7.1 Error: too much mail from 192.0.2.1", Throttled);
        row("policy, at the end", Body, 451, "4.7.1 later", Retry);
        row("Gmail's unusual rate", Body, 450, "4.7.28 unusual", Throttled);
        row("Microsoft's rate", Rcpt, 451, "4.7.650 limited", Throttled);
        row("Postgrey", Rcpt, 450, "4.2.0 Greylisted, try again in 300 seconds", Throttled);
        row("rspamd, at the end", Body, 451, "4.7.1 Try again later (greylisted)", Throttled);
        row("graylisting, without a code", Rcpt, 451, "graylisting in action", Throttled);
        row("a mailbox of that name", Rcpt, 450, "4.2.0 <greylist@example.org>: later", Retry);
        row("no greylisting is for ever", Rcpt, 550, "5.7.1 you are not on our greylist", Refused);
        row("too many recipients", Rcpt, 452, "4.5.3 many", Retry);
        row("full", Rcpt, 452, "4.2.2 full", Retry);
        row("parameters, for now", Mail, 455, "no", Retry);
        row("unknown user, for now", Rcpt, 450, "4.1.1 later", Retry);
        row("no login now", Mail, 454, "4.7.0 later", ProviderDown);
        row("receiving too fast", Rcpt, 450, "4.2.1 slow", Throttled);
        row("disabled for now", Rcpt, 451, "4.2.1 off", Retry);
    }

    // One full mailbox is nothing; many of them in a row are nobody's.
    void aMailboxThatStaysFullIsGivenUp()
    {
        for (const auto& [code, text] : {std::pair(452, "4.2.2 full"), {550, "5.2.2 full"}, {552, "5.2.2 full"}})
            QCOMPARE(refusedOutcome(1, SmtpStep::Rcpt, {code, text}).suppressAfter, (RefusalLimit{5, 30}));
        QVERIFY(!refusedOutcome(1, SmtpStep::Rcpt, {452, "4.3.1 system full"}).suppressAfter.isSet());
        QVERIFY(!refusedOutcome(1, SmtpStep::Rcpt, {550, "5.1.1 unknown"}).suppressAfter.isSet());
    }

    void decidesByCode()
    {
        QFETCH(SmtpStep, step);
        QFETCH(int, code);
        QFETCH(QByteArray, text);
        QFETCH(OutcomeKind, kind);
        const Outcome outcome = refusedOutcome(42, step, {code, text});
        QCOMPARE(outcome.deliveryId, 42);
        QCOMPARE(nameOf(outcome.kind), nameOf(kind));
        QTEST(outcome.suppressAddress, "suppress");
        QVERIFY(outcome.code.startsWith(QString::number(code)));
        QVERIFY(!outcome.reason.isEmpty());
        QCOMPARE(outcome.bucket.isEmpty(), kind != OutcomeKind::Throttled);
    }

    void throttlesWhatIsMeant_data()
    {
        QTest::addColumn<SmtpStep>("step");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("bucket");
        const auto row = [](SmtpStep step, const char* text, const QString& bucket) {
            QTest::newRow(text) << step << QByteArray(text) << bucket;
        };
        row(SmtpStep::Rcpt, "4.2.1 slow", QStringLiteral("destination"));
        row(SmtpStep::Mail, "4.7.1 too much mail", QStringLiteral("account"));
        row(SmtpStep::Rcpt, "4.7.28 unusual rate", QStringLiteral("account"));
        row(SmtpStep::Rcpt, "4.7.1 Greylisted, try again in 1 minute", QStringLiteral("message"));
        row(SmtpStep::Body, "4.3.2 system not accepting", QStringLiteral("account"));
    }

    void throttlesWhatIsMeant()
    {
        QFETCH(SmtpStep, step);
        QFETCH(QByteArray, text);
        const Outcome outcome = refusedOutcome(1, step, {450, text});
        QTEST(outcome.bucket, "bucket");
        QCOMPARE(outcome.notBeforeMs, 60'000);
    }

    void waitsAsLongAsTheReasonAsksFor()
    {
        QCOMPARE(refusedOutcome(1, SmtpStep::Rcpt, {450, "4.7.1 greylisted"}).notBeforeMs, 300'000);
        QCOMPARE(refusedOutcome(1, SmtpStep::Rcpt, {452, "4.5.3 many"}).notBeforeMs, 0);
        QVERIFY(refusedOutcome(1, SmtpStep::Rcpt, {452, "4.2.2 full"}).notBeforeMs > 300'000);
        QVERIFY(refusedOutcome(1, SmtpStep::Mail, {535, "5.7.8 no"}).notBeforeMs
                > refusedOutcome(1, SmtpStep::Mail, {454, "4.7.0 later"}).notBeforeMs);
    }

    void waitsAsLongAsTheWordsAskFor()
    {
        const auto wait = [](SmtpStep step, const SmtpReply& reply) { return refusedOutcome(1, step, reply).notBeforeMs; };
        QCOMPARE(wait(SmtpStep::Rcpt, {450, "4.2.0 Greylisted, try again in 90 seconds"}), 90'000);
        QCOMPARE(wait(SmtpStep::Rcpt, {451, "4.7.1 Greylisting in action, please come back in 00:10:00"}), 600'000);
        QCOMPARE(wait(SmtpStep::Mail, {450, "4.7.1 too much mail, retry after 5 minutes"}), 300'000); // of the whole account
        QCOMPARE(wait(SmtpStep::Mail, {454, "4.7.0 no login now, try again in 10 seconds"}), 10'000);
        QCOMPARE(wait(SmtpStep::Mail, {535, "5.7.8 wrong password, wait 1 second"}), 900'000); // that is about a person
        const SmtpFailure tooMany
            = smtpRefused(QStringLiteral("%1"), {421, "4.7.0 Too many connections, try again in 20 seconds"});
        const Outcome outcome = notSent(1, tooMany);
        QCOMPARE(nameOf(outcome.kind), nameOf(OutcomeKind::Throttled));
        QCOMPARE(outcome.bucket, QStringLiteral("account"));
        QCOMPARE(outcome.notBeforeMs, 20'000);
    }

    void findsTheQueueId_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("id");
        QTest::newRow("Postfix") << QByteArray("2.0.0 Ok: queued as 4Bd12F") << QStringLiteral("4Bd12F");
        QTest::newRow("Exim") << QByteArray("OK id=1rXyz-0001") << QStringLiteral("1rXyz-0001");
        QTest::newRow("in the middle") << QByteArray("2.0.0 Queued as AB12 for delivery") << QStringLiteral("AB12");
        QTest::newRow("else the words") << QByteArray("2.0.0 OK 1700 abc - gsmtp") << QStringLiteral("OK 1700 abc - gsmtp");
        QTest::newRow("nothing behind") << QByteArray("queued as") << QStringLiteral("queued as");
    }

    void findsTheQueueId()
    {
        QFETCH(QByteArray, text);
        const Outcome outcome = sentOutcome(7, {250, text});
        QCOMPARE(nameOf(outcome.kind), nameOf(OutcomeKind::Sent));
        QTEST(outcome.providerId, "id");
    }
};

QTEST_GUILESS_MAIN(SmtpOutcomeTest)
#include "SmtpOutcomeTest.moc"
