// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Json.h"
#include "engine/base/Random.h"
#include "engine/base/SystemClock.h"
#include "engine/provider/WebPushProvider.h"
#include "engine/provider/WebPushRequests.h"
#include "engine/security/Hmac.h"

#include <QFileInfo>
#include <QProcess>
#include <QTest>

using namespace carillon;

namespace {

const QString Folder = QStringLiteral(CARILLON_SOURCE_DIR "/tests/integration/sdk");
constexpr int PatienceMs = 60'000; // the libraries may take long to be loaded while other tests run
const QString Subject = QStringLiteral("mailto:ops@example.org");

QString base64Url(QByteArrayView octets)
{
    return QString::fromLatin1(toBase64Url(octets));
}

// A browser: what it keeps for itself, and what it gives away.
struct Browser {
    P256Key key = P256Key::generate().value();
    QByteArray auth = QByteArray::fromHex(SystemRandom().hex(16).toLatin1());

    PushSubscription at(const QString& endpoint) const { return {endpoint, key.publicPoint(), auth, {}}; }
};

QJsonObject headersOf(const OutboundRequest& request)
{
    QJsonObject headers;
    for (const auto& [name, value] : request.headers)
        headers.insert(QString::fromLatin1(name), QString::fromLatin1(value));
    return headers;
}

} // namespace

