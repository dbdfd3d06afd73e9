// SPDX-License-Identifier: GPL-3.0-or-later
#include "TestCertificate.h"
#include "tests/unit/provider/HttpCustomer.h"
#include "tests/unit/provider/Proxies.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace carillon;

namespace {

int freePort()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost) ? server.serverPort() : 0;
}

bool answersOn(int port)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, static_cast<quint16>(port));
    return socket.waitForConnected(200);
}

QString program(const QString& name)
{
    return QStandardPaths::findExecutable(name, {u"/usr/sbin"_qs, u"/usr/bin"_qs, u"/sbin"_qs, u"/bin"_qs});
}

OutboundRequest requestTo(const QString& url)
{
    OutboundRequest request;
    request.url = url.toUtf8();
    request.body = R"({"hello":"world"})";
    request.headers = {{"Content-Type", "application/json"}};
    request.allowPrivateNetworks = true;
    return request;
}

} // namespace

// The transport before servers that other people wrote.
class RealServersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { forgetProxies(); }

    void pythonTakesOurRequests()
    {
        if (program(u"python3"_qs).isEmpty())
            QSKIP("python3 is not installed");
        const int port = freePort();
        QProcess python;
        python.setWorkingDirectory(m_folder.path());
        python.start(program(u"python3"_qs),
                     {u"-m"_qs, u"http.server"_qs, u"--bind"_qs, u"127.0.0.1"_qs, QString::number(port)});
        QTRY_VERIFY_WITH_TIMEOUT(answersOn(port), 10'000);
        HttpTransport transport;
        // Python's server knows GET, and refuses POST in its own words.
        OutboundRequest get = requestTo(u"http://127.0.0.1:%1/"_qs.arg(port));
        get.method = "GET";
        get.body.clear();
        const OutboundResponse listing = Customer(transport).one(get);
        QCOMPARE(listing.status, 200);
        QVERIFY(listing.body.contains("Directory listing"));
        QCOMPARE(Customer(transport).one(requestTo(u"http://127.0.0.1:%1/"_qs.arg(port))).status, 501);
        python.kill();
        python.waitForFinished();
    }

    void nginxSpeaksHttp2OverTls()
    {
        if (program(u"nginx"_qs).isEmpty() || program(u"openssl"_qs).isEmpty())
            QSKIP("nginx or openssl is not installed");
        const int port = freePort();
        const TestCertificate certificate;
        QVERIFY(certificate.isValid());
        writeConfiguration(port, certificate);
        QProcess nginx;
        nginx.start(program(u"nginx"_qs),
                    {u"-e"_qs, u"stderr"_qs, u"-p"_qs, m_folder.path(), u"-c"_qs, m_folder.filePath(u"nginx.conf"_qs)});
        QTRY_VERIFY_WITH_TIMEOUT(answersOn(port), 10'000);
        const QString url = u"https://127.0.0.1:%1/"_qs.arg(port);

        HttpTransport::Options trusting;
        trusting.caFile = certificate.certificate();
        HttpTransport transport(trusting);
        const OutboundResponse response = Customer(transport).one(requestTo(url + u"hook"_qs));
        QVERIFY2(response.result == HttpResult::Answered, qPrintable(response.problem));
        QCOMPARE(response.status, 202);
        QCOMPARE(response.body, "HTTP/2.0 POST /hook application/json 17");
        QCOMPARE(Customer(transport).one(requestTo(url + u"moved"_qs)).status, 301);

        HttpTransport strict;
        const OutboundResponse refused = Customer(strict).one(requestTo(url));
        QCOMPARE(refused.result, HttpResult::NotSent);
        QVERIFY2(refused.problem.contains(u"certificate"), qPrintable(refused.problem));
        nginx.terminate();
        QVERIFY(nginx.waitForFinished(10'000));
    }

private:
    void writeConfiguration(int port, const TestCertificate& certificate)
    {
        QFile file(m_folder.filePath(u"nginx.conf"_qs));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("daemon off;\nmaster_process off;\npid nginx.pid;\nerror_log stderr;\nevents {}\n"
                   "http {\n  access_log off;\n  client_body_temp_path body;\n  proxy_temp_path proxy;\n  fastcgi_temp_path "
                   "fastcgi;\n"
                   "  uwsgi_temp_path uwsgi;\n  scgi_temp_path scgi;\n  server {\n    listen 127.0.0.1:"
                   + QByteArray::number(port) + " ssl http2;\n    ssl_certificate " + certificate.certificate().toUtf8()
                   + ";\n    ssl_certificate_key " + certificate.key().toUtf8()
                   + ";\n"
                     "    location /moved { return 301 /hook; }\n"
                     "    location / { return 202 \"$server_protocol $request_method $uri $content_type $content_length\"; "
                     "}\n  }\n}\n");
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(RealServersTest)
#include "RealServersTest.moc"
