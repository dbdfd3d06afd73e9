// SPDX-License-Identifier: GPL-3.0-or-later
// DKIM signatures before judges that are not ours: python3-dkim and npm's mailauth.
#include "engine/base/Random.h"
#include "engine/provider/DkimCanonical.h"
#include "engine/provider/SmtpDkim.h"
#include "tests/integration/provider/SmtpPeers.h"
#include "tests/unit/provider/DkimKeys.h"

#include <QElapsedTimer>
#include <QFileInfo>

using namespace carillon;

namespace {

const QString peers = QStringLiteral(CARILLON_SOURCE_DIR "/tests/integration/peers");

// A program that answers a JSON line with a JSON line.
class Judge {
public:
    Judge(const QString& program, const QString& script)
    {
        m_process.setWorkingDirectory(peers);
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(program, {peers + u'/' + script});
    }
    ~Judge()
    {
        m_process.closeWriteChannel();
        m_process.waitForFinished();
    }

    QJsonObject ask(const QJsonObject& question)
    {
        m_process.write(QJsonDocument(question).toJson(QJsonDocument::Compact) + '\n');
        while (!m_process.canReadLine()) {
            if (!m_process.waitForReadyRead(60'000))
                return {};
        }
        return QJsonDocument::fromJson(m_process.readLine()).object();
    }

    QJsonArray verdicts(const QByteArray& mail, const QJsonObject& records)
    {
        return ask({{QStringLiteral("mail"), QString::fromLatin1(mail.toBase64())}, {QStringLiteral("records"), records}})
            .value(QStringLiteral("verdicts"))
            .toArray();
    }

private:
    QProcess m_process;
};

AccountConfig signingAccount()
{
    AccountConfig config;
    config.settings = {{QStringLiteral("dkim_domain"), QStringLiteral("example.org")},
                       {QStringLiteral("dkim_selector"), QStringLiteral("s1")},
                       {QStringLiteral("dkim_ed25519_selector"), QStringLiteral("s2.mail")}};
    config.secrets = {{QStringLiteral("dkim_key"), newRsaPem()}, {QStringLiteral("dkim_ed25519_key"), newEd25519Pem()}};
    return config;
}

// What dkimRecord() shows, as the DNS would have it.
QJsonObject zoneOf(const DkimSigner& signer)
{
    QJsonObject zone;
    const QStringList lines = signer.dkimRecord().split(u'\n');
    for (const QString& line : lines)
        zone.insert(line.section(u' ', 0, 0), line.section(u' ', 2));
    return zone;
}

QByteArray pick(SeededRandom& random, const QByteArrayList& scraps, int most)
{
    QByteArray text;
    for (quint64 left = random.below(quint64(most) + 1); left > 0; --left)
        text += scraps[qsizetype(random.below(quint64(scraps.size())))];
    return text;
}

// Any mail that can be on the wire: folded fields, blanks everywhere, fields several times, 8-bit text, lines of blanks.
QByteArray anyMail(SeededRandom& random)
{
    const QByteArrayList names{"Subject",          "To",      "Reply-To",     "CC",  "X-Own",
                               "List-Unsubscribe", "subject", "Content-Type", "Date"};
    const QByteArrayList values{"a",        "  ", "\t", "word", "\r\n ", "\r\n\t", "=?UTF-8?Q?x?=", "<a@example.org>",
                                "\xc3\xbc", ";",  ":"};
    const QByteArrayList bodies{"a",      " ",        "\t ",        "\r\n",  "\r\n\r\n", ".",
                                "..\r\n", "\xff\xfe", "long line ", " \r\n", "=20\r\n",  "-- \r\n"};
    QByteArray mail = "From: Sender <sender@example.org>\r\n";
    for (quint64 left = random.below(8); left > 0; --left)
        mail += names[qsizetype(random.below(quint64(names.size())))] + ": x" + pick(random, values, 8) + "y\r\n";
    const QByteArray body = pick(random, bodies, 30);
    return mail + "\r\n" + body + (body.isEmpty() || body.endsWith("\r\n") ? "" : "\r\n");
}

QByteArray missingPythonJudge()
{
    QProcess check;
    check.start(python, {QStringLiteral("-c"), QStringLiteral("import dkim, nacl")});
    check.waitForFinished();
    const bool found = check.exitStatus() == QProcess::NormalExit && check.exitCode() == 0;
    return found ? QByteArray() : QByteArray("python3-dkim or python3-nacl is not installed");
}

const QJsonArray bothTrue{true, true};

} // namespace

class DkimJudgeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (const QByteArray missing = missingPythonJudge(); !missing.isEmpty())
            QSKIP(missing.constData());
        m_signer = parseDkim(signingAccount()).value();
        m_zone = zoneOf(*m_signer);
    }

