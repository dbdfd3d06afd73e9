// SPDX-License-Identifier: GPL-3.0-or-later
#include "../realtime/MemoryLog.h"

#include "engine/base/Json.h"
#include "engine/base/ManualClock.h"
#include "engine/base/Random.h"
#include "engine/http/HttpServer.h"
#include "engine/http/SocketRoute.h"
#include "engine/realtime/SocketServer.h"
#include "engine/security/InboxToken.h"

#include <QNetworkRequest>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

using namespace carillon;

namespace {

constexpr qint64 Start = 1'700'000'000'000;

// A dashboard on QWebSocket: sends objects, collects objects.
class Dashboard {
public:
    Dashboard()
    {
        QObject::connect(&m_socket, &QWebSocket::textMessageReceived, &m_socket, [this](const QString& text) {
            const auto object = parseJsonObject(text.toUtf8());
            received << object.value_or(QJsonObject{{QStringLiteral("op"), QStringLiteral("NOT JSON")}});
        });
    }

    bool open(quint16 port, const QStringList& protocols = {u"carillon.v1"_qs}, const QByteArray& origin = {})
    {
        QNetworkRequest request(QUrl(u"ws://localhost:%1/ws/v1"_qs.arg(port)));
        if (!origin.isEmpty())
            request.setRawHeader("Origin", origin);
        QWebSocketHandshakeOptions options;
        options.setSubprotocols(protocols);
        bool refused = false;
        const auto watch
            = QObject::connect(&m_socket, &QWebSocket::stateChanged, &m_socket, [&](QAbstractSocket::SocketState state) {
                  refused = state == QAbstractSocket::UnconnectedState;
              });
        m_socket.open(request, options);
        const bool settled = QTest::qWaitFor([&] { return refused || m_socket.state() == QAbstractSocket::ConnectedState; });
        QObject::disconnect(watch);
        return settled && !refused;
    }

    void say(const QByteArray& json) { m_socket.sendTextMessage(QString::fromUtf8(json)); }
    // The first push with this op that came, or comes within a moment.
    QJsonObject push(const QString& op)
    {
        return find([&](const QJsonObject& object) { return object.value(u"op").toString() == op; });
    }
    QJsonObject reply(int id)
    {
        return find([&](const QJsonObject& object) { return object.value(u"id").toInt() == id; });
    }
    QString errorOf(int id) { return reply(id).value(u"error").toObject().value(u"code").toString(); }
    QList<qint64> seqs() const
    {
        QList<qint64> list;
        for (const QJsonObject& object : received) {
            if (object.value(u"op").toString() == u"event" && object.contains(u"seq"))
                list << object.value(u"seq").toInteger();
        }
        return list;
    }
    int closeCode()
    {
        const bool closed = QTest::qWaitFor([&] { return m_socket.state() == QAbstractSocket::UnconnectedState; });
        return closed ? int(m_socket.closeCode()) : 0;
    }
    QWebSocket& socket() { return m_socket; }

    QList<QJsonObject> received;

private:
    template <typename Test>
    QJsonObject find(Test test)
    {
        const auto found = [&] { return std::find_if(received.begin(), received.end(), test); };
        return QTest::qWaitFor([&] { return found() != received.end(); }, 2'000) ? *found() : QJsonObject();
    }

    QWebSocket m_socket;
};

} // namespace

class SocketServerTest : public QObject {
    Q_OBJECT

    ManualClock m_clock{Start};
    SeededRandom m_random{1};
    std::unique_ptr<MemoryLog> m_log;
    std::unique_ptr<Feed> m_feed;
    std::unique_ptr<SocketServer> m_sockets;
    std::unique_ptr<HttpServer> m_http;
    quint16 m_port = 0;

    static JwtKey key() { return *JwtKey::fromSecret(Secret(QByteArray(32, 'k'))); }

    QByteArray token(qint64 validMs = 3'600'000, const QStringList& scopes = {u"feed:read"_qs},
                     const QString& subject = u"anna"_qs)
    {
        JwtClaims claims;
        claims.subject = subject;
        claims.scopes = scopes;
        claims.expiresAt = m_clock.now() + validMs;
        return *key().sign(claims);
    }

