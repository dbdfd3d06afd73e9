// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/HttpTransport.h"
#include "HttpCustomer.h"
#include "Proxies.h"
#include "ScriptedServer.h"

#include <QElapsedTimer>
#include <QTest>

using namespace carillon;

class HttpTransportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { forgetProxies(); }

    void bytesGoOutAndComeBack()
    {
        ScriptedServer server(
            [](QTcpSocket* s, const auto&) { s->write(ScriptedServer::answer("201 Created", "body", "X-Id: 7\r\n")); });
        HttpTransport transport;
        Customer customer(transport);
        OutboundRequest request = customer.request(server.url(u"/a/../b?x=%2F"_qs), 42);
        request.headers = {{"X-Test", "yes"}, {"X-Empty", ""}};
        const OutboundResponse response = customer.one(request);
        QCOMPARE(response.result, HttpResult::Answered);
        QCOMPARE(response.tag, 42U);
        QCOMPARE(response.status, 201);
        QCOMPARE(response.header("x-id"), "7");
        QCOMPARE(response.body, "body");
        QVERIFY(!response.truncated);
        const auto& got = server.requests.first();
        QVERIFY2(got.head.startsWith("POST /a/../b?x=%2F HTTP/1.1\r\n"), got.head.constData());
        QCOMPARE(got.header("X-Test"), "yes");
        QVERIFY(got.head.contains("\r\nX-Empty:"));
        QVERIFY(!got.head.contains("Expect:"));
        QCOMPARE(got.body, "hello");
    }

    void connectionsAreKept()
    {
        ScriptedServer server([](QTcpSocket* s, const auto&) { s->write(ScriptedServer::answer("200 OK")); });
        HttpTransport transport;
        Customer customer(transport);
        for (int i = 0; i < 20; ++i)
            QCOMPARE(customer.one(customer.request(server.url())).status, 200);
        QCOMPARE(server.connections, 1);
    }

    void redirectsAreNotFollowed()
    {
        ScriptedServer other([](QTcpSocket* s, const auto&) { s->write(ScriptedServer::answer("200 OK")); });
        ScriptedServer server([&](QTcpSocket* s, const auto&) {
            s->write(ScriptedServer::answer("302 Found", {}, "Location: " + other.url().toUtf8() + "\r\n"));
        });
        HttpTransport transport;
        Customer customer(transport);
        QCOMPARE(customer.one(customer.request(server.url())).status, 302);
        QCOMPARE(other.connections, 0);
    }

    void answersAreBounded_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::newRow("with a length") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
        QTest::newRow("without") << QByteArray("HTTP/1.1 200 OK\r\n\r\n");
        QTest::newRow("in chunks") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1E8480\r\n");
    }

    void answersAreBounded()
    {
        QFETCH(QByteArray, head);
        ScriptedServer server([&](QTcpSocket* s, const auto&) { s->write(head + QByteArray(2'000'000, 'x')); });
        HttpTransport transport;
        Customer customer(transport);
        const OutboundResponse response = customer.one(customer.request(server.url()));
        QCOMPARE(response.result, HttpResult::Answered);
        QCOMPARE(response.status, 200);
        QCOMPARE(response.body.size(), 64 * 1024);
        QVERIFY(response.truncated);
    }

    void rudeServersAreLostAnswers_data()
    {
        QTest::addColumn<QByteArray>("written");
        QTest::addColumn<bool>("close");
        QTest::newRow("silence") << QByteArray() << false;
        QTest::newRow("closed without a word") << QByteArray() << true;
        QTest::newRow("half a status line") << QByteArray("HTTP/1.1 20") << false;
        QTest::newRow("half the headers") << QByteArray("HTTP/1.1 200 OK\r\nX-A: b\r\n") << false;
        QTest::newRow("half the headers, closed") << QByteArray("HTTP/1.1 200 OK\r\nX-A: b\r\n") << true;
        QTest::newRow("garbage") << QByteArray("\x16\x03\x01\x02\0\x01\xfc garbage\r\n\r\n", 20) << true;
        QTest::newRow("not HTTP") << QByteArray("220 mail.example ESMTP\r\n") << true;
        QTest::newRow("endless header") << QByteArray("HTTP/1.1 200 OK\r\nX: " + QByteArray(1'000'000, 'x')) << false;
        QTest::newRow("endless headers") << QByteArray("HTTP/1.1 200 OK\r\n"
                                                       + QByteArray("X: yyyyyyyy\r\n").repeated(100'000))
                                         << false;
        QTest::newRow("endless interim answers") << QByteArray("HTTP/1.1 102 Processing\r\n\r\n").repeated(20'000) << false;
    }

    void rudeServersAreLostAnswers()
    {
        QFETCH(QByteArray, written);
        QFETCH(bool, close);
        ScriptedServer server([&](QTcpSocket* s, const auto&) {
            s->write(written);
            if (close)
                s->disconnectFromHost();
        });
        HttpTransport transport;
        Customer customer(transport);
        const OutboundResponse response = customer.one(customer.impatientRequest(server.url()));
        QCOMPARE(response.result, HttpResult::Lost);
        QVERIFY(!response.problem.isEmpty());
        QTest::qWait(50);
        QCOMPARE(customer.responses.size(), 1);
    }

    void aStatusThatWasSaidCountsThoughTheBodyHangs()
    {
        ScriptedServer server(
            [](QTcpSocket* s, const auto&) { s->write("HTTP/1.1 202 Accepted\r\nContent-Length: 10\r\n\r\nhal"); });
        HttpTransport transport;
        Customer customer(transport);
        const OutboundResponse response = customer.one(customer.impatientRequest(server.url()));
        QCOMPARE(response.result, HttpResult::Answered);
        QCOMPARE(response.status, 202);
        QCOMPARE(response.body, "hal");
        QVERIFY(response.truncated);
    }

    void interimAnswersAreNotTheAnswer()
    {
        ScriptedServer server([](QTcpSocket* s, const auto&) {
            s->write("HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n"
                     + ScriptedServer::answer("200 OK", "x", "X-Late: 1\r\n"));
        });
        HttpTransport transport;
        Customer customer(transport);
        const OutboundResponse response = customer.one(customer.request(server.url()));
        QCOMPARE(response.status, 200);
        QCOMPARE(response.header("x-late"), "1");
        QVERIFY(response.header("x-early").isEmpty());
    }

    void whatCannotBeReachedWasNotSent()
    {
        HttpTransport transport;
        Customer customer(transport);
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        const QString closedPort = u"http://127.0.0.1:%1/"_qs.arg(server.serverPort());
        server.close();
        QCOMPARE(customer.one(customer.impatientRequest(closedPort)).result, HttpResult::NotSent);
        QCOMPARE(customer.one(customer.impatientRequest(u"http://no-such-host.invalid/"_qs)).result, HttpResult::NotSent);
        // A server that speaks no TLS.
        ScriptedServer plain([](QTcpSocket*, const auto&) {});
        const QString https = plain.url().replace(u"http:"_qs, u"https:"_qs);
        QCOMPARE(customer.one(customer.impatientRequest(https)).result, HttpResult::NotSent);
    }

    void whatMustNotBeSentIsRefused_data()
    {
        QTest::addColumn<QString>("url");
        QTest::newRow("file") << u"file:///etc/passwd"_qs;
        QTest::newRow("ftp") << u"ftp://127.0.0.1/x"_qs;
        QTest::newRow("smtp") << u"smtp://127.0.0.1/x"_qs;
        QTest::newRow("line break") << u"http://127.0.0.1/\r\nX: y"_qs;
        QTest::newRow("no host") << u"http://"_qs;
        QTest::newRow("nothing") << QString();
    }

    void whatMustNotBeSentIsRefused()
    {
        QFETCH(QString, url);
        HttpTransport transport;
        Customer customer(transport);
        QCOMPARE(customer.one(customer.request(url)).result, HttpResult::Refused);
    }

    void headersCannotBeInjected()
    {
        ScriptedServer server([](QTcpSocket* s, const auto&) { s->write(ScriptedServer::answer("200 OK")); });
        HttpTransport transport;
        Customer customer(transport);
        for (const HttpHeader& bad : {HttpHeader("X-A", "b\r\nX-Evil: 1"), HttpHeader("X-A\r\nX-Evil", "1"),
                                      HttpHeader("X-A", QByteArray("b\0c", 3))}) {
            OutboundRequest request = customer.request(server.url());
            request.headers = {bad};
            QCOMPARE(customer.one(request).result, HttpResult::Refused);
        }
        QVERIFY(server.requests.isEmpty());
    }

    void privateNetworksAreRefusedByTheirAddress()
    {
        ScriptedServer server([](QTcpSocket* s, const auto&) { s->write(ScriptedServer::answer("200 OK")); });
        HttpTransport transport;
        Customer customer(transport);
        const QString byName = server.url().replace(u"127.0.0.1"_qs, u"localhost"_qs);
        for (const QString& url : {server.url(), byName, server.url().replace(u"127.0.0.1"_qs, u"0x7f000001"_qs)}) {
            OutboundRequest request = customer.request(url);
            request.allowPrivateNetworks = false;
            QCOMPARE(customer.one(request).result, HttpResult::Refused);
        }
        QCOMPARE(server.connections, 0);
    }

    // One connection is kept for all; who may not go there must not be let through because another was.
    void aKeptConnectionOpensNoPrivateNetwork()
    {
        ScriptedServer server([](QTcpSocket* s, const auto&) { s->write(ScriptedServer::answer("200 OK")); });
        HttpTransport transport;
        Customer customer(transport);
        OutboundRequest request = customer.request(server.url());
        QCOMPARE(customer.one(request).status, 200);
        request.allowPrivateNetworks = false;
        QCOMPARE(customer.one(request).result, HttpResult::Refused);
        QCOMPARE(server.requests.size(), 1);
        request.allowPrivateNetworks = true;
        QCOMPARE(customer.one(request).status, 200);
    }

    void connectionsThatAreClosedAreReplaced()
    {
        ScriptedServer server([](QTcpSocket* s, const auto&) {
            s->write(ScriptedServer::answer("200 OK"));
            s->disconnectFromHost();
        });
        HttpTransport transport;
        Customer customer(transport);
        for (int i = 0; i < 20; ++i)
            QCOMPARE(customer.one(customer.request(server.url())).status, 200);
    }

    void manyCrossInBatchesAndEachIsAnsweredOnce()
    {
        ScriptedServer server(
            [](QTcpSocket* s, const auto& request) { s->write(ScriptedServer::answer("200 OK", request.body)); });
        HttpTransport::Options options;
        options.maxInFlight = 16;
        HttpTransport transport(options);
        Customer customer(transport);
        QList<OutboundRequest> requests;
        for (quint64 tag = 1; tag <= 500; ++tag) {
            requests << customer.request(server.url(), tag);
            requests.last().body = QByteArray::number(tag);
        }
        transport.start(customer.id, requests);
        QTRY_COMPARE_WITH_TIMEOUT(customer.responses.size(), 500, 30'000);
        QSet<quint64> tags;
        for (const OutboundResponse& response : customer.responses) {
            QCOMPARE(response.body, QByteArray::number(response.tag));
            tags << response.tag;
        }
        QCOMPARE(tags.size(), 500);
        QVERIFY2(server.connections <= 16, qPrintable(QString::number(server.connections)));
    }

    void whatIsClosedIsNotAnswered()
    {
        ScriptedServer server([](QTcpSocket*, const auto&) {});
        HttpTransport transport;
        auto leaving = std::make_unique<Customer>(transport);
        Customer staying(transport);
        transport.start(leaving->id, {leaving->request(server.url())});
        QTRY_COMPARE(server.requests.size(), 1);
        leaving.reset();
        QCOMPARE(staying.one(staying.impatientRequest(server.url())).result, HttpResult::Lost);
        QCOMPARE(staying.responses.size(), 1);
    }

    void itEndsWhileRequestsHang()
    {
        ScriptedServer server([](QTcpSocket*, const auto&) {});
        auto transport = std::make_unique<HttpTransport>();
        const auto customer = transport->open([](const auto&) { QFAIL("answered after its end"); });
        OutboundRequest request;
        request.url = server.url().toUtf8();
        request.totalTimeoutMs = 60'000;
        request.allowPrivateNetworks = true;
        transport->start(customer, {request});
        QTRY_COMPARE(server.requests.size(), 1);
        QElapsedTimer timer;
        timer.start();
        transport.reset();
        QVERIFY(timer.elapsed() < 2'000);
    }
};

QTEST_GUILESS_MAIN(HttpTransportTest)
#include "HttpTransportTest.moc"
