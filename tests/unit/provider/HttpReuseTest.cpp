// SPDX-License-Identifier: GPL-3.0-or-later
#include "HttpCustomer.h"
#include "Proxies.h"
#include "ScriptedServer.h"

using namespace carillon;

// What one request leaves to the next: the connection, and nothing of itself.
class HttpReuseTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { forgetProxies(); }

    void nothingIsLeftOfTheRequestBefore()
    {
        ScriptedServer server([](QTcpSocket* s, const auto&) { s->write(ScriptedServer::answer("200 OK")); });
        HttpTransport transport;
        Customer customer(transport);
        struct Sent {
            QByteArray method;
            QByteArray body;
            QList<HttpHeader> headers;
        };
        for (const Sent& sent :
             {Sent{"POST", "one", {{"X-A", "1"}, {"X-B", "2"}}}, Sent{"GET", {}, {}}, Sent{"PUT", "two", {{"X-C", "3"}}},
              Sent{"DELETE", {}, {}}, Sent{"PATCH", "three", {}}, Sent{"POST", {}, {}}, Sent{"DELETE", "four", {}},
              Sent{"HEAD", {}, {}}, Sent{"POST", "five", {}}, Sent{"GET", {}, {{"X-D", "4"}}}}) {
            OutboundRequest request = customer.request(server.url());
            request.method = sent.method;
            request.body = sent.body;
            request.headers = sent.headers;
            QCOMPARE(customer.one(request).status, 200);
            const ScriptedServer::Request got = server.requests.takeLast();
            QCOMPARE(got.head.first(got.head.indexOf(' ')), sent.method);
            QCOMPARE(got.body, sent.body);
            const bool saysLength = !sent.body.isEmpty() || sent.method == "POST" || sent.method == "PUT";
            QCOMPARE(got.header("Content-Length"), saysLength ? QByteArray::number(sent.body.size()) : QByteArray());
            QCOMPARE(got.head.count("X-"), sent.headers.size());
            for (const HttpHeader& header : sent.headers)
                QCOMPARE(got.header(header.first), header.second);
        }
        QCOMPARE(server.connections, 1);
    }

    // The socket of a new connection often has the number of the one that was closed before it.
    void aRequestThatIsAnsweredIsNotKept()
    {
        ScriptedServer server([](QTcpSocket* socket, const auto&) { socket->write(ScriptedServer::answer("200 OK")); });
        HttpTransport transport;
        Customer customer(transport);
        const QByteArray body(100'000, 'x');
        const QByteArray password(100, 'y');
        OutboundRequest request = customer.request(server.url());
        request.body = body;
        request.headers = {{"Authorization", password}};
        QList<OutboundRequest> requests{std::exchange(request, {})};
        transport.start(customer.id, std::exchange(requests, {}));
        QTRY_COMPARE_WITH_TIMEOUT(customer.responses.size(), 1, 30'000);
        QCOMPARE(server.requests.value(0).header("Authorization"), password);
        QVERIFY(body.isDetached()); // nobody else holds it
        QVERIFY(password.isDetached());
    }

    // A server that has read a request and hangs up may have done what it says.
    void aRequestThatMustNotBeRepeatedIsNot_data()
    {
        QTest::addColumn<bool>("mayRepeat");
        QTest::newRow("may") << true;
        QTest::newRow("must not") << false;
    }

    void aRequestThatMustNotBeRepeatedIsNot()
    {
        QFETCH(bool, mayRepeat);
        int seen = 0;
        ScriptedServer server([&seen](QTcpSocket* socket, const auto&) {
            if (++seen == 2)
                socket->disconnectFromHost();
            else
                socket->write(ScriptedServer::answer("200 OK"));
        });
        HttpTransport transport;
        Customer customer(transport);
        OutboundRequest request = customer.request(server.url());
        request.mayRepeat = mayRepeat;
        QCOMPARE(customer.one(request).status, 200);
        const OutboundResponse second = customer.one(request);
        QCOMPARE(second.result, mayRepeat ? HttpResult::Answered : HttpResult::Lost);
        QCOMPARE(server.requests.size(), mayRepeat ? 3 : 2);
        QCOMPARE(customer.one(request).status, 200);
        QCOMPARE(second.problem.isEmpty(), mayRepeat);
    }
};

QTEST_GUILESS_MAIN(HttpReuseTest)
#include "HttpReuseTest.moc"