    void start(SocketServerOptions options = {}, FeedLimits limits = {})
    {
        stop();
        options.epoch = u"w-1"_qs;
        m_feed = std::make_unique<Feed>(*m_log, m_clock, limits);
        m_sockets = std::make_unique<SocketServer>(*m_feed, m_clock, m_random, key(), options);
        m_http = std::make_unique<HttpServer>(m_clock, HttpServerOptions());
        addSocketRoute(*m_http, *m_sockets);
        m_port = m_http->listen(QHostAddress::LocalHost, 0).value_or(0);
        QVERIFY(m_port != 0);
    }

    void stop()
    {
        m_http.reset();
        m_sockets.reset();
        m_feed.reset();
    }

    void append(int count, const QString& type = u"delivery.sent"_qs, qint64 campaign = 0)
    {
        for (int i = 0; i < count; ++i)
            m_log->append(type, campaign);
        m_log->announce();
        m_clock.advance(25);
    }

    // A client that has been welcomed.
    void greet(Dashboard& dashboard, const QByteArray& more = {})
    {
        QVERIFY(dashboard.open(m_port));
        dashboard.say("{\"id\":1,\"op\":\"hello\",\"token\":\"" + token() + "\"" + more + "}");
        QVERIFY(!dashboard.push(u"welcome"_qs).isEmpty());
    }

private Q_SLOTS:
    void init()
    {
        m_log = std::make_unique<MemoryLog>();
        start();
    }

    void cleanup() { stop(); }

