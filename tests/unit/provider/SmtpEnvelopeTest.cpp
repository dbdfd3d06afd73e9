// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/SmtpEnvelope.h"

#include <QTest>

using namespace carillon;

namespace {

Message messageTo(const QString& to)
{
    Message message;
    message.from = QStringLiteral("a@example.org");
    message.to = to;
    return message;
}

SmtpCapabilities everything()
{
    return parseCapabilities({250, "host\nPIPELINING\nSIZE 1000\n8BITMIME\nSMTPUTF8\nAUTH PLAIN login"});
}

} // namespace

class SmtpEnvelopeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsCapabilities()
    {
        const SmtpCapabilities offered = everything();
        QVERIFY(offered.pipelining && offered.size && offered.eightBitMime && offered.smtpUtf8 && !offered.startTls);
        QCOMPARE(offered.maxSize, 1'000);
        QCOMPARE(offered.auth, (QByteArrayList{"PLAIN", "LOGIN"}));
        QVERIFY(!parseCapabilities({250, "PIPELINING\nAUTH=PLAIN"}).pipelining); // the first line is a name
        QVERIFY(parseCapabilities({250, "host\nAUTH=PLAIN"}).auth.isEmpty());
        QVERIFY(!parseCapabilities({250, "host\nSMTPUTF8"}).smtpUtf8);
        QCOMPARE(parseCapabilities({250, "host\nSIZE -5\n\n"}).maxSize, 0);
    }

    void writesParametersOnlyWhereOffered()
    {
        Message message = messageTo(QStringLiteral("b@example.net"));
        message.has8Bit = true;
        QCOMPARE(fitEnvelope(message, 10, everything(), true).envelope->mail,
                 QByteArray("MAIL FROM:<a@example.org> SIZE=10 BODY=8BITMIME\r\n"));
        QCOMPARE(fitEnvelope(message, 10, everything(), false).envelope->mail,
                 QByteArray("MAIL FROM:<a@example.org> BODY=8BITMIME\r\n"));
        message.has8Bit = false;
        const SmtpFit plain = fitEnvelope(message, 10, {}, true);
        QCOMPARE(plain.envelope->mail, QByteArray("MAIL FROM:<a@example.org>\r\n"));
        QCOMPARE(plain.envelope->rcpt, QByteArray("RCPT TO:<b@example.net>\r\n"));
        message.from.clear();
        QCOMPARE(fitEnvelope(message, 10, {}, true).envelope->mail, QByteArray("MAIL FROM:<>\r\n"));
    }

    // The same for each attempt, so that a bounce can be matched whichever it is about.
    void theEnvelopeIdIsTheMessages()
    {
        const SmtpCapabilities dsn = parseCapabilities({250, "host\nDSN"});
        Message message = messageTo(QStringLiteral("b@example.net"));
        QCOMPARE(fitEnvelope(message, 10, dsn, true).envelope->mail, QByteArray("MAIL FROM:<a@example.org>\r\n"));
        message.idempotencyKey = QStringLiteral("<a+b=c d\u00fc@host>");
        const SmtpFit fit = fitEnvelope(message, 10, dsn, true);
        QCOMPARE(fit.envelope->mail, QByteArray("MAIL FROM:<a@example.org> RET=HDRS ENVID=<a+2Bb+3Dc+20d+C3+BC@host>\r\n"));
        QVERIFY(fit.envelope->hasParameters);
        QCOMPARE(fitEnvelope(message, 10, dsn, true).envelope->mail, fit.envelope->mail);
        QVERIFY(!fitEnvelope(message, 10, dsn, false).envelope->mail.contains("ENVID"));
        QVERIFY(!fitEnvelope(message, 10, everything(), true).envelope->mail.contains("ENVID"));
        message.idempotencyKey = QString(99, u'x') + u'+';
        const QByteArray cut = "ENVID=" + QByteArray(99, 'x') + "\r\n";
        QVERIFY(fitEnvelope(message, 10, dsn, true).envelope->mail.endsWith(cut));
    }

    void internationalAddresses()
    {
        const SmtpFit domain = fitEnvelope(messageTo(QStringLiteral("b@bücher.example")), 1, {}, true);
        QCOMPARE(domain.envelope->rcpt, QByteArray("RCPT TO:<b@xn--bcher-kva.example>\r\n"));
        const SmtpFit local = fitEnvelope(messageTo(QStringLiteral("jürgen@example.net")), 1, everything(), false);
        QCOMPARE(local.envelope->mail, QByteArray("MAIL FROM:<a@example.org> BODY=8BITMIME SMTPUTF8\r\n"));
        QCOMPARE(local.envelope->rcpt, QByteArray("RCPT TO:<jürgen@example.net>\r\n"));
        const SmtpFit refused = fitEnvelope(messageTo(QStringLiteral("jürgen@example.net")), 1, {}, true);
        QCOMPARE(refused.unfit.code, QStringLiteral("553 5.6.7"));
        QVERIFY(!refused.envelope && !refused.unfit.badAddress);
        Message headers = messageTo(QStringLiteral("b@example.net"));
        headers.needsSmtpUtf8 = true;
        QCOMPARE(fitEnvelope(headers, 1, {}, true).unfit.code, QStringLiteral("553 5.6.7"));
    }

    void whatTheServerWouldRefuseIsNotAsked()
    {
        QCOMPARE(fitEnvelope(messageTo(QStringLiteral("b@example.net")), 1'001, everything(), true).unfit.code,
                 QStringLiteral("552 5.3.4"));
        QVERIFY(fitEnvelope(messageTo(QStringLiteral("b@example.net")), 1'000, everything(), true).envelope);
        Message eightBit = messageTo(QStringLiteral("b@example.net"));
        eightBit.has8Bit = true;
        QCOMPARE(fitEnvelope(eightBit, 1, {}, true).unfit.code, QStringLiteral("554 5.6.3"));
    }

    void anAddressCannotAddACommand_data()
    {
        QTest::addColumn<QString>("address");
        QTest::newRow("line end") << QStringLiteral("b@example.net>\r\nRCPT TO:<c@example.net");
        QTest::newRow("LF") << QStringLiteral("b\n@example.net");
        QTest::newRow("CR") << QStringLiteral("b\r@example.net");
        QTest::newRow("zero") << QStringLiteral("b") + QChar(0) + QStringLiteral("@example.net");
        QTest::newRow("bracket") << QStringLiteral("b>@example.net");
        QTest::newRow("parameter") << QStringLiteral("b@example.net> NOTIFY=NEVER");
        QTest::newRow("blank") << QStringLiteral("b c@example.net");
        QTest::newRow("open quote") << QStringLiteral("\"b@example.net");
        QTest::newRow("quoted line end") << QStringLiteral("\"b\r\n\"@example.net");
        QTest::newRow("escaped line end") << QStringLiteral("\"b\\\r\n\"@example.net");
        QTest::newRow("no at") << QStringLiteral("b.example.net");
        QTest::newRow("no domain") << QStringLiteral("b@");
        QTest::newRow("no local part") << QStringLiteral("@example.net");
        QTest::newRow("empty") << QString();
        QTest::newRow("too long") << QString(250, u'b') + QStringLiteral("@example.net");
    }

    void anAddressCannotAddACommand()
    {
        QFETCH(QString, address);
        const SmtpFit fit = fitEnvelope(messageTo(address), 1, everything(), true);
        QVERIFY(!fit.envelope);
        QVERIFY(fit.unfit.badAddress);
        if (address.isEmpty())
            return;
        Message message = messageTo(QStringLiteral("b@example.net"));
        message.from = address;
        QCOMPARE(fitEnvelope(message, 1, everything(), true).unfit.code, QStringLiteral("553 5.1.7"));
    }

    void quotedLocalPartsPass()
    {
        const SmtpFit fit = fitEnvelope(messageTo(QStringLiteral("\"b >\\\" c\"@example.net")), 1, {}, true);
        QCOMPARE(fit.envelope->rcpt, QByteArray("RCPT TO:<\"b >\\\" c\"@example.net>\r\n"));
    }
};

QTEST_GUILESS_MAIN(SmtpEnvelopeTest)
#include "SmtpEnvelopeTest.moc"
