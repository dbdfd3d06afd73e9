// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/DkimCanonical.h"
#include "engine/provider/SmtpSettings.h"
#include "tests/unit/provider/DkimKeys.h"

#include <QTest>

using namespace carillon;

// Keys, fields and canonical forms. Whether a signature holds is for others to say: see DkimJudgeTest.
class DkimTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // The example of RFC 6376 3.4.5.
    void canonicalFormOfTheRfc()
    {
        const DkimText text = dkimCanonical("A: X\r\nB : Y\t\r\n\tZ  \r\n\r\n C \r\nD \t E\r\n\r\n\r\n");
        QCOMPARE(text.fields.size(), 2);
        QCOMPARE(text.fields[0].line, QByteArray("a:X\r\n"));
        QCOMPARE(text.fields[1].line, QByteArray("b:Y Z\r\n"));
        QCOMPARE(text.body, QByteArray(" C\r\nD E\r\n"));
    }

    void canonicalBodies_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("canonical");
        const auto row = [](const char* name, const QByteArray& body, const QByteArray& canonical) {
            QTest::newRow(name) << body << canonical;
        };
        row("none", "", "");
        row("empty lines", "\r\n\r\n", "");
        row("blank lines", " \r\n\t \r\n", "");
        row("no end", "x", "x\r\n");
        row("blanks and no end", "x \t", "x\r\n");
        row("bare line ends", "a\nb\rc", "a\r\nb\r\nc\r\n");
        row("two bare line ends", "a\n\rb\n\n", "a\r\n\r\nb\r\n");
        row("dots", ".\r\n..x\r\n", ".\r\n..x\r\n");
        row("octets", QByteArray("\xff\0\xfe\r\n", 5), QByteArray("\xff\0\xfe\r\n", 5));
        row("empty lines inside", "a\r\n\r\n\r\nb\r\n\r\n", "a\r\n\r\n\r\nb\r\n");
    }

    void canonicalBodies()
    {
        QFETCH(QByteArray, body);
        QTEST(dkimCanonical("A: b\r\n\r\n" + body).body, "canonical");
    }

    void aMailWithoutABody()
    {
        QCOMPARE(dkimCanonical("A: b\r\n").body, QByteArray());
        QCOMPARE(dkimCanonical("A: b").fields.value(0).line, QByteArray("a:b\r\n"));
        QVERIFY(dkimCanonical({}).fields.isEmpty());
        QCOMPARE(dkimCanonical(" odd\r\nnot a field\r\nA:\r\n\r\n").fields.size(), 1);
    }

    void signsWithEachKey()
    {
        const auto signer = parseDkim(account(newRsaPem(), newEd25519Pem()));
        QVERIFY2(signer && *signer, qPrintable(signer ? QString() : signer.error().message));
        const QByteArray signatures = (*signer)->sign("From: a@example.org\r\n\r\nx\r\n", 1'700'000'000).value();
        QCOMPARE(signatures.count("DKIM-Signature: "), 2);
        QCOMPARE(signatures.count(" t=1700000000;"), 2);
        QVERIFY(signatures.contains("a=rsa-sha256;") && signatures.contains("a=ed25519-sha256;"));
        QVERIFY(signatures.contains("h=from:from:subject:to;")); // one From, and no second one, nor any of the others
        for (const QByteArray& line : signatures.split('\n'))
            QVERIFY2(line.size() <= 79, line.constData());
        QVERIFY(!(*signer)->sign("To: a@example.org\r\n\r\nx\r\n", 0));
    }

    void theRecordSaysThePublicKey()
    {
        const auto signer = parseDkim(account(newRsaPem(), newEd25519Pem()));
        const QStringList lines = (*signer)->dkimRecord().split(u'\n');
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines[0].startsWith(QStringLiteral("s1._domainkey.example.org TXT v=DKIM1; k=rsa; p=MII")));
        const QString ed25519 = QStringLiteral("s2._domainkey.example.org TXT v=DKIM1; k=ed25519; p=");
        QVERIFY(lines[1].startsWith(ed25519));
        QCOMPARE(QByteArray::fromBase64(lines[1].sliced(ed25519.size()).toLatin1()).size(), 32);
    }

    void mistakesAreNamed_data()
    {
        QTest::addColumn<AccountConfig>("config");
        QTest::addColumn<QString>("field");
        const auto row = [](const char* name, const AccountConfig& config, const QString& field) {
            QTest::newRow(name) << config << field;
        };
        const Secret rsa = newRsaPem();
        const Secret ed25519 = newEd25519Pem();
        row("RSA in the place of Ed25519", account(rsa, rsa), QStringLiteral("dkim_ed25519_key"));
        row("Ed25519 in the place of RSA", account(ed25519, ed25519), QStringLiteral("dkim_key"));
        row("no key", account(Secret("hello"), ed25519), QStringLiteral("dkim_key"));
        row("a public key", account(Secret("-----BEGIN PUBLIC KEY-----\n"), ed25519), QStringLiteral("dkim_key"));
        row("a passphrase", account(pemOf(EVP_RSA_gen(2'048), "open"), ed25519), QStringLiteral("dkim_key"));
        row("512 bits", account(newRsaPem(512), ed25519), QStringLiteral("dkim_key"));
        row("another kind", account(pemOf(EVP_EC_gen("P-256")), ed25519), QStringLiteral("dkim_key"));
        row("selector alone", account({}, ed25519), QStringLiteral("dkim_key"));
        AccountConfig config = account(rsa, ed25519);
        config.settings.remove(QStringLiteral("dkim_ed25519_selector"));
        row("key without selector", config, QStringLiteral("dkim_ed25519_selector"));
        config = account(rsa, ed25519);
        config.settings.insert(QStringLiteral("dkim_selector"), QStringLiteral("s1; x"));
        row("no selector's name", config, QStringLiteral("dkim_selector"));
        config = account(rsa, ed25519);
        config.settings.insert(QStringLiteral("dkim_domain"), QStringLiteral("exa mple"));
        row("no domain's name", config, QStringLiteral("dkim_domain"));
        config.settings.remove(QStringLiteral("dkim_domain"));
        row("no domain", config, QStringLiteral("dkim_domain"));
        config.settings = {{QStringLiteral("dkim_domain"), QStringLiteral("example.org")}};
        config.secrets.clear();
        row("domain alone", config, QStringLiteral("dkim_key"));
    }

    void mistakesAreNamed()
    {
        QFETCH(AccountConfig, config);
        config.settings.insert(QStringLiteral("host"), QStringLiteral("localhost"));
        const Result<SmtpSettings> settings = parseSmtpSettings(config);
        QVERIFY(!settings);
        QTEST(settings.error().field, "field");
        QVERIFY(!settings.error().message.isEmpty());
        QVERIFY(!settings.error().message.contains(QStringLiteral("hello")));
    }

    void withoutFieldsNothingIsSigned()
    {
        const auto signer = parseDkim({});
        QVERIFY(signer && !*signer);
    }

    void anInternationalDomainIsWrittenInAscii()
    {
        AccountConfig config = account(newRsaPem(1'024), {});
        config.settings.remove(QStringLiteral("dkim_ed25519_selector"));
        config.settings.insert(QStringLiteral("dkim_domain"), QStringLiteral("bücher.example"));
        QVERIFY((*parseDkim(config))->dkimRecord().startsWith(QStringLiteral("s1._domainkey.xn--bcher-kva.example TXT ")));
    }

private:
    static AccountConfig account(const Secret& rsa, const Secret& ed25519)
    {
        AccountConfig config;
        config.settings = {{QStringLiteral("dkim_domain"), QStringLiteral("example.org")},
                           {QStringLiteral("dkim_selector"), QStringLiteral("s1")},
                           {QStringLiteral("dkim_ed25519_selector"), QStringLiteral("s2")}};
        config.secrets = {{QStringLiteral("dkim_key"), rsa}, {QStringLiteral("dkim_ed25519_key"), ed25519}};
        return config;
    }
};

QTEST_GUILESS_MAIN(DkimTest)
#include "DkimTest.moc"
