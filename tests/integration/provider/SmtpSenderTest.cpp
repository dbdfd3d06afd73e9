// SPDX-License-Identifier: GPL-3.0-or-later
// The `smtp` provider against servers that are not ours: Postfix's smtp-sink and Python's aiosmtpd.
#include "tests/integration/provider/MoodyServer.h"
#include "tests/integration/provider/SmtpPeers.h"

using namespace carillon;

class SmtpSenderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (const QByteArray missing = missingPeers(); !missing.isEmpty())
            QSKIP(missing.constData());
    }

    void everySinkBehaviour_data()
    {
        QTest::addColumn<QString>("options");
        QTest::addColumn<QStringList>("expected"); // the kinds that may occur
        QTest::addColumn<QString>("code");
        const auto row = [](const char* options, const QString& expected, const char* code = "") {
            QTest::newRow(options) << QString::fromLatin1(options) << expected.split(u' ') << QString::fromLatin1(code);
        };
        row("-v", QStringLiteral("sent"), "250 2.0.0");
        row("-p", QStringLiteral("sent"), "250 2.0.0");
        row("-e", QStringLiteral("sent"));
        row("-E", QStringLiteral("sent"));
        row("-f EHLO", QStringLiteral("sent"));
        row("-f CONNECT", QStringLiteral("provider_down"), "500 5.3.0");
        row("-r CONNECT", QStringLiteral("provider_down"), "450 4.3.0");
        row("-r EHLO", QStringLiteral("provider_down"), "450 4.3.0");
        row("-f MAIL", QStringLiteral("refused"), "500 5.3.0");
        row("-r MAIL", QStringLiteral("retry"), "450 4.3.0");
        row("-f RCPT", QStringLiteral("refused"), "500 5.3.0");
        row("-r RCPT", QStringLiteral("retry"), "450 4.3.0");
        row("-f DATA", QStringLiteral("refused"), "500 5.3.0");
        row("-r DATA", QStringLiteral("retry"), "450 4.3.0");
        row("-f .", QStringLiteral("refused"), "500 5.3.0");
        row("-r .", QStringLiteral("retry"), "450 4.3.0");
        row("-r RCPT -f RSET", QStringLiteral("retry"), "450 4.3.0");
        row("-Q CONNECT", QStringLiteral("provider_down"), "421");
        row("-Q EHLO", QStringLiteral("provider_down"), "421");
        row("-Q MAIL", QStringLiteral("provider_down"), "421");
        row("-Q RCPT", QStringLiteral("provider_down"), "421");
        row("-Q DATA", QStringLiteral("provider_down"), "421");
        row("-Q .", QStringLiteral("provider_down"), "421");
        row("-Q QUIT", QStringLiteral("sent"));
        row("-q CONNECT", QStringLiteral("provider_down"));
        row("-q EHLO", QStringLiteral("provider_down"));
        row("-q MAIL", QStringLiteral("provider_down"));
        row("-q RCPT", QStringLiteral("provider_down"));
        row("-q DATA", QStringLiteral("provider_down"));
        row("-q .", QStringLiteral("provider_down uncertain"));
    }

    void everySinkBehaviour()
    {
        QFETCH(QString, options);
        QFETCH(QStringList, expected);
        QFETCH(QString, code);
        Peer sink;
        QVERIFY(sink.startSink(options.split(u' ')));
        Client client({{QStringLiteral("port"), sink.port}, {QStringLiteral("messages_per_connection"), 7}});
        const QMap<qint64, Outcome> outcomes = client.send(mails(40));
        QCOMPARE(outcomes.size(), 40);
        QCOMPARE(kinds(outcomes), expected);
        for (const Outcome& outcome : outcomes) {
            QVERIFY2(code.isEmpty() || outcome.code.startsWith(code) || outcome.kind == OutcomeKind::Uncertain,
                     qPrintable(shown(outcome)));
            QVERIFY(!outcome.suppressAddress);
            QVERIFY(outcome.kind != OutcomeKind::ProviderDown || (outcome.notBeforeMs > 0 && !outcome.reason.isEmpty()));
        }
    }

    void suppressesWhatTheServerSaysIsGone()
    {
        Peer sink;
        QVERIFY(sink.startSink(
            {QStringLiteral("-f"), QStringLiteral("RCPT"), QStringLiteral("-B"), QStringLiteral("550 5.1.1 nobody here")}));
        const Outcome outcome = Client({{QStringLiteral("port"), sink.port}}).sendOne(mail(1));
        QCOMPARE(shown(outcome), QStringLiteral("refused 550 5.1.1"));
        QVERIFY(outcome.suppressAddress);
        QCOMPARE(outcome.reason, QStringLiteral("nobody here"));
    }

    void contentArrivesOctetByOctet()
    {
        Peer peer;
        QVERIFY(peer.startPython({}));
        Client client(
            {{QStringLiteral("port"), peer.port}, {QStringLiteral("hello_name"), QStringLiteral("client.example.org")}});
        const QByteArray dots("Subject: dots\r\n\r\n.\r\n..\r\n.leading\r\ntrailing.\r\n");
        QList<Message> messages{mail(1, dots), mail(2, "Subject: bare\n\n.\nMAIL FROM:<x@example.org>\rend"), mail(3),
                                mail(4)};
        messages[2].content = "Subject: x\r\n\r\n" + QByteArray("0123456789 all of this must arrive.\r\n").repeated(20'000);
        messages[3].to = QStringLiteral("\"a b\"@example.net");
        messages[3].from.clear();
        QCOMPARE(kinds(client.send(messages)), QStringList{QStringLiteral("sent")});
        QMap<QString, QJsonObject> taken;
        for (const QJsonObject& one : peer.taken())
            taken.insert(one.value(QStringLiteral("to")).toArray().first().toString(), one);
        QCOMPARE(taken.size(), 4);
        const auto content = [&](const QString& to) {
            return QByteArray::fromBase64(taken.value(to).value(QStringLiteral("content")).toString().toLatin1());
        };
        QCOMPARE(content(QStringLiteral("r1@example.net")), dots);
        QCOMPARE(content(QStringLiteral("r2@example.net")),
                 QByteArray("Subject: bare\r\n\r\n.\r\nMAIL FROM:<x@example.org>\r\nend\r\n"));
        QCOMPARE(content(QStringLiteral("r3@example.net")), messages[2].content);
        QCOMPARE(taken.value(QStringLiteral("r1@example.net")).value(QStringLiteral("hello")).toString(),
                 QStringLiteral("client.example.org"));
        QCOMPARE(taken.value(QStringLiteral("\"a b\"@example.net")).value(QStringLiteral("from")).toString(),
                 QStringLiteral("<>"));
    }

    void eachMessageArrivesOnceBesideRefusedOnes()
    {
        Peer peer;
        QVERIFY(peer.startPython({}));
        Client client({{QStringLiteral("port"), peer.port}, {QStringLiteral("messages_per_connection"), 20}});
        QList<Message> messages = mails(300);
        for (qsizetype i = 0; i < messages.size(); i += 3)
            messages[i].to.prepend(i % 2 == 0 ? QStringLiteral("unknown") : QStringLiteral("grey"));
        const QMap<qint64, Outcome> outcomes = client.send(messages);
        QCOMPARE(outcomes.size(), 300);
        for (const Message& message : messages) {
            const QString expected = message.to.startsWith(u'u') ? QStringLiteral("refused 550 5.1.1")
                : message.to.startsWith(u'g')                    ? QStringLiteral("throttled 450 4.7.1")
                                                                 : QStringLiteral("sent 250 2.0.0");
            QCOMPARE(shown(outcomes[message.deliveryId]), expected);
        }
        QCOMPARE(outcomes[2].providerId, QStringLiteral("AB12CD"));
        QStringList arrived;
        for (const QJsonObject& one : peer.taken())
            arrived += one.value(QStringLiteral("to")).toArray().first().toString();
        QCOMPARE(arrived.size(), 200);
        QCOMPARE(arrived.removeDuplicates(), 0);
    }

    void internationalAddresses()
    {
        Message message = mail(1);
        message.to = QStringLiteral("jürgen@bücher.example");
        message.needsSmtpUtf8 = true;
        Peer peer;
        QVERIFY(peer.startPython({}));
        QCOMPARE(shown(Client({{QStringLiteral("port"), peer.port}}).sendOne(message)), QStringLiteral("sent 250 2.0.0"));
        const QJsonObject taken = peer.taken().value(0);
        QCOMPARE(taken.value(QStringLiteral("to")).toArray().first().toString(), message.to);
        QVERIFY(taken.value(QStringLiteral("options")).toArray().contains(QStringLiteral("SMTPUTF8")));
        Peer ascii;
        QVERIFY(ascii.startPython({QStringLiteral("--ascii")}));
        const Outcome refused = Client({{QStringLiteral("port"), ascii.port}}).sendOne(message);
        QCOMPARE(shown(refused), QStringLiteral("refused 553 5.6.7"));
        QVERIFY(!refused.suppressAddress);
    }

    void aMessageAboveTheServersSizeIsNotOffered()
    {
        Peer peer;
        QVERIFY(peer.startPython({QStringLiteral("--size"), QStringLiteral("1000")}));
        Client client({{QStringLiteral("port"), peer.port}});
        const QMap<qint64, Outcome> outcomes = client.send({mail(1, QByteArray(2'000, 'x')), mail(2)});
        QCOMPARE(shown(outcomes[1]), QStringLiteral("refused 552 5.3.4"));
        QCOMPARE(shown(outcomes[2]), QStringLiteral("sent 250 2.0.0"));
    }

    void nobodyThereBurnsNobody()
    {
        Client refused({{QStringLiteral("port"), freePort()}});
        const QMap<qint64, Outcome> outcomes = refused.send(mails(30));
        QCOMPARE(outcomes.size(), 30);
        QCOMPARE(kinds(outcomes), QStringList{QStringLiteral("provider_down")});
        QVERIFY(!refused.probe().ok);
        Client unknown({{QStringLiteral("port"), 25}, {QStringLiteral("host"), QStringLiteral("mail.invalid")}});
        const Outcome outcome = unknown.sendOne(mail(1));
        QCOMPARE(nameOf(outcome.kind), QStringLiteral("provider_down"));
        QVERIFY2(outcome.reason.contains(QStringLiteral("mail.invalid")), qPrintable(outcome.reason));
    }

    void anUnusableAccountAnswersWithItsError()
    {
        Client client({{QStringLiteral("port"), 25}, {QStringLiteral("auth"), QStringLiteral("plain")}});
        const Outcome outcome = client.sendOne(mail(1));
        QCOMPARE(nameOf(outcome.kind), QStringLiteral("provider_down"));
        QVERIFY(outcome.reason.contains(QStringLiteral("user name")));
        QVERIFY(!client.probe().ok);
    }

    void aSilentServerIsGivenUp()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        Client client({{QStringLiteral("port"), silent.serverPort()}, {QStringLiteral("timeout_greeting"), 1}});
        const Outcome outcome = client.sendOne(mail(1));
        QCOMPARE(nameOf(outcome.kind), QStringLiteral("provider_down"));
        QVERIFY2(outcome.reason.contains(QStringLiteral("220")), qPrintable(outcome.reason));
    }

    void anAnswerToTheDotThatNeverComesIsUncertain()
    {
        Peer sink;
        QVERIFY(sink.startSink(slow(60)));
        Client client({{QStringLiteral("port"), sink.port}, {QStringLiteral("timeout_final"), 1}});
        const Outcome outcome = client.sendOne(mail(1));
        QCOMPARE(nameOf(outcome.kind), QStringLiteral("uncertain"));
    }

    void aServerThatTakesFewConnectionsGetsFew()
    {
        MoodyServer server;
        server.maxConnections = 2;
        Client client({{QStringLiteral("port"), server.port()}});
        QCOMPARE(kinds(client.send(mails(200))), QStringList{QStringLiteral("sent")});
        QCOMPARE(server.mostOpen, 2);
    }

    void aServerThatClosesAfterEachMessageGetsThemAll()
    {
        MoodyServer server;
        server.maxMessages = 1;
        Client client({{QStringLiteral("port"), server.port()}});
        QCOMPARE(kinds(client.send(mails(60))), QStringList{QStringLiteral("sent")});
        QCOMPARE(server.recipients.size(), 60);
        QCOMPARE(server.recipients.removeDuplicates(), 0);
    }

    void anUnusedConnectionIsClosedAndANewOneOpened()
    {
        MoodyServer server;
        Client client({{QStringLiteral("port"), server.port()}, {QStringLiteral("timeout_idle"), 1}});
        QCOMPARE(shown(client.sendOne(mail(1))), QStringLiteral("sent 250"));
        QCOMPARE(server.open, 1);
        QTRY_COMPARE_WITH_TIMEOUT(server.open, 0, 5'000);
        QCOMPARE(server.quits, 1);
        client.answers.clear();
        QCOMPARE(shown(client.sendOne(mail(2))), QStringLiteral("sent 250"));
    }

    void draining()
    {
        Peer sink;
        QVERIFY(sink.startSink(slow(1)));
        Client client({{QStringLiteral("port"), sink.port}, {QStringLiteral("max_connections"), 2}});
        QSignalSpy drained(client.sender.get(), &Sender::drained);
        client.sender->send(mails(50));
        QTRY_VERIFY_WITH_TIMEOUT(!client.answers.isEmpty(), 10'000);
        client.sender->drain();
        QCOMPARE(client.sender->capacity(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(client.answers.size(), 50, 10'000);
        QTRY_COMPARE(drained.size(), 1);
        int sent = 0;
        for (const Outcome& outcome : client.answers) {
            QVERIFY(outcome.kind == OutcomeKind::Sent || outcome.kind == OutcomeKind::ProviderDown);
            sent += outcome.kind == OutcomeKind::Sent;
        }
        QVERIFY2(sent >= 2 && sent <= 8, qPrintable(QString::number(sent))); // what was on the wire was finished
        client.sender->send({mail(51)});
        QTRY_COMPARE(client.answers.size(), 51);
        QCOMPARE(nameOf(client.answers.last().kind), QStringLiteral("provider_down"));
    }

    void drainingAnIdleSenderEndsAtOnce()
    {
        Client client({{QStringLiteral("port"), freePort()}});
        QSignalSpy drained(client.sender.get(), &Sender::drained);
        client.sender->drain();
        client.sender->drain();
        QVERIFY(drained.wait());
        QTest::qWait(20);
        QCOMPARE(drained.size(), 1);
    }

    void capacityCountsWhatIsInHand()
    {
        Peer sink;
        QVERIFY(sink.startSink({}));
        Client client({{QStringLiteral("port"), sink.port}});
        const int room = client.sender->capacity();
        QVERIFY(room >= 128);
        QSignalSpy changed(client.sender.get(), &Sender::capacityChanged);
        client.sender->send(mails(10));
        QCOMPARE(client.sender->capacity(), room - 10);
        QTRY_COMPARE(client.sender->capacity(), room);
        QVERIFY(changed.size() >= 1 && changed.size() <= 10);
    }

    void aSenderMayBeDestroyedInTheMiddle()
    {
        Peer sink;
        QVERIFY(sink.startSink(slow(60)));
        Client client({{QStringLiteral("port"), sink.port}});
        client.sender->send(mails(100));
        QTest::qWait(50);
        client.sender.reset();
        QVERIFY(client.answers.isEmpty());
    }
};

QTEST_GUILESS_MAIN(SmtpSenderTest)
#include "SmtpSenderTest.moc"
