// SPDX-License-Identifier: GPL-3.0-or-later
// The `smtp` provider against a real Postfix: TLS, login, pipelining, refusals by recipient, greylisting, limits. What was
// answered is compared with Postfix's own log and mailbox, message by message.
#include "tests/integration/provider/SmtpPeers.h"

#include <QDir>
#include <QRegularExpression>

using namespace carillon;

namespace {

// A Postfix with its own folder, stopped with this object.
class Postfix {
public:
    ~Postfix()
    {
        m_process.closeWriteChannel();
        if (!m_process.waitForFinished(30'000))
            m_process.terminate();
        m_process.waitForFinished(10'000);
    }

    bool start(const QStringList& settings = {})
    {
        QStringList arguments{QStringLiteral(CARILLON_SOURCE_DIR "/tests/integration/peers/postfix_peer.py"),
                              m_folder.path()};
        for (const QString& setting : settings)
            arguments += {QStringLiteral("--set"), setting};
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(python, arguments);
        if (!QTest::qWaitFor([this] { return m_process.canReadLine(); }, 60'000))
            return false;
        m_said = QJsonDocument::fromJson(m_process.readLine()).object();
        return m_said.contains(QStringLiteral("port"));
    }

    // An account that may send through it.
    QJsonObject account(const QJsonObject& more = {}) const
    {
        QJsonObject settings{{QStringLiteral("host"), QStringLiteral("localhost")},
                             {QStringLiteral("port"), m_said.value(QStringLiteral("port"))},
                             {QStringLiteral("security"), QStringLiteral("starttls")},
                             {QStringLiteral("ca_file"), m_said.value(QStringLiteral("ca"))},
                             {QStringLiteral("username"), QStringLiteral("me@mail.example")}};
        for (auto field = more.begin(); field != more.end(); ++field)
            settings.insert(field.key(), field.value());
        return settings;
    }

    QString log() const
    {
        QFile file(m_said.value(QStringLiteral("log")).toString());
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }

    // Recipients by Postfix's queue id, of what its log says was put into the mailbox.
    QMultiMap<QString, QString> delivered() const
    {
        static const QRegularExpression line(
            QStringLiteral("virtual\\[\\d+\\]: (\\w+): to=<([^>]*)>.* status=sent \\(delivered to maildir\\)"));
        QMultiMap<QString, QString> found;
        for (auto matches = line.globalMatch(log()); matches.hasNext();) {
            const QRegularExpressionMatch match = matches.next();
            found.insert(match.captured(1), match.captured(2));
        }
        return found;
    }

    // Message-IDs of the mails in the mailbox, one for each mail.
    QStringList mailbox() const
    {
        static const QRegularExpression field(QStringLiteral("^Message-ID: <(.*)>$"), QRegularExpression::MultilineOption);
        const QDir folder(m_said.value(QStringLiteral("mailbox")).toString());
        QStringList ids;
        const QStringList names = folder.entryList(QDir::Files);
        for (const QString& name : names) {
            QFile file(folder.filePath(name));
            if (file.open(QIODevice::ReadOnly))
                ids += field.match(QString::fromUtf8(file.readAll())).captured(1);
        }
        return ids;
    }

private:
    QTemporaryDir m_folder;
    QProcess m_process;
    QJsonObject m_said;
};

Message mailTo(qint64 id, const QString& prefix)
{
    Message message = mail(
        id, "From: sender@example.org\r\nSubject: x\r\nMessage-ID: <m" + QByteArray::number(id) + ">\r\n\r\n.dot\r\n");
    message.to.prepend(prefix);
    message.idempotencyKey = QStringLiteral("m%1").arg(id);
    return message;
}

QList<Message> mailsTo(int count, const QStringList& prefixes)
{
    QList<Message> all;
    for (int id = 1; id <= count; ++id)
        all += mailTo(id, prefixes[id % prefixes.size()]);
    return all;
}

QByteArray whyNoPostfix()
{
    if (geteuid() != 0)
        return "a Postfix of its own needs root";
    for (const QString& program : {QStringLiteral("postfix"), QStringLiteral("saslpasswd2"), QStringLiteral("openssl")}) {
        const bool found = !QStandardPaths::findExecutable(program).isEmpty()
            || !QStandardPaths::findExecutable(program, {QStringLiteral("/usr/sbin")}).isEmpty();
        if (!found)
            return program.toUtf8() + " is not installed (Debian: postfix, sasl2-bin, libsasl2-modules, openssl)";
    }
    return {};
}

} // namespace

class PostfixTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (const QByteArray reason = whyNoPostfix(); !reason.isEmpty())
            QSKIP(reason.constData());
    }

    // Taken, refused for now and for ever, over pipelined, encrypted, logged-in connections that are changed often.
    void theLogAndTheMailboxAgreeWithTheAnswers()
    {
        Postfix postfix;
        QVERIFY(postfix.start());
        Client client(postfix.account({{QStringLiteral("messages_per_connection"), 20}}), "s3cret");
        const QList<Message> messages = mailsTo(
            300,
            {QString(), QStringLiteral("unknown"), QString(), QStringLiteral("full"), QString(), QStringLiteral("grey")});
        const QMap<qint64, Outcome> outcomes = client.send(messages);
        QCOMPARE(outcomes.size(), 300);
        QTRY_COMPARE_WITH_TIMEOUT(postfix.delivered().size(), 150, 60'000);
        const QMultiMap<QString, QString> delivered = postfix.delivered();
        QStringList expected;
        for (const Message& message : messages) {
            const Outcome& outcome = outcomes[message.deliveryId];
            if (message.to.startsWith(u'r')) {
                QCOMPARE(shown(outcome), QStringLiteral("sent 250 2.0.0"));
                QCOMPARE(delivered.values(outcome.providerId), QStringList{message.to});
                expected += message.idempotencyKey;
            } else {
                QCOMPARE(shown(outcome),
                         message.to.startsWith(u'u')       ? QStringLiteral("refused 550 5.1.1")
                             : message.to.startsWith(u'f') ? QStringLiteral("retry 452 4.2.2")
                                                           : QStringLiteral("throttled 450 4.2.0"));
                QCOMPARE(outcome.suppressAddress, message.to.startsWith(u'u'));
            }
        }
        QStringList arrived = postfix.mailbox();
        arrived.sort();
        expected.sort();
        QCOMPARE(arrived, expected);
        QVERIFY(postfix.log().count(QStringLiteral("Reusing old session")) >= 5); // TLS sessions, taken up again
    }

    void greylistedMailIsTakenTheSecondTime()
    {
        Postfix postfix;
        QVERIFY(postfix.start());
        Client client(postfix.account(), "s3cret");
        const Message message = mailTo(1, QStringLiteral("grey"));
        const Outcome first = client.sendOne(message);
        QCOMPARE(shown(first), QStringLiteral("throttled 450 4.2.0"));
        QCOMPARE(first.bucket, QStringLiteral("message"));
        QCOMPARE(first.notBeforeMs, 2'000);
        QVERIFY2(first.reason.contains(QStringLiteral("try again in 2 seconds")), qPrintable(first.reason));
        client.answers.clear();
        QCOMPARE(shown(client.sendOne(message)), QStringLiteral("sent 250 2.0.0"));
        QTRY_COMPARE_WITH_TIMEOUT(postfix.mailbox(), QStringList{QStringLiteral("m1")}, 30'000);
    }

    // The account is down, with a reason; no message is to blame, and none was offered.
    void aRefusedLoginIsTheAccountsFault()
    {
        Postfix postfix;
        QVERIFY(postfix.start());
        Client client(postfix.account(), "wr0ng");
        const QMap<qint64, Outcome> outcomes = client.send(mailsTo(20, {QString()}));
        QCOMPARE(kinds(outcomes), QStringList{QStringLiteral("provider_down")});
        QVERIFY2(outcomes[1].code.startsWith(QStringLiteral("535")), qPrintable(outcomes[1].code));
        QVERIFY(outcomes[1].reason.contains(QStringLiteral("login")));
        QVERIFY(!postfix.log().contains(QStringLiteral("to=<")));
    }

    void everyLoginThatPostfixOffers_data()
    {
        QTest::addColumn<QString>("method");
        for (const char* method : {"plain", "login", "cram-md5", "auto"})
            QTest::newRow(method) << QString::fromLatin1(method);
    }

    void everyLoginThatPostfixOffers()
    {
        QFETCH(QString, method);
        Postfix postfix;
        QVERIFY(postfix.start());
        Client client(postfix.account({{QStringLiteral("auth"), method}}), "s3cret");
        QCOMPARE(shown(client.sendOne(mailTo(1, {}))), QStringLiteral("sent 250 2.0.0"));
    }

    // Postfix turns the third connection away with 421; the two that it bears carry all.
    void aLimitOfConnectionsCostsNothing()
    {
        Postfix postfix;
        QVERIFY(postfix.start({QStringLiteral("smtpd_client_connection_count_limit=2")}));
        Client client(postfix.account(), "s3cret");
        const QMap<qint64, Outcome> outcomes = client.send(mailsTo(200, {QString()}));
        QCOMPARE(outcomes.size(), 200);
        QCOMPARE(kinds(outcomes), QStringList{QStringLiteral("sent")});
        QTRY_COMPARE_WITH_TIMEOUT(postfix.mailbox().size(), 200, 60'000);
        QVERIFY(postfix.log().contains(QStringLiteral("Connection concurrency limit exceeded")));
    }

    // 450 4.7.1 "too much mail" is no message's failure: the account is to slow down.
    void aLimitOfMessagesThrottlesTheAccount()
    {
        Postfix postfix;
        QVERIFY(postfix.start(
            {QStringLiteral("smtpd_client_message_rate_limit=25"), QStringLiteral("anvil_rate_time_unit=600s")}));
        Client client(postfix.account({{QStringLiteral("max_connections"), 2}}), "s3cret");
        const QMap<qint64, Outcome> outcomes = client.send(mailsTo(60, {QString()}));
        QCOMPARE(outcomes.size(), 60);
        QStringList sent;
        for (const Outcome& outcome : outcomes) {
            if (outcome.kind == OutcomeKind::Sent) {
                sent += QStringLiteral("m%1").arg(outcome.deliveryId);
                continue;
            }
            QCOMPARE(nameOf(outcome.kind), QStringLiteral("throttled"));
            QCOMPARE(outcome.bucket, QStringLiteral("account"));
            QVERIFY(outcome.notBeforeMs > 0);
        }
        QCOMPARE(sent.size(), 25);
        QTRY_COMPARE_WITH_TIMEOUT(postfix.mailbox().size(), 25, 60'000);
        QStringList arrived = postfix.mailbox();
        arrived.sort();
        sent.sort();
        QCOMPARE(arrived, sent);
    }
};

QTEST_GUILESS_MAIN(PostfixTest)
#include "PostfixTest.moc"
