// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/DeviceRoutes.h"
#include "engine/base/Json.h"
#include "engine/base/ManualClock.h"
#include "engine/http/HttpServer.h"
#include "engine/security/TokenScope.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTest>

using namespace carillon;

// Through QNetworkAccessManager, an HTTP client that is not ours.
class DeviceRoutesTest : public QObject {
    Q_OBJECT

    struct Answer {
        int status = 0;
        QHash<QByteArray, QByteArray> headers; // names in lower case
        QByteArray body;

        QString field() const { return (*parseJsonObject(body))[u"field"].toString(); }
    };

    ManualClock m_clock{1'700'000'000'000};
    HttpServer m_server{m_clock, {}};
    const JwtKey m_key = *JwtKey::fromSecret(Secret(QByteArray(32, 'k')));
    QNetworkAccessManager m_http;
    quint16 m_port = 0;
    QStringList m_done;
    bool m_isNew = true;

    QByteArray token(const QString& scope, const QString& subject = QStringLiteral("shop"))
    {
        JwtClaims claims;
        claims.subject = subject;
        claims.scopes = {scope};
        claims.expiresAt = m_clock.now() + 60'000;
        return *m_key.sign(claims);
    }
    Answer ask(const QByteArray& method, const QString& path, const QByteArray& bearer = {}, const QByteArray& body = {})
    {
        QNetworkRequest request(QUrl(u"http://localhost:%1%2"_qs.arg(m_port).arg(path)));
        if (!body.isEmpty())
            request.setRawHeader("Content-Type", "application/json");
        if (!bearer.isEmpty())
            request.setRawHeader("Authorization", "Bearer " + bearer);
        QNetworkReply* reply = m_http.sendCustomRequest(request, method, body);
        if (!QTest::qWaitFor([&] { return reply->isFinished(); }))
            return {};
        reply->deleteLater();
        Answer answer{reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), {}, reply->readAll()};
        for (const auto& [name, value] : reply->rawHeaderPairs())
            answer.headers.insert(name.toLower(), value);
        return answer;
    }

    DeviceHandlers handlers()
    {
        DeviceHandlers handlers;
        handlers.add = [this](const Caller& caller, const DeviceRequest& request) {
            m_done << u"add %1 %2 %3"_qs.arg(caller.actor, request.externalId, request.address);
            return readyFuture<DeviceAnswer>(DeviceAnswer{17, QStringLiteral("own"), m_isNew});
        };
        handlers.renew = [this](const Caller& caller, qint64 id, const QString& address) {
            m_done << u"renew %1 %2 %3"_qs.arg(caller.actor).arg(id).arg(address);
            return readyFuture<DeviceAnswer>(DeviceAnswer{id, QStringLiteral("newer"), false});
        };
        handlers.remove = [this](const Caller&, qint64 id) {
            m_done << u"remove %1"_qs.arg(id);
            return readyFuture<void>({});
        };
        handlers.clicked = [this](const Caller&, qint64 id, qint64 delivery) {
            m_done << u"click %1 %2"_qs.arg(id).arg(delivery);
            return delivery == 404 ? readyFuture<void>(fail(ErrorCode::NotFound, QStringLiteral("none")))
                                   : readyFuture<void>({});
        };
        handlers.pushKey = [](const QString& account) {
            if (account == u"Nobody")
                return readyFuture<PushKey>(fail(ErrorCode::NotFound, QStringLiteral("none")));
            return readyFuture<PushKey>(PushKey{account, QStringLiteral("BP4z")});
        };
        return handlers;
    }

