// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/ReceiptRoutes.h"
#include "engine/base/ManualClock.h"
#include "engine/http/HttpServer.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTest>

using namespace carillon;

// Through QNetworkAccessManager, an HTTP client that is not ours.
class ReceiptRoutesTest : public QObject {
    Q_OBJECT

    ManualClock m_clock{1'700'000'000'000};
    HttpServer m_server{m_clock, {}};
    QNetworkAccessManager m_http;
    quint16 m_port = 0;
    QList<HookCall> m_calls;
    Result<CallbackAnswer> m_answer = CallbackAnswer();

    struct Answer {
        int status = 0;
        QByteArray type;
        QByteArray body;
        QByteArray retryAfter;
    };

    Answer ask(const QByteArray& method, const QString& path, const QByteArray& body = {})
    {
        QNetworkRequest request(QUrl(u"http://localhost:%1%2"_qs.arg(m_port).arg(path)));
        request.setRawHeader("Content-Type", "application/json");
        request.setRawHeader("X-Sign", "abc");
        QNetworkReply* reply = m_http.sendCustomRequest(request, method, body);
        if (!QTest::qWaitFor([&] { return reply->isFinished(); }, 20'000))
            return {};
        reply->deleteLater();
        return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->rawHeader("Content-Type"),
                reply->readAll(), reply->rawHeader("Retry-After")};
    }

private Q_SLOTS:
    void initTestCase()
    {
        addReceiptRoutes(m_server, [this](const HookCall& call) {
            m_calls << call;
            return readyFuture(m_answer);
        });
        m_port = m_server.listen(QHostAddress::LocalHost, 0).value_or(0);
        QVERIFY(m_port != 0);
    }
    void init()
    {
        m_calls.clear();
        m_answer = CallbackAnswer();
    }

    void handsOverWhatCameAsItCame()
    {
        const Answer answer = ask("POST", u"/hooks/12/tok_-en?bodySHA256=a%2Bb&x"_qs, QByteArray("\0{}\xff", 4));
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body, "");
        QCOMPARE(m_calls.size(), 1);
        const HookCall& call = m_calls.first();
        QCOMPARE(call.accountId, 12);
        QCOMPARE(call.token, "tok_-en");
        QCOMPARE(call.target, "/hooks/12/tok_-en?bodySHA256=a%2Bb&x");
        QCOMPARE(call.host, "localhost:" + QByteArray::number(m_port));
        QCOMPARE(call.callback.method, "POST");
        QCOMPARE(call.callback.query, "bodySHA256=a%2Bb&x");
        QCOMPARE(call.callback.body, QByteArray("\0{}\xff", 4));
        QCOMPARE(call.callback.header("x-sign"), "abc");
    }

    void challengesAreAnswered()
    {
        m_answer = CallbackAnswer{200, "text/plain; charset=utf-8", "1158201444"};
        const Answer answer = ask("GET", u"/hooks/12/t?hub.challenge=1158201444"_qs);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.type, "text/plain; charset=utf-8");
        QCOMPARE(answer.body, "1158201444");
    }

    void eachErrorHasItsStatusAndTellsNothing_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("status");
        QTest::newRow("nobody") << int(ErrorCode::NotFound) << 404;
        QTest::newRow("signature") << int(ErrorCode::Unauthenticated) << 401;
        QTest::newRow("token") << int(ErrorCode::Forbidden) << 403;
        QTest::newRow("unreadable") << int(ErrorCode::InvalidInput) << 400;
        QTest::newRow("busy") << int(ErrorCode::Busy) << 503;
        QTest::newRow("disk") << int(ErrorCode::StorageFull) << 503;
        QTest::newRow("vault") << int(ErrorCode::Cancelled) << 503;
    }
    void eachErrorHasItsStatusAndTellsNothing()
    {
        QFETCH(int, code);
        QFETCH(int, status);
        m_answer = fail(ErrorCode(code), QStringLiteral("inner workings"));
        const Answer answer = ask("POST", u"/hooks/12/t"_qs, "{}");
        QCOMPARE(answer.status, status);
        QVERIFY(!answer.body.contains("inner workings"));
        QCOMPARE(answer.retryAfter.isEmpty(), status != 503);
    }

    void whatIsTooLargeIsRefused()
    {
        QCOMPARE(ask("POST", u"/hooks/12/t"_qs, QByteArray(512 * 1024 + 1, 'x')).status, 413);
        QCOMPARE(ask("POST", u"/hooks/12/t"_qs, QByteArray(512 * 1024, 'x')).status, 200);
        QCOMPARE(m_calls.size(), 1);
    }

    void otherMethodsAndAddresses()
    {
        QCOMPARE(ask("PUT", u"/hooks/12/t"_qs, "{}").status, 405);
        QCOMPARE(ask("POST", u"/hooks/12"_qs, "{}").status, 404);
        m_answer = fail(ErrorCode::NotFound, {});
        QCOMPARE(ask("POST", u"/hooks/one/t"_qs, "{}").status, 404);
        QCOMPARE(m_calls.value(0).accountId, 0);
    }
};

QTEST_GUILESS_MAIN(ReceiptRoutesTest)
#include "ReceiptRoutesTest.moc"
