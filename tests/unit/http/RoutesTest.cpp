// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/ManualClock.h"
#include "engine/http/DashboardRoutes.h"
#include "engine/http/HttpServer.h"
#include "engine/http/UnsubscribeRoutes.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QRegularExpression>
#include <QTest>

using namespace carillon;

// Through QNetworkAccessManager, an HTTP client that is not ours.
class RoutesTest : public QObject {
    Q_OBJECT

    struct Answer {
        int status = 0;
        QByteArray type;
        QByteArray policy;
        QByteArray body;
        QByteArray tag;
    };

    ManualClock m_clock{1'700'000'000'000};
    HttpServer m_server{m_clock, {}};
    QNetworkAccessManager m_http;
    quint16 m_port = 0;
    QStringList m_unsubscribed;
    Status m_outcome;

    Answer finish(QNetworkReply* reply)
    {
        if (!QTest::qWaitFor([&] { return reply->isFinished(); }))
            return {};
        const Answer answer{reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
                            reply->rawHeader("Content-Type"), reply->rawHeader("Content-Security-Policy"), reply->readAll(),
                            reply->rawHeader("ETag")};
        reply->deleteLater();
        return answer;
    }

    QNetworkRequest request(const QString& path)
    {
        return QNetworkRequest(QUrl(u"http://localhost:%1%2"_qs.arg(m_port).arg(path)));
    }
    Answer get(const QString& path) { return finish(m_http.get(request(path))); }
    Answer post(const QString& path, const QByteArray& type, const QByteArray& body)
    {
        QNetworkRequest asked = request(path);
        asked.setRawHeader("Content-Type", type);
        return finish(m_http.post(asked, body));
    }

private Q_SLOTS:
    void initTestCase()
    {
        addDashboardRoutes(m_server);
        addUnsubscribeRoutes(m_server, [this](const QString& token) {
            m_unsubscribed << token;
            return readyFuture(m_outcome);
        });
        m_port = m_server.listen(QHostAddress::LocalHost, 0).value_or(0);
        QVERIFY(m_port != 0);
    }

    void init()
    {
        m_unsubscribed.clear();
        m_outcome = {};
    }

    void servesThePageAndItsParts()
    {
        const Answer page = get(u"/"_qs);
        QCOMPARE(page.status, 200);
        QVERIFY(page.type.startsWith("text/html"));
        QVERIFY(page.policy.contains("script-src 'self'") && !page.policy.contains("unsafe"));
        const QString html = QString::fromUtf8(page.body);
        QVERIFY(!html.contains(u"<style"_qs) && !html.contains(u" style="_qs) && !html.contains(u" onclick"_qs));
        static const QRegularExpression part(u"(?:src|href)=\"([^\"#]+)\""_qs);
        int parts = 0;
        for (auto found = part.globalMatch(html); found.hasNext(); ++parts) {
            const QString path = found.next().captured(1);
            QVERIFY2(path.startsWith(u"/assets/"_qs), qPrintable(path));
            QCOMPARE(get(path).status, 200);
        }
        QVERIFY(parts >= 4);
        QVERIFY(get(u"/assets/carillon-client.js"_qs).type.startsWith("text/javascript"));
        QCOMPARE(get(u"/healthz"_qs).body, "{\"status\":\"ok\"}");
    }

    void servesNothingElse()
    {
        for (const QString& path :
             {u"/assets/"_qs, u"/assets/package.json"_qs, u"/assets/nothing.js"_qs, u"/assets/a/b.js"_qs, u"/x"_qs})
            QCOMPARE(get(path).status, 404);
        QCOMPARE(get(u"/assets/..%2fdashboard%2findex.html"_qs).status, 400);
    }

    void answersNotModified()
    {
        const Answer first = get(u"/assets/dashboard.css"_qs);
        QVERIFY(!first.tag.isEmpty());
        QNetworkRequest again = request(u"/assets/dashboard.css"_qs);
        again.setRawHeader("If-None-Match", "\"other\", " + first.tag);
        const Answer second = finish(m_http.get(again));
        QCOMPARE(second.status, 304);
        QCOMPARE(second.body, "");
    }

    void aLookAtTheLinkChangesNothing()
    {
        const Answer page = get(u"/u/abc.def-1"_qs);
        QCOMPARE(page.status, 200);
        QVERIFY(page.body.contains("<form method=\"post\">"));
        QVERIFY(page.policy.contains("form-action 'self'"));
        QVERIFY(m_unsubscribed.isEmpty());
    }

    void oneClickUnsubscribes_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("form") << QByteArray("application/x-www-form-urlencoded") << QByteArray("List-Unsubscribe=One-Click");
        QTest::newRow("multipart")
            << QByteArray("multipart/form-data; boundary=x")
            << QByteArray("--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n");
    }

    void oneClickUnsubscribes()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        const Answer answer = post(u"/u/tok-1"_qs, type, body);
        QCOMPARE(answer.status, 200);
        QCOMPARE(m_unsubscribed, QStringList{u"tok-1"_qs});
    }

    void refusesOtherPosts()
    {
        QCOMPARE(post(u"/u/t"_qs, "application/x-www-form-urlencoded", "a=b").status, 400);
        QCOMPARE(post(u"/u/t"_qs, "application/json", "{\"List-Unsubscribe\":\"One-Click\"}").status, 415);
        QCOMPARE(
            post(u"/u/"_qs + QString(2'000, u'a'), "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click").status,
            404);
        QVERIFY(m_unsubscribed.isEmpty());
    }

    void saysWhatWentWrong()
    {
        m_outcome = fail(ErrorCode::InvalidInput, u"no"_qs);
        QCOMPARE(post(u"/u/t"_qs, "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click").status, 404);
        m_outcome = fail(ErrorCode::Storage, u"secret path /var/x"_qs);
        const Answer failed = post(u"/u/t"_qs, "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click");
        QCOMPARE(failed.status, 503);
        QVERIFY(!failed.body.contains("secret"));
    }
};

QTEST_GUILESS_MAIN(RoutesTest)
#include "RoutesTest.moc"
