// SPDX-License-Identifier: GPL-3.0-or-later
#include "HttpCustomer.h"
#include "Proxies.h"
#include "ScriptedServer.h"

#include <QScopeGuard>

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
    void initTestCase() { forgetProxies(); }

    void nobodyWaitsForNameServersThatHang()
    {
        ScriptedServer server([](QTcpSocket* socket, const auto&) { socket->write(ScriptedServer::answer("200 OK")); });
        HttpTransport transport;
        const auto unblock = qScopeGuard([] { released.count_down(); });
        Customer customer(transport);
        OutboundRequest hanging = customer.request(u"http://hangs.example/"_qs);
        hanging.connectTimeoutMs = hanging.totalTimeoutMs = 100;
        QCOMPARE(customer.one(hanging).result, HttpResult::NotSent);

        // Nor when a sender goes while its request hangs.
        auto leaving = std::make_unique<Customer>(transport);
        hanging.connectTimeoutMs = hanging.totalTimeoutMs = 3'600'000;
        transport.start(leaving->id, {hanging});
        QCOMPARE(customer.one(customer.request(server.url())).status, 200);
        leaving.reset();
        QCOMPARE(customer.one(customer.request(server.url())).status, 200);
    }
};

QTEST_GUILESS_MAIN(HangingResolverTest)
#include "HangingResolverTest.moc"
