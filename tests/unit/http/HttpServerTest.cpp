// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/HttpServer.h"
#include "engine/base/Json.h"
#include "engine/base/ManualClock.h"

#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

using namespace carillon;

namespace {

constexpr qint64 Sunday = 784'111'777'000; // Sun, 06 Nov 1994 08:49:37 GMT, the example of RFC 9110

// A raw client: writes octets as told, collects what comes.
class Client {
public:
    explicit Client(quint16 port)
    {
        QObject::connect(&m_socket, &QTcpSocket::readyRead, &m_socket, [this] { m_seen += m_socket.readAll(); });
        m_socket.connectToHost(QHostAddress::LocalHost, port);
    }

    bool connected()
    {
        return QTest::qWaitFor([&] { return m_socket.state() == QAbstractSocket::ConnectedState; });
    }
    void send(const QByteArray& octets) { m_socket.write(octets); }
    void leave() { m_socket.abort(); }
    bool sees(const QByteArray& text)
    {
        return QTest::qWaitFor([&] { return m_seen.contains(text); }, 2'000);
    }
    bool closed()
    {
        return QTest::qWaitFor([&] { return m_socket.state() == QAbstractSocket::UnconnectedState; }, 3'000);
    }
    // The whole answer of a request that is the connection's last.
    QByteArray ask(const QByteArray& octets)
    {
        send(octets);
        return closed() ? m_seen : QByteArray("connection was not closed: ") + m_seen;
    }
    const QByteArray& seen() const { return m_seen; }
    QTcpSocket& socket() { return m_socket; }

private:
    QTcpSocket m_socket;
    QByteArray m_seen;
};

int statusOf(const QByteArray& answer)
{
    return answer.mid(9, 3).toInt();
}

QByteArray get(const QByteArray& path, const QByteArray& more = {})
{
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n";
}

} // namespace

class HttpServerTest : public QObject {
    Q_OBJECT

    ManualClock m_clock{Sunday};
    std::unique_ptr<HttpServer> m_server;
    quint16 m_port = 0;
    QList<HttpResponder> m_waiting;

    void start(HttpServerOptions options = {}, const QHostAddress& address = QHostAddress::LocalHost)
    {
        m_waiting.clear();
        m_server = std::make_unique<HttpServer>(m_clock, options);
        HttpRouter& router = m_server->router();
        router.add("GET", u"/hello"_qs, [](const HttpRequest&) { return HttpResponse::of(200, "text/plain", "hello"); });
        router.add("POST", u"/echo"_qs,
                   [](const HttpRequest& r) { return HttpResponse::of(200, "text/plain", "<" + r.body + ">"); });
        router.add("GET", u"/name/{name}"_qs, [](const HttpRequest& r) {
            return HttpResponse::of(200, "text/plain", "[" + r.parameters[u"name"_qs].toUtf8() + "]");
        });
        router.add("GET", u"/tree/{path*}"_qs, [](const HttpRequest& r) {
            return HttpResponse::of(200, "text/plain", "[" + r.parameters[u"path"_qs].toUtf8() + "]");
        });
        router.add("GET", u"/big"_qs,
                   [](const HttpRequest&) { return HttpResponse::of(200, "text/plain", QByteArray(40'000'000, 'x')); });
        router.add("GET", u"/later"_qs,
                   HttpHandler([this](const HttpRequest&, const HttpResponder& to) { m_waiting << to; }));
        router.add("GET", u"/never"_qs, HttpHandler([](const HttpRequest&, const HttpResponder&) {}));
        m_port = m_server->listen(address, 0).value_or(0);
        QVERIFY(m_port != 0);
    }

private Q_SLOTS:
    void init() { start(); }
    void cleanup() { m_server.reset(); }

