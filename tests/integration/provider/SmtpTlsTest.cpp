// SPDX-License-Identifier: GPL-3.0-or-later
// The `smtp` provider's TLS and login against Python's aiosmtpd.
#include "tests/integration/provider/SmtpPeers.h"

using namespace carillon;

class SmtpTlsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (const QByteArray missing = missingPeers(); !missing.isEmpty())
            QSKIP(missing.constData());
        QVERIFY(m_folder.isValid());
        makeCertificate(QStringLiteral("localhost"));
        makeCertificate(QStringLiteral("other.example"));
    }

    void logsInOverTls_data()
    {
        QTest::addColumn<QString>("tls");
        QTest::addColumn<QString>("mechanism");
        for (const char* tls : {"starttls", "implicit"}) {
            for (const char* mechanism : {"PLAIN", "LOGIN", "CRAM-MD5", "XOAUTH2"})
                QTest::newRow(QByteArray(tls).append(QByteArrayLiteral(" ")).append(mechanism).constData())
                    << QString::fromLatin1(tls) << QString::fromLatin1(mechanism);
        }
    }

    void logsInOverTls()
    {
        QFETCH(QString, tls);
        QFETCH(QString, mechanism);
        Peer peer;
        QVERIFY(peer.startPython(tlsOptions(tls)
                                 + QStringList{QStringLiteral("--login"), QStringLiteral("me:s3cret"),
                                               QStringLiteral("--mechanism"), mechanism}));
        QJsonObject settings = tlsSettings(peer.port, tls);
        settings.insert(QStringLiteral("username"), QStringLiteral("me"));
        settings.insert(QStringLiteral("auth"), mechanism.toLower());
        Client client(settings, "s3cret");
        const ProbeResult probe = client.probe();
        QVERIFY2(probe.ok, qPrintable(probe.error.message));
        QVERIFY2(probe.detail.contains(QStringLiteral("SMTPUTF8")), qPrintable(probe.detail));
        QCOMPARE(shown(client.sendOne(mail(1))), QStringLiteral("sent 250 2.0.0"));
        const QJsonObject taken = peer.taken().value(0);
        QVERIFY(taken.value(QStringLiteral("tls")).toBool());
        QVERIFY(taken.value(QStringLiteral("login")).toBool());

        Client wrong(settings, "wr0ng");
        const Outcome refused = wrong.sendOne(mail(2));
        QCOMPARE(nameOf(refused.kind), QStringLiteral("provider_down"));
        QVERIFY2(refused.code.startsWith(QStringLiteral("535")), qPrintable(shown(refused)));
        QVERIFY(refused.notBeforeMs >= 600'000);
        QVERIFY(!refused.reason.contains(QStringLiteral("wr0ng")));
        QVERIFY(!wrong.probe().ok);
        QVERIFY(peer.taken().isEmpty());
    }

    void aCertificateMustBeTrustedAndBearTheName_data()
    {
        QTest::addColumn<QString>("tls");
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("trusted");
        for (const char* tls : {"starttls", "implicit"}) {
            QTest::addRow("%s, unknown authority", tls) << QString::fromLatin1(tls) << QStringLiteral("localhost") << false;
            QTest::addRow("%s, another name", tls) << QString::fromLatin1(tls) << QStringLiteral("other.example") << true;
        }
    }

    void aCertificateMustBeTrustedAndBearTheName()
    {
        QFETCH(QString, tls);
        QFETCH(QString, name);
        QFETCH(bool, trusted);
        Peer peer;
        QVERIFY(peer.startPython(tlsOptions(tls, name)));
        QJsonObject settings = tlsSettings(peer.port, tls, name);
        if (!trusted)
            settings.remove(QStringLiteral("ca_file"));
        const Outcome outcome = Client(settings).sendOne(mail(1));
        QCOMPARE(nameOf(outcome.kind), QStringLiteral("provider_down"));
        QVERIFY2(outcome.reason.contains(QStringLiteral("certificate")), qPrintable(outcome.reason));
        QVERIFY(outcome.notBeforeMs >= 600'000);
        QVERIFY(peer.taken().isEmpty());
    }

    void requiredTlsThatIsNotOfferedIsNoSend()
    {
        Peer peer;
        QVERIFY(peer.startPython({}));
        const Outcome outcome = Client(tlsSettings(peer.port, QStringLiteral("starttls"))).sendOne(mail(1));
        QCOMPARE(nameOf(outcome.kind), QStringLiteral("provider_down"));
        QVERIFY(outcome.reason.contains(QStringLiteral("STARTTLS")));
        QVERIFY(peer.taken().isEmpty());
    }

    // Each connection after the first takes up the TLS session of one before, by the server's own account; and it is still
    // the server that bears the name.
    void laterConnectionsReuseTheTlsSession_data()
    {
        QTest::addColumn<QString>("tls");
        QTest::addColumn<QString>("newest");
        for (const char* tls : {"starttls", "implicit"}) {
            for (const char* newest : {"TLSv1_2", "TLSv1_3"})
                QTest::addRow("%s %s", tls, newest) << QString::fromLatin1(tls) << QString::fromLatin1(newest);
        }
    }

    void laterConnectionsReuseTheTlsSession()
    {
        QFETCH(QString, tls);
        QFETCH(QString, newest);
        Peer peer;
        QVERIFY(peer.startPython(tlsOptions(tls) + QStringList{QStringLiteral("--newest"), newest}));
        QJsonObject settings = tlsSettings(peer.port, tls);
        settings.insert(QStringLiteral("messages_per_connection"), 1);
        settings.insert(QStringLiteral("max_connections"), 1);
        QCOMPARE(kinds(Client(settings).send(mails(10))), QStringList{QStringLiteral("sent")});
        int resumed = 0;
        const QList<QJsonObject> taken = peer.taken();
        for (const QJsonObject& one : taken) {
            QVERIFY(one.value(QStringLiteral("tls")).toBool());
            resumed += one.value(QStringLiteral("resumed")).toBool();
        }
        QCOMPARE(taken.size(), 10);
        QCOMPARE(resumed, 9);
    }

    // The ticket is worth nothing to another server, and does not keep us from it.
    void aServerThatKnowsNoTicketGetsANewSession()
    {
        auto peer = std::make_unique<Peer>();
        QVERIFY(peer->startPython(tlsOptions(QStringLiteral("implicit"))));
        const int port = peer->port;
        QJsonObject settings = tlsSettings(port, QStringLiteral("implicit"));
        settings.insert(QStringLiteral("messages_per_connection"), 1);
        Client client(settings);
        QCOMPARE(shown(client.sendOne(mail(1))), QStringLiteral("sent 250 2.0.0"));
        peer = std::make_unique<Peer>();
        QVERIFY(peer->startPython(tlsOptions(QStringLiteral("implicit"))
                                  + QStringList{QStringLiteral("--port"), QString::number(port)}));
        client.answers.clear();
        QCOMPARE(shown(client.sendOne(mail(2))), QStringLiteral("sent 250 2.0.0"));
        QVERIFY(!peer->taken().value(0).value(QStringLiteral("resumed")).toBool());
    }

private:
    void makeCertificate(const QString& name)
    {
        QProcess openssl;
        openssl.start(QStringLiteral("openssl"),
                      {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"), QStringLiteral("ec"),
                       QStringLiteral("-pkeyopt"), QStringLiteral("ec_paramgen_curve:P-256"), QStringLiteral("-nodes"),
                       QStringLiteral("-days"), QStringLiteral("2"), QStringLiteral("-subj"), QStringLiteral("/CN=") + name,
                       QStringLiteral("-addext"), QStringLiteral("subjectAltName=DNS:") + name, QStringLiteral("-keyout"),
                       path(name, u"key"), QStringLiteral("-out"), path(name, u"pem")});
        QVERIFY(openssl.waitForFinished());
        QVERIFY(QFile::exists(path(name, u"pem")));
    }

    QString path(const QString& name, QStringView ending) const { return m_folder.filePath(name + u'.' + ending); }

    QStringList tlsOptions(const QString& tls, const QString& name = QStringLiteral("localhost")) const
    {
        return {QStringLiteral("--tls"), tls, QStringLiteral("--certificate"), path(name, u"pem"), QStringLiteral("--key"),
                path(name, u"key")};
    }

    QJsonObject tlsSettings(int port, const QString& tls, const QString& name = QStringLiteral("localhost")) const
    {
        return {{QStringLiteral("host"), QStringLiteral("localhost")},
                {QStringLiteral("port"), port},
                {QStringLiteral("ca_file"), path(name, u"pem")},
                {QStringLiteral("security"), tls == QStringLiteral("implicit") ? QStringLiteral("tls") : tls}};
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(SmtpTlsTest)
#include "SmtpTlsTest.moc"