// What we send to push services, before other people's implementations of both sides: npm http_ece decrypts it as browsers
// do, npm jose checks its token as push services do, and npm web-push makes the same request, compared field by field.
class WebPushPeerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!QFileInfo::exists(Folder + u"/node_modules/web-push"_qs))
            QSKIP("run \"npm ci\" in tests/integration/sdk first");
        m_judge.setWorkingDirectory(Folder);
        m_judge.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_judge.start(u"node"_qs, {u"lib/webpush-judge.mjs"_qs});
        QVERIFY(m_judge.waitForStarted(PatienceMs));
    }

    void theyReadWhatWeSend_data()
    {
        QTest::addColumn<QJsonObject>("fields");
        QTest::addColumn<QString>("endpoint");
        QTest::addColumn<bool>("urgent");
        QTest::addColumn<qint64>("keptMs");
        const auto row = [](const char* name, const QJsonObject& fields,
                            const char* endpoint = "https://push.example.net/p/1", bool urgent = false, qint64 keptMs = 0) {
            QTest::newRow(name) << fields << QString::fromLatin1(endpoint) << urgent << keptMs;
        };
        row("a card", {{u"title"_qs, u"Order ready"_qs}, {u"body"_qs, u"It waits for you"_qs}});
        row("umlauts and emoji", {{u"title"_qs, u"Größe \U0001F514"_qs}});
        row("with a tag", {{u"title"_qs, u"x"_qs}, {u"tag"_qs, u"order-12"_qs}});
        row("urgent", {{u"title"_qs, u"x"_qs}}, "https://push.example.net/p/1", true);
        row("for a minute", {{u"title"_qs, u"x"_qs}}, "https://push.example.net/p/1", false, 60'000);
        row("another port", {{u"title"_qs, u"x"_qs}}, "https://push.example.net:8443/p/1?a=b%2Fc");
        row("Google", {{u"title"_qs, u"x"_qs}}, "https://fcm.googleapis.com/fcm/send/abc:APA91b-_x");
        row("the longest", {{u"title"_qs, QString(3'930, u'm')}});
        for (int i = 0; i < 40; ++i)
            row(qPrintable(u"of a random length, %1"_qs.arg(i)),
                {{u"title"_qs, QString(qsizetype(SystemRandom().below(3'800)), QChar(u'a' + i % 26))}});
    }

    void theyReadWhatWeSend()
    {
        QFETCH(QJsonObject, fields);
        QFETCH(QString, endpoint);
        QFETCH(bool, urgent);
        QFETCH(qint64, keptMs);
        Message message;
        message.deliveryId = 42;
        message.idempotencyKey = u"d42.w@example.org"_qs;
        message.fields = fields;
        message.urgent = urgent;
        const qint64 now = m_clock.now();
        message.expiresAt = keptMs == 0 ? 0 : now + keptMs;
        const Browser browser;
        const PushSubscription to = browser.at(endpoint);
        const Result<OutboundRequest> request = m_requests.make(message, to, now);
        QVERIFY2(request, request ? "" : qPrintable(request.error().message));

        QJsonObject payload = fields;
        payload.insert(u"id"_qs, 42);
        if (!payload.contains(u"tag"))
            payload.insert(u"tag"_qs, message.idempotencyKey);
        const QJsonObject headers = headersOf(*request);
        const QJsonObject verdict = ask({{u"url"_qs, QString::fromLatin1(request->url)},
                                         {u"headers"_qs, headers},
                                         {u"body"_qs, QString::fromLatin1(request->body.toBase64())},
                                         {u"payload"_qs, QString::fromUtf8(compactJson(payload))},
                                         {u"browser"_qs, base64Url(browser.key.scalar().reveal())},
                                         {u"auth"_qs, base64Url(browser.auth)},
                                         {u"subscription"_qs, *parseJsonObject(to.text().toUtf8())},
                                         {u"vapid"_qs,
                                          QJsonObject{{u"subject"_qs, Subject},
                                                      {u"publicKey"_qs, QString::fromLatin1(m_key.publicText())},
                                                      {u"privateKey"_qs, QString::fromLatin1(m_key.text().reveal())}}},
                                         {u"ttl"_qs, keptMs == 0 ? 2'419'200 : keptMs / 1'000},
                                         {u"urgency"_qs, urgent ? u"high"_qs : u"normal"_qs},
                                         {u"topic"_qs, headers.value(u"Topic")}});
        const QJsonArray differences = verdict.value(u"differences").toArray();
        QVERIFY2(verdict.contains(u"text") && differences.isEmpty(), compactJson(verdict).constData());
        QCOMPARE(*parseJsonObject(verdict.value(u"text").toString().toUtf8()), payload);
        QCOMPARE(verdict.value(u"claims").toObject().value(u"sub").toString(), Subject);
    }

    void oneTokenForEachPushServiceAndHalfADay()
    {
        const Browser browser;
        const auto token = [&](const QString& endpoint, qint64 now) {
            return headersOf(*m_requests.make({}, browser.at(endpoint), now)).value(u"Authorization").toString();
        };
        const qint64 now = m_clock.now();
        const qint64 hour = 3'600'000;
        const QString first = token(u"https://push.example.net/p/1"_qs, now);
        QCOMPARE(token(u"https://push.example.net/p/2"_qs, now + 10 * hour), first);
        QVERIFY(token(u"https://push.example.net/p/1"_qs, now + 11 * hour) != first);
        QVERIFY(token(u"https://push.example.com/p/1"_qs, now) != first);
        for (int i = 0; i < 1'000; ++i) // made-up services: the cache is bounded
            QVERIFY(!token(u"https://push%1.example.net/p"_qs.arg(i), now).isEmpty());
    }

    void cleanupTestCase()
    {
        m_judge.closeWriteChannel();
        if (m_judge.state() != QProcess::NotRunning && !m_judge.waitForFinished(PatienceMs))
            m_judge.kill();
    }

private:
    static AccountConfig config(const VapidKey& key)
    {
        AccountConfig config;
        config.settings = {{u"subject"_qs, Subject}, {u"keep_hours"_qs, 672}};
        config.secrets = {{WebPushProvider::VapidField, key.text()}};
        return config;
    }

    QJsonObject ask(const QJsonObject& request)
    {
        m_judge.write(compactJson(request) + '\n');
        if (!QTest::qWaitFor([&] { return m_judge.canReadLine() || m_judge.state() == QProcess::NotRunning; }, PatienceMs))
            return {};
        return parseJsonObject(m_judge.readLine()).value_or(QJsonObject());
    }

    const VapidKey m_key = VapidKey::generate().value();
    WebPushRequests m_requests{config(m_key)};
    SystemClock m_clock;
    QProcess m_judge;
};

QTEST_GUILESS_MAIN(WebPushPeerTest)
#include "WebPushPeerTest.moc"
