// SPDX-License-Identifier: GPL-3.0-or-later
#include "TestCertificate.h"
#include "engine/provider/HttpTransport.h"
#include "tests/unit/provider/HttpCustomer.h"
#include "tests/unit/provider/Proxies.h"
#include "tests/unit/provider/ScriptedServer.h"

#include <QSslKey>
#include <QSslServer>
#include <QSslSocket>

using namespace carillon;

namespace {

// A proxy that opens tunnels, as companies have them.
class Proxy : public ScriptedServer {
public:
    Proxy()
        : ScriptedServer([](QTcpSocket* socket, const Request& request) { openTunnel(socket, request); })
    {
    }

private:
    static void openTunnel(QTcpSocket* near, const Request& request)
    {
        auto* far = new QTcpSocket(near);
        const QByteArrayList place = request.head.split(' ').value(1).split(':');
        far->connectToHost(QString::fromLatin1(place.value(0)), place.value(1).toUShort());
        disconnect(near, &QTcpSocket::readyRead, nullptr, nullptr); // it is the tunnel's from here on
        connect(far, &QTcpSocket::connected, near, [near] { near->write("HTTP/1.1 200 Connection established\r\n\r\n"); });
        connect(near, &QTcpSocket::readyRead, far, [near, far] { far->write(near->readAll()); });
        connect(far, &QTcpSocket::readyRead, near, [near, far] { near->write(far->readAll()); });
        connect(far, &QTcpSocket::disconnected, near, [near] { near->disconnectFromHost(); });
    }
};

// A platform that speaks HTTP/1.1 over TLS. Hangs up on the requests whose numbers a test says.
class Platform : public QSslServer {
public:
    explicit Platform(const TestCertificate& certificate)
    {
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setLocalCertificateChain(QSslCertificate::fromPath(certificate.certificate()));
        QFile key(certificate.key());
        if (!key.open(QIODevice::ReadOnly) || !listen(QHostAddress::LocalHost))
            qFatal("no key, or no port on loopback");
        configuration.setPrivateKey(QSslKey(&key, QSsl::Rsa));
        setSslConfiguration(configuration);
        connect(this, &QTcpServer::pendingConnectionAvailable, this, [this] {
            while (QTcpSocket* socket = nextPendingConnection())
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        });
    }

    QString url() const { return u"https://127.0.0.1:%1/"_qs.arg(serverPort()); }

    int seen = 0;
    QSet<int> hangsUpOn;

private:
    void read(QTcpSocket* socket)
    {
        if (!socket->peek(10'000).endsWith("hello"))
            return;
        socket->readAll();
        if (hangsUpOn.contains(++seen))
            socket->disconnectFromHost();
        else
            socket->write(ScriptedServer::answer("200 OK"));
    }
};

} // namespace

// The transport behind a proxy that the environment names.
class ProxyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        forgetProxies();
        for (const char* exceptions : {"no_proxy", "NO_PROXY"})
            qunsetenv(exceptions);
        QVERIFY(m_certificate.isValid());
    }

    void init()
    {
        m_proxy = std::make_unique<Proxy>();
        qputenv("https_proxy", m_proxy->url().toLatin1());
        m_platform = std::make_unique<Platform>(m_certificate);
        HttpTransport::Options options;
        options.caFile = m_certificate.certificate();
        m_transport = std::make_unique<HttpTransport>(options);
    }

    void cleanup()
    {
        m_transport.reset();
        m_proxy.reset();
        m_platform.reset();
    }

    // Whether a request may be repeated says nothing about the proxy, which is asked once before it.
    void requestsGoThroughATunnel_data() { addRows(); }

    void requestsGoThroughATunnel()
    {
        Customer customer(*m_transport);
        for (int i = 1; i <= 3; ++i) {
            const OutboundResponse answer = customer.one(request(customer));
            QVERIFY2(answer.result == HttpResult::Answered, qPrintable(answer.problem));
            QCOMPARE(answer.status, 200);
            QCOMPARE(m_platform->seen, i);
        }
        QCOMPARE(m_proxy->requests.size(), 1);
        QVERIFY(!m_proxy->requests.first().head.contains("hunter2")); // a secret is the platform's business
    }

    void whatTheProxyRefusesWasNotSent_data() { addRows(); }

    void whatTheProxyRefusesWasNotSent()
    {
        m_proxy->setScript([](QTcpSocket* socket, const auto&) {
            socket->write(ScriptedServer::answer("503 No", "<html>", "X-Proxy: 1\r\n"));
            socket->disconnectFromHost();
        });
        Customer customer(*m_transport);
        const OutboundResponse answer = customer.one(request(customer));
        QCOMPARE(answer.result, HttpResult::NotSent);
        QVERIFY2(answer.problem.contains(u"503"), qPrintable(answer.problem));
        QVERIFY(answer.headers.isEmpty());
    }

    // What the proxy has said before is not taken for the platform's answer.
    void aPlatformThatHangsUpHasNotAnswered_data() { addRows(); }

    void aPlatformThatHangsUpHasNotAnswered()
    {
        QFETCH(bool, mayRepeat);
        m_platform->hangsUpOn = {1, 3};
        Customer customer(*m_transport);
        const OutboundResponse first = customer.one(request(customer));
        QCOMPARE(first.result, HttpResult::Lost);
        QCOMPARE(first.status, 0);
        QCOMPARE(customer.one(request(customer)).status, 200);
        const OutboundResponse third = customer.one(request(customer));
        QCOMPARE(third.result, mayRepeat ? HttpResult::Answered : HttpResult::Lost);
        QCOMPARE(m_platform->seen, mayRepeat ? 4 : 3);
    }

private:
    static void addRows()
    {
        QTest::addColumn<bool>("mayRepeat");
        QTest::newRow("may repeat") << true;
        QTest::newRow("must not repeat") << false;
    }

    OutboundRequest request(const Customer& customer) const
    {
        QFETCH(bool, mayRepeat);
        OutboundRequest made = customer.request(m_platform->url());
        made.mayRepeat = mayRepeat;
        made.headers = {{"Authorization", "Bearer hunter2"}};
        return made;
    }

    TestCertificate m_certificate;
    std::unique_ptr<Proxy> m_proxy;
    std::unique_ptr<Platform> m_platform;
    std::unique_ptr<HttpTransport> m_transport;
};

QTEST_GUILESS_MAIN(ProxyTest)
#include "ProxyTest.moc"