    void answersWithDateAndSecurityFields()
    {
        const QByteArray answer = Client(m_port).ask(get("/hello", "Connection: close\r\n"));
        QCOMPARE(statusOf(answer), 200);
        QVERIFY(answer.endsWith("\r\n\r\nhello"));
        for (const char* field : {"Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n", "Content-Length: 5\r\n",
                                  "Content-Security-Policy: default-src 'none'", "X-Content-Type-Options: nosniff\r\n",
                                  "Referrer-Policy: no-referrer\r\n", "Connection: close\r\n"})
            QVERIFY2(answer.contains(field), field);
        QVERIFY(!answer.contains("Server:"));
    }

    void routes_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("one segment") << QByteArray("/name/a%20b?x=1") << 200 << QByteArray("[a b]");
        QTest::newRow("empty segment") << QByteArray("/name/") << 404 << QByteArray();
        QTest::newRow("too many") << QByteArray("/name/a/b") << 404 << QByteArray();
        QTest::newRow("rest") << QByteArray("/tree/a/b/c.js") << 200 << QByteArray("[a/b/c.js]");
        QTest::newRow("nothing there") << QByteArray("/nothing") << 404 << QByteArray();
        QTest::newRow("other method") << QByteArray("/echo") << 405 << QByteArray();
        QTest::newRow("handler forgot") << QByteArray("/never") << 500 << QByteArray();
    }

    void routes()
    {
        QFETCH(QByteArray, target);
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        const QByteArray answer = Client(m_port).ask(get(target, "Connection: close\r\n"));
        QCOMPARE(statusOf(answer), status);
        if (status == 200) {
            QVERIFY(answer.endsWith(QByteArray("\r\n\r\n" + body)));
        } else {
            QVERIFY(answer.contains("Content-Type: application/problem+json\r\n"));
            const auto problem = parseJsonObject(answer.mid(answer.indexOf("\r\n\r\n") + 4));
            QVERIFY(problem.has_value());
            QCOMPARE(problem->value(u"status").toInt(), status);
            QVERIFY(!problem->value(u"detail").toString().isEmpty());
        }
        QCOMPARE(answer.contains("Allow: POST, OPTIONS\r\n"), status == 405);
    }

