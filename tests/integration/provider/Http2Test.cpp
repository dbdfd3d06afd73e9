// SPDX-License-Identifier: GPL-3.0-or-later
#include "TestCertificate.h"
#include "engine/base/Json.h"
#include "engine/provider/HttpTransport.h"
#include "tests/unit/provider/Proxies.h"

#include <QFileInfo>
#include <QProcess>
#include <QSet>
#include <QTcpServer>
#include <QTest>

using namespace carillon;

namespace {

const QString Peers = QStringLiteral(CARILLON_SOURCE_DIR "/tests/integration/peers");

} // namespace

// Our HTTP/2 before servers that are not ours: Node's, which does what a path tells it, and nghttpd.
class Http2Test : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        forgetProxies();
        QVERIFY(m_certificate.isValid());
    }

    void init()
    {
        m_seen.clear();
        m_answers.clear();
        m_node = std::make_unique<QProcess>();
        m_node->setWorkingDirectory(Peers);
        m_node->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_node->start(u"node"_qs, {u"http2-server.mjs"_qs, m_certificate.certificate(), m_certificate.key()});
        QTRY_VERIFY_WITH_TIMEOUT(m_node->canReadLine(), 20'000);
        m_port = m_node->readLine().trimmed().toInt();
        QVERIFY(m_port > 0);
        HttpTransport::Options options;
        options.caFile = m_certificate.certificate();
        m_transport = std::make_unique<HttpTransport>(options);
        m_customer = m_transport->open([this](const QList<OutboundResponse>& list) { m_answers += list; });
    }

    void cleanup()
    {
        m_transport.reset();
        m_node->kill();
        m_node->waitForFinished();
    }

    void manyStreamsShareOneConnection()
    {
        QList<OutboundRequest> requests;
        for (int i = 0; i < 90; ++i)
            requests << request(u"/answer/200"_qs, QByteArray::number(i));
        QVERIFY(send(requests));
        for (const OutboundResponse& answer : std::as_const(m_answers)) {
            QCOMPARE(answer.result, HttpResult::Answered);
            QCOMPARE(answer.status, 200);
            QCOMPARE(answer.body, QByteArray::number(answer.tag - 1));
        }
        QCOMPARE(connectionsSeen().size(), 1);
        QCOMPARE(m_seen.size(), 90);
    }

    void headersArriveAsTheyWereGiven()
    {
        OutboundRequest one = request(u"/answer/410"_qs, "{}");
        one.headers = {{"apns-topic", "org.example.app"}, {"Authorization", "bearer x.y.z"}};
        QVERIFY(send({one}));
        QCOMPARE(m_answers.first().status, 410);
        const QJsonObject headers = m_seen.first()[u"headers"].toObject();
        QCOMPARE(headers[u"apns-topic"], u"org.example.app"_qs);
        QCOMPARE(headers[u"authorization"], u"bearer x.y.z"_qs);
        QCOMPARE(m_seen.first()[u"method"], u"POST"_qs);
    }

    void whatBreaksOffIsLostAndNotSentAgain_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("reset: internal error") << u"/reset/2"_qs;
        QTest::newRow("reset: cancelled") << u"/reset/8"_qs;
        QTest::newRow("reset: calm down") << u"/reset/11"_qs;
        QTest::newRow("the connection is cut") << u"/drop"_qs;
        QTest::newRow("no answer in time") << u"/hang"_qs;
    }

    void whatBreaksOffIsLostAndNotSentAgain()
    {
        QFETCH(QString, path);
        OutboundRequest one = request(path, "once");
        one.totalTimeoutMs = 2'000;
        QVERIFY(send({one}));
        QCOMPARE(m_answers.first().result, HttpResult::Lost);
        QVERIFY(!m_answers.first().problem.isEmpty());
        QCOMPARE(m_seen.size(), 1);
    }

    void aResetStreamDisturbsNoOther()
    {
        QVERIFY(send({request(u"/answer/200"_qs, "a"), request(u"/reset/2"_qs, "b"), request(u"/answer/200"_qs, "c")}));
        for (const OutboundResponse& answer : std::as_const(m_answers))
            QCOMPARE(answer.result, answer.tag == 2 ? HttpResult::Lost : HttpResult::Answered);
        QCOMPARE(connectionsSeen().size(), 1);
    }

    void aServerThatLeavesAnswersWhatItTookAndTheNextGoesElsewhere()
    {
        QVERIFY(send({request(u"/leave"_qs, "last")}));
        QCOMPARE(m_answers.first().result, HttpResult::Answered);
        QCOMPARE(m_answers.first().body, "last");
        m_answers.clear();
        QVERIFY(send({request(u"/answer/200"_qs, "next")}));
        QCOMPARE(m_answers.first().result, HttpResult::Answered);
        QCOMPARE(connectionsSeen().size(), 2);
    }

    // RFC 9113 section 6.8: streams above the last one that GOAWAY names were not looked at, and may be sent again.
    void whatAServerThatLeavesDidNotTakeIsNeverCalledAnswered()
    {
        QVERIFY(send({request(u"/refuse-all"_qs, "a"), request(u"/refuse-all"_qs, "b")}));
        for (const OutboundResponse& answer : std::as_const(m_answers)) {
            if (answer.result == HttpResult::Answered)
                QCOMPARE(answer.status, 200);
        }
        const auto answered = std::count_if(m_answers.begin(), m_answers.end(),
                                            [](const auto& a) { return a.result == HttpResult::Answered; });
        const auto taken = std::count_if(m_seen.begin(), m_seen.end(),
                                         [](const QJsonObject& seen) { return seen[u"connection"].toInt() == 2; });
        QCOMPARE(answered, taken);
    }

    void anotherServerSharesItsConnectionToo()
    {
        const QString nghttpd = u"/usr/sbin/nghttpd"_qs;
        if (!QFileInfo::exists(nghttpd))
            QSKIP("nghttpd is not installed (Debian: nghttp2-server)");
        const int port = freePort();
        QProcess server;
        server.setProcessChannelMode(QProcess::MergedChannels);
        server.start(nghttpd,
                     {u"-v"_qs, u"--echo-upload"_qs, u"--address=127.0.0.1"_qs, QString::number(port), m_certificate.key(),
                      m_certificate.certificate()});
        QVERIFY(server.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(isListening(port), 20'000);
        QList<OutboundRequest> requests;
        for (int i = 0; i < 40; ++i) {
            requests << request(u"/echo"_qs, "body " + QByteArray::number(i));
            requests.last().url = "https://127.0.0.1:" + QByteArray::number(port) + "/echo";
        }
        QVERIFY(send(requests));
        for (const OutboundResponse& answer : std::as_const(m_answers))
            QCOMPARE(answer.body, "body " + QByteArray::number(answer.tag - 1));
        server.kill();
        server.waitForFinished();
        QSet<QByteArray> connections;
        const QByteArrayList lines = server.readAll().split('\n');
        for (const QByteArray& line : lines) {
            if (line.contains("recv HEADERS"))
                connections.insert(line.first(line.indexOf(']')));
        }
        QCOMPARE(connections.size(), 1);
    }

private:
    OutboundRequest request(const QString& path, const QByteArray& body) const
    {
        OutboundRequest made;
        made.url = QStringLiteral("https://127.0.0.1:%1%2").arg(m_port).arg(path).toUtf8();
        made.body = body;
        made.allowPrivateNetworks = true;
        made.sharesConnection = true;
        return made;
    }

    // Tags them from 1, and waits for all answers.
    bool send(QList<OutboundRequest> requests)
    {
        quint64 tag = 0;
        for (OutboundRequest& one : requests)
            one.tag = ++tag;
        m_transport->start(m_customer, requests);
        const bool came = QTest::qWaitFor([&] { return m_answers.size() >= requests.size(); }, 30'000);
        readSeen();
        return came;
    }

    // What the server prints comes a moment after its answers.
    void readSeen()
    {
        QTest::qWait(100);
        while (m_node->canReadLine())
            m_seen << parseJsonObject(m_node->readLine()).value_or(QJsonObject());
    }

    QSet<int> connectionsSeen() const
    {
        QSet<int> numbers;
        for (const QJsonObject& seen : m_seen)
            numbers.insert(seen[u"connection"].toInt());
        return numbers;
    }

    static int freePort()
    {
        QTcpServer server;
        server.listen(QHostAddress::LocalHost);
        return server.serverPort();
    }

    static bool isListening(int port)
    {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, quint16(port));
        return socket.waitForConnected(500);
    }

    TestCertificate m_certificate;
    std::unique_ptr<QProcess> m_node;
    int m_port = 0;
    std::unique_ptr<HttpTransport> m_transport;
    HttpTransport::Customer m_customer = 0;
    QList<OutboundResponse> m_answers;
    QList<QJsonObject> m_seen;
};

QTEST_GUILESS_MAIN(Http2Test)
#include "Http2Test.moc"
