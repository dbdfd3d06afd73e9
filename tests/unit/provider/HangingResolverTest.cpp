// SPDX-License-Identifier: GPL-3.0-or-later
#include "ScriptedServer.h"
#include "engine/provider/HttpTransport.h"

#include <QScopeGuard>
#include <QTest>

#include <latch>

#include <dlfcn.h>
#include <netdb.h>

using namespace carillon;

namespace {

std::latch released(1); // the name servers answer

} // namespace

// In place of the C library's, for this program: the name servers of "hangs.example" answer when the test ends.
extern "C" int getaddrinfo(const char* name, const char* service, const addrinfo* hints, addrinfo** found)
{
    if (name && QByteArrayView(name) == "hangs.example") {
        released.wait();
        return EAI_AGAIN;
    }
    static const auto real = reinterpret_cast<decltype(&getaddrinfo)>(dlsym(RTLD_NEXT, "getaddrinfo"));
    return real(name, service, hints, found);
}

// Name servers that do not answer take half a minute and more to be given up, in a thread of the C library's that nobody can
// stop. One account's must not cost the others that time.
class HangingResolverTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (const char* name : {"http_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY", "ALL_PROXY"})
            qunsetenv(name);
    }

    void nobodyWaitsForNameServersThatHang()
    {
        ScriptedServer server([](QTcpSocket* socket, const auto&) { socket->write(ScriptedServer::answer("200 OK")); });
        QMap<quint64, OutboundResponse> answers;
        HttpTransport transport;
        const auto unblock = qScopeGuard([] { released.count_down(); });
        const auto customer = transport.open([&](const QList<OutboundResponse>& responses) {
            for (const OutboundResponse& response : responses)
                answers.insert(response.tag, response);
        });
        const auto leaving = transport.open([](const auto&) {});
        const auto request = [](quint64 tag, const QString& url, qint64 patienceMs) {
            OutboundRequest made;
            made.tag = tag;
            made.url = url.toUtf8();
            made.connectTimeoutMs = made.totalTimeoutMs = patienceMs;
            made.allowPrivateNetworks = true;
            return made;
        };

        transport.start(customer, {request(1, u"http://hangs.example/"_qs, 100)});
        QTRY_VERIFY_WITH_TIMEOUT(answers.contains(1), 30'000);
        QCOMPARE(answers[1].result, HttpResult::NotSent);

        // Nor when a sender goes while its request hangs.
        transport.start(leaving, {request(2, u"http://hangs.example/"_qs, 3'600'000)});
        transport.start(customer, {request(3, server.url(), 3'600'000)});
        QTRY_VERIFY_WITH_TIMEOUT(answers.contains(3), 30'000);
        transport.close(leaving);
        transport.start(customer, {request(4, server.url(), 3'600'000)});
        QTRY_VERIFY_WITH_TIMEOUT(answers.contains(4), 30'000);
        QCOMPARE(answers[4].status, 200);
    }
};

QTEST_GUILESS_MAIN(HangingResolverTest)
#include "HangingResolverTest.moc"