    void headHasNoBodyAndOptionsSaysWhatIsAllowed()
    {
        const QByteArray head = Client(m_port).ask("HEAD /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        QVERIFY(head.contains("Content-Length: 5\r\n"));
        QVERIFY(head.endsWith("\r\n\r\n"));
        const QByteArray options
            = Client(m_port).ask("OPTIONS /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        QCOMPARE(statusOf(options), 204);
        QVERIFY(options.contains("Allow: GET, HEAD, OPTIONS\r\n"));
        QVERIFY(!options.contains("Content-Length"));
    }

    void keepsPipelinedRequestsInOrder()
    {
        Client client(m_port);
        client.send("\r\n" + get("/name/1") + get("/later")
                    + "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\nab"
                    + get("/name/4", "Connection: close\r\n"));
        QVERIFY(client.sees("[1]"));
        QTRY_COMPARE(m_waiting.size(), 1);
        QVERIFY(!client.seen().contains("<ab>"));
        m_waiting.takeFirst().respond(HttpResponse::of(200, "text/plain", "[2]"));
        QVERIFY(client.closed());
        const QByteArray& seen = client.seen();
        QVERIFY(seen.indexOf("[1]") < seen.indexOf("[2]") && seen.indexOf("[2]") < seen.indexOf("<ab>")
                && seen.indexOf("<ab>") < seen.indexOf("[4]"));
    }

    void takesChunksAndContinues()
    {
        Client client(m_port);
        client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n");
        QVERIFY(client.sees("HTTP/1.1 100 Continue\r\n\r\n"));
        client.send("3\r\nab");
        QTest::qWait(20);
        client.send("c\r\n0\r\n\r\n");
        QVERIFY(client.sees("<abc>"));
    }

    void refusesATooLargeBodyBeforeItIsSent()
    {
        const QByteArray answer = Client(m_port).ask(
            "POST /echo HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 99999999\r\n\r\n");
        QCOMPARE(statusOf(answer), 413);
    }

    // The client that sends all of a refused body still gets to read the refusal: the connection is not reset under it.
    void lingersAfterARefusal()
    {
        const QByteArray answer
            = Client(m_port).ask("POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                                 "300000\r\n"
                                 + QByteArray(3 * 1024 * 1024, 'x'));
        QCOMPARE(statusOf(answer), 413);
    }

    void speaksHttp10()
    {
        const QByteArray once = Client(m_port).ask("GET /hello HTTP/1.0\r\n\r\n");
        QVERIFY(once.endsWith("hello"));
        Client client(m_port);
        client.send("GET /name/1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        QVERIFY(client.sees("[1]"));
        QVERIFY(client.seen().contains("Connection: keep-alive\r\n"));
        client.send("GET /name/2 HTTP/1.0\r\n\r\n");
        QVERIFY(client.closed());
        QVERIFY(client.seen().contains("[2]"));
    }

    void answersGarbageWith400()
    {
        QCOMPARE(statusOf(Client(m_port).ask(QByteArray("\x16\x03\x01\x02\x00\x01\r\n\r\n", 10))), 400);
        QCOMPARE(statusOf(Client(m_port).ask(QByteArray(20'000, '\xff'))), 414);
    }

    void timesOutSlowHeads()
    {
        Client silent(m_port);
        Client slow(m_port);
        QVERIFY(silent.connected() && slow.connected());
        slow.send("GET / HT");
        QTRY_COMPARE(m_server->connections(), 2);
        QTest::qWait(30);
        m_clock.advance(6'000);
        slow.send("TP/1.1\r\nX: ");
        QTest::qWait(30);
        QCOMPARE(m_server->connections(), 2);
        m_clock.advance(5'000);
        QVERIFY(slow.sees("HTTP/1.1 408 "));
        QVERIFY(slow.closed() && silent.closed());
        QCOMPARE(silent.seen(), "");
    }

    void timesOutSlowBodiesAndSlowHandlers()
    {
        Client body(m_port);
        body.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc");
        Client handler(m_port);
        handler.send(get("/later"));
        QTRY_COMPARE(m_waiting.size(), 1);
        QTRY_COMPARE(m_server->connections(), 2);
        QTest::qWait(30);
        m_clock.advance(31'000);
        QVERIFY(body.sees("HTTP/1.1 408 "));
        m_clock.advance(31'000);
        QVERIFY(handler.sees("HTTP/1.1 504 "));
        m_waiting.takeFirst().respond(HttpResponse::of(200, "text/plain", "late"));
        QVERIFY(handler.closed());
        QVERIFY(!handler.seen().contains("late"));
    }

    void closesIdleConnectionsAndReadersThatDoNotRead()
    {
        Client idle(m_port);
        idle.send(get("/hello"));
        QVERIFY(idle.sees("hello"));
        Client deaf(m_port);
        deaf.socket().setReadBufferSize(1);
        deaf.send(get("/big"));
        QTRY_COMPARE(m_server->connections(), 2);
        QTest::qWait(200);
        m_clock.advance(61'000);
        QTRY_COMPARE(m_server->connections(), 0);
    }

    void survivesClientsThatLeaveEarly()
    {
        for (int i = 0; i < 50; ++i) {
            Client client(m_port);
            client.send(get("/later"));
            QTRY_COMPARE(m_waiting.size(), i + 1);
            client.leave();
        }
        QTRY_COMPARE(m_server->connections(), 0);
        for (const HttpResponder& to : std::exchange(m_waiting, {}))
            to.respond(HttpResponse::of(200, "text/plain", "nobody"));
        QVERIFY(Client(m_port).ask(get("/hello", "Connection: close\r\n")).endsWith("hello"));
    }

    void outlivesNoResponder()
    {
        Client client(m_port);
        client.send(get("/later"));
        QTRY_COMPARE(m_waiting.size(), 1);
        m_server.reset();
        m_waiting.takeFirst().respond(HttpResponse::of(200, "text/plain", "nobody"));
        QVERIFY(client.closed());
    }

    void turnsAwayTooManyConnections()
    {
        HttpServerOptions options;
        options.maxConnections = 1;
        start(options);
        Client first(m_port);
        QTRY_COMPARE(m_server->connections(), 1);
        QCOMPARE(statusOf(Client(m_port).ask("")), 503);
        first.leave();
        QTRY_COMPARE(m_server->connections(), 0);
    }

    void refusesForeignHostNamesOnLoopback_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<bool>("taken");
        QTest::newRow("localhost") << QByteArray("LocalHost:8025") << true;
        QTest::newRow("v4") << QByteArray("127.0.0.1") << true;
        QTest::newRow("v6") << QByteArray("[::1]:80") << true;
        QTest::newRow("configured") << QByteArray("mail.example.org") << true;
        QTest::newRow("foreign") << QByteArray("evil.example") << false;
        QTest::newRow("looks like") << QByteArray("127.0.0.1.evil.example") << false;
        QTest::newRow("suffix") << QByteArray("evillocalhost") << false;
        QTest::newRow("empty") << QByteArray("") << false;
    }

    void refusesForeignHostNamesOnLoopback()
    {
        QFETCH(QByteArray, host);
        QFETCH(bool, taken);
        HttpServerOptions options;
        options.hosts = {u"mail.example.org"_qs};
        start(options);
        const QByteArray answer
            = Client(m_port).ask("GET /hello HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
        QCOMPARE(statusOf(answer), taken ? 200 : 421);
    }

    void handsUpgradesOverUntouched()
    {
        QByteArray handed;
        std::unique_ptr<QTcpSocket> mine;
        m_server->addUpgrade(u"/ws"_qs, [&](QTcpSocket* socket, const HttpRequest& request) -> std::optional<HttpResponse> {
            if (request.header("Origin") != "http://localhost")
                return HttpResponse::problem(403, u"no"_qs);
            mine.reset(socket);
            handed = socket->readAll();
            return std::nullopt;
        });
        const QByteArray upgrade
            = get("/ws", "Connection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\nOrigin: http://localhost\r\n");
        Client client(m_port);
        client.send(get("/hello") + upgrade + "frame");
        QTRY_COMPARE(handed, upgrade + "frame");
        QTRY_COMPARE(m_server->connections(), 0);
        mine->write("over to you");
        QVERIFY(client.sees("over to you"));
        const QByteArray refused = Client(m_port).ask(get("/ws", "Connection: Upgrade\r\nUpgrade: websocket\r\n"));
        QCOMPARE(statusOf(refused), 403);
        const QByteArray rebound = Client(m_port).ask("GET /ws HTTP/1.1\r\nHost: evil\r\nConnection: Upgrade\r\nUpgrade: "
                                                      "websocket\r\nOrigin: http://localhost\r\n\r\n");
        QCOMPARE(statusOf(rebound), 421);
    }

    void saysWhyItCannotListen()
    {
        HttpServer second(m_clock, {});
        const auto port = second.listen(QHostAddress::LocalHost, m_port);
        QVERIFY(!port);
        QVERIFY(port.error().message.contains(QString::number(m_port)));
    }

    void stopsGently()
    {
        Client idle(m_port);
        Client asking(m_port);
        asking.send(get("/later"));
        QTRY_COMPARE(m_waiting.size(), 1);
        QTRY_COMPARE(m_server->connections(), 2);
        m_server->stop();
        QVERIFY(idle.closed());
        m_waiting.takeFirst().respond(HttpResponse::of(200, "text/plain", "still"));
        QVERIFY(asking.closed());
        QVERIFY(asking.seen().endsWith("still"));
    }
};

QTEST_GUILESS_MAIN(HttpServerTest)
#include "HttpServerTest.moc"
