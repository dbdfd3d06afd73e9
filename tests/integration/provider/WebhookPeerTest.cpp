// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Json.h"
#include "engine/base/SystemClock.h"
#include "engine/provider/BuiltInProviders.h"
#include "tests/unit/provider/Proxies.h"

#include <QFileInfo>
#include <QProcess>
#include <QTest>

using namespace carillon;

namespace {

const QString Peers = QStringLiteral(CARILLON_SOURCE_DIR "/tests/integration/peers");
const QByteArray SigningSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

} // namespace

// Our signed webhooks before npm's standardwebhooks, over a real HTTP server (Node's).
class WebhookPeerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!QFileInfo::exists(Peers + u"/node_modules/standardwebhooks"_qs))
            QSKIP("run \"npm ci\" in tests/integration/peers first");
        forgetProxies();
        m_node.setWorkingDirectory(Peers);
        m_node.start(u"node"_qs, {u"webhook-receiver.mjs"_qs, QString::fromLatin1(SigningSecret)});
        QTRY_VERIFY_WITH_TIMEOUT(m_node.canReadLine(), 20'000);
        m_port = m_node.readLine().trimmed().toInt();
        QVERIFY(m_port > 0);
        QVERIFY(addBuiltInProviders(m_registry, m_services).isEmpty());
    }

    void cleanupTestCase()
    {
        m_node.kill();
        m_node.waitForFinished();
    }

    void theyAreVerified_data()
    {
        QTest::addColumn<QByteArray>("secret");
        QTest::addColumn<bool>("verified");
        QTest::newRow("the secret") << SigningSecret << true;
        QTest::newRow("a new one and the old one")
            << QByteArray("whsec_" + QByteArray(32, 'n').toBase64() + ' ' + SigningSecret) << true;
        QTest::newRow("another secret") << QByteArray("whsec_" + QByteArray(32, 'n').toBase64()) << false;
    }

    void theyAreVerified()
    {
        QFETCH(QByteArray, secret);
        AccountConfig config;
        config.settings = {{u"allow_private_networks"_qs, true}};
        config.secrets = {{u"signing_secret"_qs, Secret(secret)}};
        QVERIFY(m_registry.checkAccount(config, u"webhook"_qs));
        const auto sender = m_registry.find(u"webhook"_qs)->makeSender(config);
        QList<Outcome> outcomes;
        connect(sender.get(), &Sender::outcomes, this, [&](const QList<Outcome>& list) { outcomes += list; });
        Message message;
        message.deliveryId = 9;
        message.idempotencyKey = u"<4711@example.org>"_qs;
        message.to = u"http://127.0.0.1:%1/hook"_qs.arg(m_port);
        message.content = "{\"type\":\"order.assigned\",\"data\":{\"name\":\"\xc3\x84nna\"}}";
        sender->send({message});
        QTRY_COMPARE_WITH_TIMEOUT(outcomes.size(), 1, 10'000);
        QTRY_VERIFY(m_node.canReadLine());
        const QJsonObject seen = parseJsonObject(m_node.readLine()).value();
        QTEST(seen.value(u"verified").toBool(), "verified");
        QCOMPARE(outcomes.first().kind == OutcomeKind::Sent, seen.value(u"verified").toBool());
        QCOMPARE(seen.value(u"body").toString().toUtf8(), message.content);
    }

private:
    SystemClock m_clock;
    ProviderServices m_services{m_clock, std::make_shared<HttpTransport>(), nullptr};
    ProviderRegistry m_registry;
    QProcess m_node;
    int m_port = 0;
};

QTEST_GUILESS_MAIN(WebhookPeerTest)
#include "WebhookPeerTest.moc"