    void welcomesAndStreams()
    {
        append(3);
        Dashboard dashboard;
        greet(dashboard);
        QCOMPARE(dashboard.socket().subprotocol(), u"carillon.v1"_qs);
        QVERIFY(dashboard.reply(1).value(u"ok").toBool());
        const QJsonObject welcome = dashboard.push(u"welcome"_qs);
        QCOMPARE(welcome.value(u"epoch").toString(), u"w-1"_qs);
        QCOMPARE(welcome.value(u"seq").toInt(), 3);
        QCOMPARE(welcome.value(u"recovered").toBool(), false);
        QCOMPARE(welcome.value(u"expires_in").toInt(), 3'599); // tokens count whole seconds
        append(1, u"delivery.failed"_qs, 7); // between welcome and subscribe: not lost
        dashboard.say(R"({"id":2,"op":"subscribe","types":["delivery.*"]})");
        QVERIFY(dashboard.reply(2).value(u"ok").toBool());
        append(2);
        QTRY_COMPARE(dashboard.seqs(), (QList<qint64>{4, 5, 6}));
        const QJsonObject event = dashboard.push(u"event"_qs);
        QCOMPARE(event.value(u"type").toString(), u"delivery.failed"_qs);
        QCOMPARE(event.value(u"campaign").toInt(), 7);
        QCOMPARE(event.value(u"channel").toString(), u"email"_qs);
        QCOMPARE(event.value(u"time").toString(), u"2023-11-14T22:13:20.004Z"_qs);
        QCOMPARE(m_sockets->clients().first().subject, u"anna"_qs);
    }

    void takesTheTokenAsSubprotocol()
    {
        append(2);
        Dashboard dashboard;
        QVERIFY(dashboard.open(m_port, {u"carillon.v1"_qs, u"bearer."_qs + QString::fromLatin1(token())}));
        QVERIFY(!dashboard.push(u"welcome"_qs).isEmpty());
        dashboard.received.clear();
        dashboard.say(R"({"id":1,"op":"hello","resume":{"epoch":"w-1","seq":1}})");
        QCOMPARE(dashboard.push(u"welcome"_qs).value(u"recovered").toBool(), true);
        dashboard.say(R"({"id":2,"op":"hello"})");
        QCOMPARE(dashboard.errorOf(2), u"bad_request"_qs);
        Dashboard forged;
        QVERIFY(!forged.open(m_port, {u"carillon.v1"_qs, u"bearer.aaa.bbb.ccc"_qs}));
        QVERIFY(forged.socket().errorString().contains(u"401"_qs));
        Dashboard poor;
        QVERIFY(!poor.open(m_port, {u"carillon.v1"_qs, u"bearer."_qs + QString::fromLatin1(token(1'000, {u"other"_qs}))}));
        QVERIFY(poor.socket().errorString().contains(u"403"_qs));
    }

    void refusesBadTokens()
    {
        const QList<QPair<QByteArray, int>> cases{
            {"", 4401}, {"rubbish", 4401}, {token(-60'000), 4401}, {token(1'000, {u"other"_qs}), 4403}};
        for (const auto& [bad, code] : cases) {
            Dashboard dashboard;
            QVERIFY(dashboard.open(m_port));
            dashboard.say("{\"id\":1,\"op\":\"hello\",\"token\":\"" + bad + "\"}");
            QCOMPARE(dashboard.closeCode(), code);
            QVERIFY(!dashboard.errorOf(1).isEmpty());
        }
        QTRY_COMPARE(m_sockets->clientCount(), 0);
    }

    void resumesWhereItWas()
    {
        append(10);
        Dashboard dashboard;
        greet(dashboard, R"(,"resume":{"epoch":"w-1","seq":4})");
        QCOMPARE(dashboard.push(u"welcome"_qs).value(u"recovered").toBool(), true);
        dashboard.say(R"({"id":2,"op":"subscribe","types":["*"]})");
        append(1);
        QTRY_COMPARE(dashboard.seqs(), (QList<qint64>{5, 6, 7, 8, 9, 10, 11}));
    }

    void doesNotResumeWhatIsVoid_data()
    {
        QTest::addColumn<QByteArray>("resume");
        QTest::newRow("other workspace") << QByteArray(R"(,"resume":{"epoch":"w-2","seq":4})");
        QTest::newRow("from the future") << QByteArray(R"(,"resume":{"epoch":"w-1","seq":400})");
        QTest::newRow("too far back") << QByteArray(R"(,"resume":{"epoch":"w-1","seq":1})");
        QTest::newRow("nonsense") << QByteArray(R"(,"resume":{"epoch":"w-1","seq":"x"})");
    }

    void doesNotResumeWhatIsVoid()
    {
        QFETCH(QByteArray, resume);
        SocketServerOptions options;
        options.maxReplay = 5;
        start(options);
        append(10);
        Dashboard dashboard;
        greet(dashboard, resume);
        QCOMPARE(dashboard.push(u"welcome"_qs).value(u"recovered").toBool(), false);
        QCOMPARE(dashboard.push(u"welcome"_qs).value(u"from").toInt(), 10);
    }

    void beginsWithATail()
    {
        append(10);
        Dashboard dashboard;
        greet(dashboard, R"(,"tail":3)");
        dashboard.say(R"({"id":2,"op":"subscribe","types":["*"]})");
        QTRY_COMPARE(dashboard.seqs(), (QList<qint64>{8, 9, 10}));
    }

    void filtersAndUnsubscribes()
    {
        Dashboard dashboard;
        greet(dashboard);
        dashboard.say(
            R"({"id":2,"op":"subscribe","subscriptions":[{"types":["delivery.sent"],"filter":{"campaign":7}},{"types":["campaign.*"]}]})");
        QVERIFY(dashboard.reply(2).value(u"ok").toBool());
        append(1, u"delivery.sent"_qs, 7);
        append(1, u"delivery.sent"_qs, 8);
        append(1, u"delivery.failed"_qs, 7);
        append(1, u"campaign.paused"_qs, 8);
        QTRY_COMPARE(dashboard.seqs(), (QList<qint64>{1, 4}));
        dashboard.say(R"({"id":3,"op":"unsubscribe","types":["campaign.*"]})");
        QVERIFY(dashboard.reply(3).value(u"ok").toBool());
        append(1, u"campaign.paused"_qs, 8);
        append(1, u"delivery.sent"_qs, 7);
        QTRY_COMPARE(dashboard.seqs(), (QList<qint64>{1, 4, 6}));
    }

    void explainsBadCommands()
    {
        Dashboard dashboard;
        QVERIFY(dashboard.open(m_port));
        dashboard.say(R"({"id":9,"op":"subscribe","types":["*"]})");
        QCOMPARE(dashboard.errorOf(9), u"unauthenticated"_qs);
        dashboard.say("{\"id\":1,\"op\":\"hello\",\"token\":\"" + token() + "\"}");
        const QList<QPair<QByteArray, QString>> cases{
            {R"("op":"dance")", u"unknown_op"_qs},
            {R"("op":"subscribe")", u"invalid_input"_qs},
            {R"("op":"subscribe","types":["UPPER"])", u"invalid_input"_qs},
            {R"("op":"subscribe","types":["a*b"])", u"invalid_input"_qs},
            {R"("op":"subscribe","types":["a"],"filter":{"colour":1})", u"invalid_input"_qs},
            {R"("op":"subscribe","types":["a"],"filter":{"campaign":"7"})", u"invalid_input"_qs},
            {R"("op":"subscribe","types":["a"],"filter":[1])", u"invalid_input"_qs},
            {R"("op":"subscribe","types":[)" + QByteArray("\"a\",").repeated(50) + R"("b"])", u"limit_exceeded"_qs},
            {R"("op":"hello","token":"x")", u"bad_request"_qs},
            {R"("op":"refresh","token":"x")", u"unauthenticated"_qs},
        };
        int id = 10;
        for (const auto& [command, code] : cases) {
            dashboard.say("{\"id\":" + QByteArray::number(++id) + "," + command + "}");
            QCOMPARE(dashboard.errorOf(id), code);
        }
        dashboard.say("{\"id\":99,\"op\":\"subscribe\",\"types\":[\"*\"]}"); // and it goes on
        QVERIFY(dashboard.reply(99).value(u"ok").toBool());
    }

    void closesOnBadMessages_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<int>("code");
        QTest::newRow("not JSON") << QByteArray("hello") << 4400;
        QTest::newRow("array") << QByteArray("[1]") << 4400;
        QTest::newRow("no id") << QByteArray(R"({"op":"ping"})") << 4400;
        QTest::newRow("negative id") << QByteArray(R"({"id":-1,"op":"ping"})") << 4400;
        QTest::newRow("no op") << QByteArray(R"({"id":1})") << 4400;
        QTest::newRow("too deep") << QByteArray("{\"id\":2,\"op\":\"x\",\"a\":" + QByteArray(5'000, '[')) << 4400;
        QTest::newRow("too long") << QByteArray(70'000, 'x') << 1009;
        QTest::newRow("binary") << QByteArray() << 1003;
    }

    void closesOnBadMessages()
    {
        QFETCH(QByteArray, message);
        QFETCH(int, code);
        Dashboard dashboard;
        greet(dashboard);
        if (message.isEmpty())
            dashboard.socket().sendBinaryMessage("\x01\x02");
        else
            dashboard.say(message);
        QCOMPARE(dashboard.closeCode(), code);
        QTRY_COMPARE(m_sockets->clientCount(), 0);
    }

    void limitsTheRateOfCommands()
    {
        Dashboard dashboard;
        greet(dashboard);
        for (int id = 2; id <= 22; ++id)
            dashboard.say("{\"id\":" + QByteArray::number(id) + ",\"op\":\"unsubscribe\",\"types\":[\"a\"]}");
        QVERIFY(dashboard.reply(20).value(u"ok").toBool());
        QCOMPARE(dashboard.errorOf(22), u"rate_limited"_qs);
        m_clock.advance(1'000);
        dashboard.say(R"({"id":30,"op":"ping"})");
        QVERIFY(dashboard.reply(30).value(u"ok").toBool());
        dashboard.say(R"({"id":31,"op":"ping"})");
        QCOMPARE(dashboard.errorOf(31), u"rate_limited"_qs);
        for (int id = 100; id < 200; ++id)
            dashboard.say("{\"id\":" + QByteArray::number(id) + ",\"op\":\"unsubscribe\",\"types\":[\"a\"]}");
        QCOMPARE(dashboard.closeCode(), 1008);
    }

    void checksOrigins_data()
    {
        QTest::addColumn<QByteArray>("origin");
        QTest::addColumn<bool>("allowed");
        QTest::newRow("none") << QByteArray() << true;
        QTest::newRow("same host") << QByteArray("SAME") << true;
        QTest::newRow("configured") << QByteArray("https://shop.example") << true;
        QTest::newRow("other port") << QByteArray("http://localhost:1") << false;
        QTest::newRow("foreign") << QByteArray("https://evil.example") << false;
        QTest::newRow("null") << QByteArray("null") << false;
        QTest::newRow("looks like") << QByteArray("https://shop.example.evil.example") << false;
    }

    void checksOrigins()
    {
        QFETCH(QByteArray, origin);
        QFETCH(bool, allowed);
        SocketServerOptions options;
        options.origins = {u"https://shop.example"_qs};
        start(options);
        if (origin == "SAME")
            origin = "http://localhost:" + QByteArray::number(m_port);
        Dashboard dashboard;
        QCOMPARE(dashboard.open(m_port, {u"carillon.v1"_qs}, origin), allowed);
        QCOMPARE(dashboard.socket().errorString().contains(u"403"_qs), !allowed);
    }

    void turnsAwayTooManyClients()
    {
        SocketServerOptions options;
        options.maxClients = 1;
        start(options);
        Dashboard first;
        QVERIFY(first.open(m_port));
        Dashboard second;
        QVERIFY(!second.open(m_port));
        QVERIFY(second.socket().errorString().contains(u"503"_qs));
    }

    void tellsClientsOfOtherProtocols()
    {
        Dashboard dashboard;
        dashboard.open(m_port, {u"carillon.v9"_qs});
        QTRY_COMPARE(m_sockets->clientCount(), 0);
        Dashboard plain; // offers none: taken
        QVERIFY(plain.open(m_port, {}));
    }

    void wantsAHelloInTime()
    {
        Dashboard dashboard;
        QVERIFY(dashboard.open(m_port));
        QTRY_COMPARE(m_sockets->clientCount(), 1);
        m_clock.advance(6'000);
        QCOMPARE(dashboard.closeCode(), 4408);
    }

    void beatsTheHeart()
    {
        Dashboard dashboard;
        greet(dashboard);
        m_clock.advance(26'000);
        QVERIFY(!dashboard.push(u"ping"_qs).isEmpty()); // QWebSocket answers the protocol's ping by itself
        QTest::qWait(50);
        m_clock.advance(20'000);
        QTest::qWait(50);
        QCOMPARE(m_sockets->clientCount(), 1);
        m_clock.advance(36'000); // in which nothing can come
        QTRY_COMPARE(m_sockets->clientCount(), 0);
    }

    void warnsThenClosesWhenTheTokenEnds()
    {
        Dashboard dashboard;
        QVERIFY(dashboard.open(m_port));
        dashboard.say("{\"id\":1,\"op\":\"hello\",\"token\":\"" + token(70'000) + "\"}");
        QVERIFY(!dashboard.push(u"welcome"_qs).isEmpty());
        m_clock.advance(11'000);
        QVERIFY(dashboard.push(u"expiring"_qs).value(u"in").toInt() <= 60);
        dashboard.say("{\"id\":2,\"op\":\"refresh\",\"token\":\"" + token(90'000, {u"feed:read"_qs}, u"bert"_qs) + "\"}");
        QCOMPARE(dashboard.errorOf(2), u"forbidden"_qs);
        dashboard.say("{\"id\":3,\"op\":\"refresh\",\"token\":\"" + token(90'000) + "\"}");
        QVERIFY(dashboard.reply(3).value(u"ok").toBool());
        for (int i = 0; i < 8; ++i) {
            m_clock.advance(10'000);
            QTest::qWait(20);
        }
        QCOMPARE(m_sockets->clientCount(), 1);
        m_clock.advance(11'000);
        QCOMPARE(dashboard.closeCode(), 4401);
    }

    void anInboxShowsItsContactAndNothingElse()
    {
        const auto tokenOf = [&](qint64 contact, const QString& externalId) {
            return *key().sign(inboxClaims({contact, externalId}, m_clock.now(), 60'000));
        };
        const auto happen = [&](const QString& type, qint64 contact) {
            LogEntry entry;
            entry.type = type;
            entry.contactId = contact;
            m_log->append(entry);
        };
        Dashboard page;
        QVERIFY(page.open(m_port));
        page.say("{\"id\":1,\"op\":\"hello\",\"token\":\"" + tokenOf(17, u"ana"_qs) + "\"}");
        QVERIFY(!page.push(u"welcome"_qs).isEmpty());
        int id = 1;
        for (const char* tooMuch : {R"("types":["*"])", R"("types":["notification.*","delivery.*"])",
                                    R"("types":["queue.stats"])", R"("types":["notification.*"],"filter":{"contact":18})",
                                    R"("subscriptions":[{"types":["notification.read"]},{"types":["delivery.sent"]}])"}) {
            ++id;
            page.say("{\"id\":" + QByteArray::number(id) + R"(,"op":"subscribe",)" + tooMuch + "}");
            QCOMPARE(page.errorOf(id), u"forbidden"_qs);
        }
        page.say(R"({"id":20,"op":"subscribe","types":["notification.*"]})");
        QVERIFY(page.reply(20).value(u"ok").toBool());
        happen(u"notification.created"_qs, 18);
        happen(u"delivery.sent"_qs, 17);
        happen(u"notification.created"_qs, 17);
        happen(u"notification.created"_qs, 0);
        happen(u"notification.read"_qs, 17);
        append(0);
        QTRY_COMPARE(page.seqs(), (QList<qint64>{3, 5}));
        page.say("{\"id\":21,\"op\":\"refresh\",\"token\":\"" + tokenOf(18, u"ana"_qs) + "\"}");
        QCOMPARE(page.errorOf(21), u"forbidden"_qs);
        page.say("{\"id\":22,\"op\":\"refresh\",\"token\":\"" + tokenOf(17, u"ana"_qs) + "\"}");
        QVERIFY(page.reply(22).value(u"ok").toBool());
        page.say(R"({"id":23,"op":"unsubscribe","types":["notification.*"]})");
        QVERIFY(page.reply(23).value(u"ok").toBool());
        happen(u"notification.created"_qs, 17);
        append(0);
        page.say(R"({"id":24,"op":"ping"})");
        QVERIFY(!page.reply(24).isEmpty());
        QCOMPARE(page.seqs().size(), 2);
    }

    // The scope alone, as "inbox" in a token that names nobody, opens nothing.
    void anInboxOfNobodyIsRefused()
    {
        Dashboard page;
        QVERIFY(page.open(m_port));
        page.say("{\"id\":1,\"op\":\"hello\",\"token\":\"" + token(60'000, {u"inbox"_qs}) + "\"}");
        QCOMPARE(page.closeCode(), 4403);
    }

    void sendsTheLatestStatsOnceASecond()
    {
        Dashboard dashboard;
        greet(dashboard);
        m_clock.advance(2'000);
        dashboard.say(R"({"id":2,"op":"subscribe","types":["queue.stats"]})");
        QVERIFY(dashboard.reply(2).value(u"ok").toBool());
        for (int i = 1; i <= 100; ++i)
            m_sockets->setStats({{QStringLiteral("queued"), i}});
        m_clock.advance(500);
        const QJsonObject stats = dashboard.push(u"event"_qs);
        QCOMPARE(stats.value(u"type").toString(), u"queue.stats"_qs);
        QCOMPARE(stats.value(u"data").toObject().value(u"queued").toInt(), 100);
        QVERIFY(!stats.contains(u"seq"));
        Dashboard late; // gets the last one at once
        greet(late);
        late.say(R"({"id":2,"op":"subscribe","types":["queue.*"]})");
        QCOMPARE(late.push(u"event"_qs).value(u"data").toObject().value(u"queued").toInt(), 100);
    }

    // A client that stops reading makes the server hold no more than a few batches, is closed, and loses nothing when it
    // resumes.
    void closesAClientThatDoesNotRead()
    {
        Dashboard deaf;
        greet(deaf);
        deaf.say(R"({"id":2,"op":"subscribe","types":["*"]})");
        QVERIFY(deaf.reply(2).value(u"ok").toBool());
        deaf.socket().setReadBufferSize(1'000);
        Dashboard brisk;
        greet(brisk);
        brisk.say(R"({"id":2,"op":"subscribe","types":["*"]})");
        QVERIFY(brisk.reply(2).value(u"ok").toBool());
        const QJsonObject data{{QStringLiteral("text"), QString(1'000, u'x')}};
        constexpr int Count = 20'000; // some 20 MB, more than the kernel holds
        for (int i = 0; i < Count; ++i)
            m_log->append(u"delivery.sent"_qs, 0, data);
        m_log->announce();
        m_clock.advance(25);
        QTRY_COMPARE_WITH_TIMEOUT(brisk.seqs().size(), Count, 20'000);
        QCOMPARE(m_sockets->clientCount(), 2);
        qint64 sent = 0;
        for (const SocketClientInfo& client : m_sockets->clients())
            sent = client.seq < Count ? client.sentBytes : sent;
        QVERIFY2(sent > 0 && sent < 15'000'000, qPrintable(QString::number(sent)));
        m_clock.advance(11'000);
        m_clock.advance(6'000); // it does not take the close either
        QTRY_COMPARE(m_sockets->clientCount(), 1);
    }

    void tellsOfAGapAndGoesOn()
    {
        FeedLimits limits;
        limits.maxLag = 3'000;
        start({}, limits);
        Dashboard slow;
        greet(slow);
        slow.say(R"({"id":2,"op":"subscribe","types":["*"]})");
        QVERIFY(slow.reply(2).value(u"ok").toBool());
        slow.socket().setReadBufferSize(1'000);
        const QJsonObject data{{QStringLiteral("text"), QString(1'000, u'x')}};
        for (int i = 0; i < 20'000; ++i)
            m_log->append(u"delivery.sent"_qs, 0, data);
        m_log->announce();
        m_clock.advance(25);
        QTest::qWait(500);
        append(1);
        QTest::qWait(100);
        append(5);
        slow.socket().setReadBufferSize(0);
        QTRY_VERIFY_WITH_TIMEOUT(!slow.seqs().isEmpty() && slow.seqs().last() == 20'006, 20'000);
        const QJsonObject gap = slow.push(u"gap"_qs);
        QVERIFY(!gap.isEmpty());
        const qint64 from = gap.value(u"from").toInteger();
        const qint64 to = gap.value(u"to").toInteger();
        qint64 last = 0; // every entry came, or lies in the gap
        for (const qint64 seq : slow.seqs()) {
            QVERIFY2(seq == last + 1 || (last == from - 1 && seq == to + 1),
                     qPrintable(u"%1 after %2"_qs.arg(seq).arg(last)));
            last = seq;
        }
    }

    void saysBye()
    {
        Dashboard dashboard;
        greet(dashboard);
        m_sockets->stop(1001, u"shutdown"_qs, 3);
        QCOMPARE(dashboard.closeCode(), 1001);
        const QJsonObject bye = dashboard.push(u"bye"_qs);
        QCOMPARE(bye.value(u"retry_after").toInt(), 3);
        QCOMPARE(bye.value(u"reconnect").toBool(), true);
        Dashboard late;
        QVERIFY(!late.open(m_port));
    }

    void survivesAbruptEnds()
    {
        for (int i = 0; i < 30; ++i) {
            Dashboard dashboard;
            greet(dashboard);
            dashboard.say(R"({"id":2,"op":"subscribe","types":["*"]})");
            append(50);
            if (i % 2 == 0)
                QTest::qWait(1);
            dashboard.socket().abort();
        }
        QTRY_COMPARE(m_sockets->clientCount(), 0);
    }
};

QTEST_GUILESS_MAIN(SocketServerTest)
#include "SocketServerTest.moc"
