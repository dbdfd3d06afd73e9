// SPDX-License-Identifier: GPL-3.0-or-later
#include "TestCertificate.h"
#include "engine/base/Json.h"
#include "engine/base/ManualClock.h"
#include "engine/provider/BuiltInProviders.h"
#include "tests/unit/provider/Proxies.h"
#include "tests/unit/security/TestKeys.h"

#include <QDateTime>
#include <QFileInfo>
#include <QProcess>
#include <QSet>
#include <QTest>

using namespace carillon;

namespace {

const QString Peers = QStringLiteral(CARILLON_SOURCE_DIR "/tests/integration/peers");

Message messageTo(const QString& device, int number)
{
    Message message;
    message.deliveryId = number;
    message.idempotencyKey = u"d%1.w@example.org"_qs.arg(number);
    message.to = device.leftJustified(64, u'0');
    message.fields = {{u"title"_qs, u"Order"_qs}, {u"body"_qs, u"It is ready."_qs}};
    return message;
}

} // namespace

// The APNs provider as it is, over HTTP/2 and TLS to Node's server, with its tokens verified by jose.
class ApnsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!QFileInfo::exists(Peers + u"/node_modules/jose"_qs))
            QSKIP("run \"npm ci\" in tests/integration/peers first");
        forgetProxies();
        QVERIFY(m_certificate.isValid());
        QFile publicKey(publicKeyPath());
        QVERIFY(publicKey.open(QIODevice::WriteOnly));
        publicKey.write(m_key.publicPem);
    }

    void init()
    {
        m_outcomes.clear();
        m_seen.clear();
        m_node = std::make_unique<QProcess>();
        m_node->setWorkingDirectory(Peers);
        m_node->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_node->start(u"node"_qs,
                      {u"apns-server.mjs"_qs, m_certificate.certificate(), m_certificate.key(), publicKeyPath()});
        QTRY_VERIFY_WITH_TIMEOUT(m_node->canReadLine(), 20'000);
        m_port = m_node->readLine().trimmed().toInt();
        QVERIFY(m_port > 0);
        m_sender = makeSender(m_key.privatePem);
        QVERIFY(m_sender);
    }

    void cleanup()
    {
        m_sender.reset();
        m_node->kill();
        m_node->waitForFinished();
    }

    void manyMessagesShareAConnectionAndAToken()
    {
        QList<Message> messages;
        for (int i = 1; i <= 60; ++i)
            messages << messageTo(u"a%1"_qs.arg(i), i);
        QVERIFY(send(messages));
        QSet<QString> tokens;
        QSet<int> connections;
        for (const QJsonObject& seen : std::as_const(m_seen)) {
            QCOMPARE(seen[u"token"][u"header"].toObject(),
                     QJsonObject({{u"alg"_qs, u"ES256"_qs}, {u"kid"_qs, u"ABC123DEFG"_qs}, {u"typ"_qs, u"JWT"_qs}}));
            QCOMPARE(seen[u"token"][u"payload"].toObject(),
                     QJsonObject({{u"iss"_qs, u"DEF123GHIJ"_qs}, {u"iat"_qs, m_clock.now() / 1000}}));
            QCOMPARE(seen[u"headers"][u"apns-topic"], u"org.example.app"_qs);
            tokens << seen[u"headers"][u"authorization"].toString();
            connections << seen[u"connection"].toInt();
        }
        QCOMPARE(m_seen.size(), 60);
        QCOMPARE(tokens.size(), 1);
        QCOMPARE(connections.size(), 1);
        for (const Outcome& outcome : std::as_const(m_outcomes)) {
            QCOMPARE(outcome.kind, OutcomeKind::Sent);
            QCOMPARE(outcome.providerId.size(), 36);
        }
    }

    void whatWaitsForTheConnectionIsAnsweredWhenTheAccountStops()
    {
        int drained = 0;
        connect(m_sender.get(), &Sender::drained, this, [&] { ++drained; });
        m_sender->send({messageTo(u"a"_qs, 1), messageTo(u"a"_qs, 2), messageTo(u"a"_qs, 3)});
        m_sender->drain();
        QCOMPARE(m_outcomes.size(), 2);
        QCOMPARE(m_outcomes.last().kind, OutcomeKind::ProviderDown);
        QTRY_COMPARE_WITH_TIMEOUT(drained, 1, 20'000);
        QCOMPARE(m_outcomes.size(), 3);
        QCOMPARE(m_outcomes.last().kind, OutcomeKind::Sent);
    }

    void eachAnswerIsOfItsOwnMessage()
    {
        QVERIFY(send({messageTo(u"a"_qs, 1), messageTo(u"b"_qs, 2), messageTo(u"c"_qs, 3), messageTo(u"a1"_qs, 4)}));
        QHash<qint64, Outcome> by;
        for (const Outcome& outcome : std::as_const(m_outcomes))
            by.insert(outcome.deliveryId, outcome);
        QCOMPARE(by[1].kind, OutcomeKind::Sent);
        QCOMPARE(by[2].kind, OutcomeKind::Refused);
        QVERIFY(by[2].suppressAddress);
        QCOMPARE(by[2].code, u"410 Unregistered"_qs);
        QCOMPARE(by[3].kind, OutcomeKind::Uncertain);
        QCOMPARE(by[4].kind, OutcomeKind::Sent);
    }

    void aServerThatLeavesIsFollowedByAnotherConnection()
    {
        QVERIFY(send({messageTo(u"d"_qs, 1)}));
        QCOMPARE(m_outcomes.last().kind, OutcomeKind::Sent);
        QVERIFY(send({messageTo(u"a"_qs, 2)}));
        QCOMPARE(m_outcomes.last().kind, OutcomeKind::Sent);
        QCOMPARE(m_seen.last()[u"connection"].toInt(), 2);
    }

    void anExpiredTokenIsMadeAnewWhenItIsOldEnough()
    {
        QVERIFY(send({messageTo(u"e1"_qs, 1)}));
        QCOMPARE(m_outcomes.last().kind, OutcomeKind::ProviderDown);
        QCOMPARE(m_seen.size(), 1);
        m_clock.advance(20 * 60'000);
        QVERIFY(send({messageTo(u"e1"_qs, 2)}));
        QCOMPARE(m_outcomes.last().kind, OutcomeKind::Sent);
        QCOMPARE(m_seen.size(), 3);
    }

    void anotherKeyIsToldByTheProbe()
    {
        QList<ProbeResult> results;
        connect(m_sender.get(), &Sender::probed, this, [&](const ProbeResult& result) { results << result; });
        m_sender->probe();
        QTRY_COMPARE_WITH_TIMEOUT(results.size(), 1, 20'000);
        QVERIFY2(results.first().ok, qPrintable(results.first().error.message));
        m_sender = makeSender(TestKey::curve().privatePem);
        connect(m_sender.get(), &Sender::probed, this, [&](const ProbeResult& result) { results << result; });
        m_sender->probe();
        QTRY_COMPARE_WITH_TIMEOUT(results.size(), 2, 20'000);
        QVERIFY(!results.last().ok);
        QCOMPARE(results.last().error.code, ErrorCode::NeedsSecret);
    }

private:
    QString publicKeyPath() const { return m_certificate.key() + u".pub"; }

    std::unique_ptr<Sender> makeSender(const Secret& key)
    {
        HttpTransport::Options options;
        options.caFile = m_certificate.certificate();
        options.allowPrivateNetworks = true;
        m_registry = std::make_unique<ProviderRegistry>();
        addBuiltInProviders(*m_registry, {m_clock, std::make_shared<HttpTransport>(options), nullptr});
        AccountConfig config;
        config.settings = m_registry->completeSettings(u"apns"_qs,
                                                       {{u"team_id"_qs, u"DEF123GHIJ"_qs},
                                                        {u"key_id"_qs, u"ABC123DEFG"_qs},
                                                        {u"bundle_id"_qs, u"org.example.app"_qs},
                                                        {u"base_url"_qs, u"https://127.0.0.1:%1"_qs.arg(m_port)}});
        config.secrets = {{u"key"_qs, key}};
        auto sender
            = m_registry->checkAccount(config, u"apns"_qs) ? m_registry->find(u"apns"_qs)->makeSender(config) : nullptr;
        if (sender)
            connect(sender.get(), &Sender::outcomes, this, [this](const QList<Outcome>& list) { m_outcomes += list; });
        return sender;
    }

    bool send(const QList<Message>& messages)
    {
        const qsizetype wanted = m_outcomes.size() + messages.size();
        m_sender->send(messages);
        const bool came = QTest::qWaitFor([&] { return m_outcomes.size() >= wanted; }, 30'000);
        QTest::qWait(50); // what the server prints goes before its answers, by another way
        while (m_node->canReadLine())
            m_seen << parseJsonObject(m_node->readLine()).value_or(QJsonObject());
        return came;
    }

    TestCertificate m_certificate;
    const TestKey m_key = TestKey::curve();
    ManualClock m_clock{QDateTime::currentMSecsSinceEpoch()}; // jose looks at its own
    std::unique_ptr<QProcess> m_node;
    int m_port = 0;
    std::unique_ptr<ProviderRegistry> m_registry;
    std::unique_ptr<Sender> m_sender;
    QList<Outcome> m_outcomes;
    QList<QJsonObject> m_seen;
};

QTEST_GUILESS_MAIN(ApnsTest)
#include "ApnsTest.moc"