private Q_SLOTS:
    void initTestCase()
    {
        addDeviceRoutes(m_server, ApiAccess(m_key, m_clock), handlers());
        m_port = m_server.listen(QHostAddress::LocalHost, 0).value_or(0);
        QVERIFY(m_port != 0);
    }
    void init()
    {
        m_done.clear();
        m_isNew = true;
    }

    void theKeyIsForEverybody()
    {
        const Answer key = ask("GET", QStringLiteral("/api/v1/push/key?account=Web%20Push%20%2B%201"));
        QCOMPARE(key.status, 200);
        QCOMPARE(key.body, QByteArray("{\"account\":\"Web Push + 1\",\"public_key\":\"BP4z\"}"));
        QCOMPARE(key.headers.value("access-control-allow-origin"), QByteArray("*"));
        const Answer none = ask("GET", QStringLiteral("/api/v1/push/key?account=Nobody"));
        QCOMPARE(none.status, 404);
        QCOMPARE(none.headers.value("access-control-allow-origin"), QByteArray("*"));
    }

    void aSiteRegistersAnybodysDevice()
    {
        const QByteArray body = R"({"contact":"kim","address":{"endpoint":"https://p.example/1"}})";
        const Answer made = ask("POST", u"/api/v1/devices"_qs, token(TokenScope::DeviceWrite), body);
        QCOMPARE(made.status, 201);
        QCOMPARE(made.body, QByteArray("{\"device\":17,\"token\":\"own\"}"));
        QCOMPARE(made.headers.value("cache-control"), QByteArray("no-store"));
        m_isNew = false;
        QCOMPARE(ask("POST", u"/api/v1/devices"_qs, token(TokenScope::DeviceWrite), body).status, 200);
        QCOMPARE(m_done, QStringList(2, u"add token:shop kim {\"endpoint\":\"https://p.example/1\"}"_qs));
        QCOMPARE(ask("DELETE", u"/api/v1/devices/17"_qs, token(TokenScope::DeviceWrite)).status, 204);
        QCOMPARE(m_done.last(), u"remove 17"_qs);
    }

    void aContactRegistersItsOwn()
    {
        const QByteArray self = token(TokenScope::DeviceSelf, QStringLiteral("kim"));
        QCOMPARE(ask("POST", u"/api/v1/devices"_qs, self, R"({"address":"a"})").status, 201);
        QCOMPARE(ask("POST", u"/api/v1/devices"_qs, self, R"({"contact":"kim","address":"a"})").status, 201);
        QCOMPARE(m_done, QStringList(2, u"add token:kim kim a"_qs));
        QCOMPARE(ask("POST", u"/api/v1/devices"_qs, self, R"({"contact":"sam","address":"a"})").status, 403);
        QCOMPARE(ask("DELETE", u"/api/v1/devices/17"_qs, self).status, 403);
        QCOMPARE(m_done.size(), 2);
    }

    void aDeviceSpeaksForItself()
    {
        const QByteArray own = token(TokenScope::DeviceOwn, QStringLiteral("17"));
        const QByteArray address = R"({"address":{"endpoint":"https://p.example/2"}})";
        const Answer renewed = ask("PUT", u"/api/v1/devices/own"_qs, own, address);
        QCOMPARE(renewed.status, 200);
        QCOMPARE(renewed.body, QByteArray("{\"device\":17,\"token\":\"newer\"}"));
        QCOMPARE(ask("POST", u"/api/v1/devices/own/clicks"_qs, own, R"({"delivery":42})").status, 204);
        QCOMPARE(ask("POST", u"/api/v1/devices/own/clicks"_qs, own, R"({"delivery":404})").status, 404);
        QCOMPARE(ask("DELETE", u"/api/v1/devices/own"_qs, own).status, 204);
        QCOMPARE(m_done,
                 (QStringList{u"renew token:17 17 {\"endpoint\":\"https://p.example/2\"}"_qs, u"click 17 42"_qs,
                              u"click 17 404"_qs, u"remove 17"_qs}));
    }

    void whoMayNotIsToldWhy_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("scope");
        QTest::addColumn<int>("status");
        const auto row = [](const char* method, const char* path, const QString& scope, int status) {
            QTest::newRow(qPrintable(u"%1 %2 %3"_qs.arg(QLatin1String(method), QLatin1String(path), scope)))
                << QByteArray(method) << QString::fromLatin1(path) << scope << status;
        };
        row("POST", "/api/v1/devices", {}, 401);
        row("POST", "/api/v1/devices", TokenScope::FeedRead, 403);
        row("POST", "/api/v1/devices", TokenScope::DeviceOwn, 403);
        row("DELETE", "/api/v1/devices/17", {}, 401);
        row("DELETE", "/api/v1/devices/17", TokenScope::DeviceOwn, 403);
        row("PUT", "/api/v1/devices/own", {}, 401);
        row("PUT", "/api/v1/devices/own", TokenScope::DeviceWrite, 403);
        row("DELETE", "/api/v1/devices/own", TokenScope::DeviceSelf, 403);
        row("POST", "/api/v1/devices/own/clicks", TokenScope::EngagementWrite, 403);
        row("DELETE", "/api/v1/devices/own", TokenScope::DeviceOwn, 403); // its subject is no device's number
    }
    void whoMayNotIsToldWhy()
    {
        QFETCH(QByteArray, method);
        QFETCH(QString, path);
        QFETCH(QString, scope);
        QFETCH(int, status);
        const Answer answer = ask(method, path, scope.isEmpty() ? QByteArray() : token(scope), "{\"address\":\"a\"}");
        QCOMPARE(answer.status, status);
        QCOMPARE(answer.headers.value("access-control-allow-origin"), QByteArray("*")); // a page can read why
        QVERIFY(m_done.isEmpty());
    }

    void badBodiesAreProblems()
    {
        const QByteArray any = token(TokenScope::DeviceWrite);
        const QByteArray own = token(TokenScope::DeviceOwn, QStringLiteral("17"));
        QCOMPARE(ask("POST", u"/api/v1/devices"_qs, any, "{").status, 400);
        QCOMPARE(ask("POST", u"/api/v1/devices"_qs, any, "[]").status, 422);
        QCOMPARE(ask("POST", u"/api/v1/devices"_qs, any, "{\"address\":5}").field(), u"address"_qs);
        QCOMPARE(ask("POST", u"/api/v1/devices"_qs, any, "{\"address\":\"a\",\"x\":1}").field(), u"x"_qs);
        QCOMPARE(ask("POST", u"/api/v1/devices/own/clicks"_qs, own, "{\"delivery\":-1}").field(), u"delivery"_qs);
        QCOMPARE(ask("POST", u"/api/v1/devices/own/clicks"_qs, own, "{\"delivery\":\"42\"}").field(), u"delivery"_qs);
        QCOMPARE(ask("DELETE", u"/api/v1/devices/none"_qs, any).status, 404);
        QVERIFY(m_done.isEmpty());
    }

    void browsersAskBeforeTheyAsk()
    {
        for (const char* path :
             {"/api/v1/devices", "/api/v1/devices/own", "/api/v1/devices/own/clicks", "/api/v1/push/key"}) {
            const Answer allowed = ask("OPTIONS", QString::fromLatin1(path));
            QCOMPARE(allowed.status, 204);
            QCOMPARE(allowed.headers.value("access-control-allow-origin"), QByteArray("*"));
            QVERIFY(allowed.headers.value("access-control-allow-headers").contains("Authorization"));
            QVERIFY(allowed.headers.value("access-control-allow-methods").contains("PUT"));
        }
    }

    void theScriptsAreServed()
    {
        for (const char* name : {"/push/carillon-push.js", "/push/carillon-sw.js"}) {
            const Answer script = ask("GET", QString::fromLatin1(name));
            QCOMPARE(script.status, 200);
            QCOMPARE(script.headers.value("content-type"), QByteArray("text/javascript; charset=utf-8"));
            QCOMPARE(script.headers.value("cross-origin-resource-policy"), QByteArray("cross-origin"));
            QVERIFY(script.headers.value("content-security-policy").contains("connect-src *"));
            QVERIFY(script.body.contains("SPDX-License-Identifier"));
        }
        QCOMPARE(ask("GET", u"/push/other.js"_qs).status, 404);
        QCOMPARE(ask("GET", u"/push/..%2Fdashboard%2Fmodel.js"_qs).status / 100, 4);
    }
};

QTEST_GUILESS_MAIN(DeviceRoutesTest)
#include "DeviceRoutesTest.moc"