    void theSameCanonicalForm()
    {
        Judge judge(python, QStringLiteral("dkim_judge.py"));
        SeededRandom random(6'376);
        for (int round = 0; round < 2'000; ++round) {
            const QByteArray mail = anyMail(random);
            const DkimText ours = dkimCanonical(mail);
            const QJsonObject theirs = judge.ask({{QStringLiteral("canonical"), QString::fromLatin1(mail.toBase64())}});
            QByteArrayList lines;
            for (const QJsonValueConstRef field : theirs.value(QStringLiteral("headers")).toArray())
                lines += QByteArray::fromBase64(field[0].toString().toLatin1()) + ':'
                    + QByteArray::fromBase64(field[1].toString().toLatin1());
            QByteArrayList own;
            for (const DkimField& field : ours.fields)
                own += field.line;
            QCOMPARE(own, lines);
            QCOMPARE(ours.body, QByteArray::fromBase64(theirs.value(QStringLiteral("body")).toString().toLatin1()));
        }
    }

    void bothJudgesTakeBothSignatures()
    {
        judgeAll(python, QStringLiteral("dkim_judge.py"), 300);
        if (!QFileInfo::exists(peers + QStringLiteral("/node_modules/mailauth")))
            QSKIP("run \"npm ci\" in tests/integration/peers for the second judge");
        judgeAll(QStringLiteral("node"), QStringLiteral("dkim-judge.mjs"), 300);
    }

    void noJudgeTakesAChangedMail()
    {
        const QByteArray mail = "From: a@example.org\r\nSubject: x\r\nTo: b@example.net\r\n\r\nPay 10\r\n";
        const QByteArray good = m_signer->sign(mail, 1).value() + mail;
        Judge judge(python, QStringLiteral("dkim_judge.py"));
        QCOMPARE(judge.verdicts(good, m_zone), bothTrue);
        for (const QByteArray& changed :
             {QByteArray(good).replace("Pay 10", "Pay 99"), QByteArray(good).replace("Subject: x", "Subject: y"),
              QByteArray(good).prepend("From: evil@example.org\r\n"),
              QByteArray(good).replace("To: b", "To: c@example.net\r\nTo: b"),
              QByteArray(good).replace("Subject: x", "Subject: x\r\nSubject: y")})
            QCOMPARE(judge.verdicts(changed, m_zone), (QJsonArray{false, false}));
    }

    // What arrives, not what was given: dots stuffed and unstuffed, line ends mended, a sender in between.
    void theMailArrivesSigned()
    {
        if (const QByteArray missing = missingPeers(); !missing.isEmpty())
            QSKIP(missing.constData());
        Peer peer;
        QVERIFY(peer.startPython({}));
        AccountConfig config = signingAccount();
        config.settings.insert(QStringLiteral("port"), peer.port);
        Client client(config.settings, config.secrets);
        const QByteArray header = "From: sender@example.org\r\nSubject: =?UTF-8?Q?J=C3=BCrgen?=\r\n";
        const QByteArrayList bodies{"",
                                    "\r\n",
                                    ".\r\n..\r\n.x\r\n",
                                    "bare\n.\nline\rends",
                                    "caf\xc3\xa9\r\n",
                                    "trailing\r\n\r\n\r\n",
                                    QByteArray(990, 'x') + "\r\n",
                                    QByteArray("  much \t blank  \r\n").repeated(2'000)};
        QList<Message> messages;
        for (const QByteArray& body : bodies) {
            messages += mail(messages.size() + 1, header + "\r\n" + body);
            messages.last().has8Bit = body.contains('\xc3');
        }
        QCOMPARE(kinds(client.send(messages)), QStringList{QStringLiteral("sent")});
        const QJsonObject zone = zoneOf(**parseDkim(config));
        Judge judge(python, QStringLiteral("dkim_judge.py"));
        const QList<QJsonObject> taken = peer.taken();
        QCOMPARE(taken.size(), bodies.size());
        for (const QJsonObject& one : taken)
            QCOMPARE(
                judge.verdicts(QByteArray::fromBase64(one.value(QStringLiteral("content")).toString().toLatin1()), zone),
                bothTrue);
    }

    void theProbeShowsWhatTheDnsMustHold()
    {
        Peer sink;
        if (missingPeers().isEmpty())
            QVERIFY(sink.startSink({}));
        else
            QSKIP("smtp-sink is not installed (Debian: postfix)");
        AccountConfig config = signingAccount();
        config.settings.insert(QStringLiteral("port"), sink.port);
        const ProbeResult probe = Client(config.settings, config.secrets).probe();
        QVERIFY2(probe.detail.contains((*parseDkim(config))->dkimRecord()), qPrintable(probe.detail));
    }

    // Printed, for the record: a signature's cost in the sender's thread.
    void whatASignatureCosts()
    {
        SeededRandom random(1);
        const QByteArray mail
            = anyMail(random) + QByteArray("The quick brown fox jumps over the lazy dog.\r\n").repeated(60);
        for (const QString& unused : {QStringLiteral("dkim_ed25519"), QStringLiteral("dkim")}) {
            AccountConfig config = signingAccount();
            config.settings.remove(unused + QStringLiteral("_selector"));
            config.secrets.remove(unused + QStringLiteral("_key"));
            const auto signer = parseDkim(config).value();
            QElapsedTimer timer;
            timer.start();
            for (int round = 0; round < 200; ++round)
                QVERIFY(signer->sign(mail, round));
            qInfo("%s: %.3f ms", unused == QStringLiteral("dkim") ? "ed25519" : "rsa-2048",
                  double(timer.nsecsElapsed()) / 200e6);
        }
    }

private:
    void judgeAll(const QString& program, const QString& script, int rounds)
    {
        Judge judge(program, script);
        SeededRandom random(8'463);
        for (int round = 0; round < rounds; ++round) {
            const QByteArray mail = anyMail(random);
            const QByteArray whole = m_signer->sign(mail, 1'700'000'000 + round).value() + mail;
            QVERIFY2(judge.verdicts(whole, m_zone) == bothTrue, whole.constData());
        }
    }

    std::shared_ptr<const DkimSigner> m_signer;
    QJsonObject m_zone;
};

QTEST_GUILESS_MAIN(DkimJudgeTest)
#include "DkimJudgeTest.moc"
