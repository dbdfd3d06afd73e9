// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/TriggerRoutes.h"
#include "engine/base/Json.h"
#include "engine/base/ManualClock.h"
#include "engine/http/HttpServer.h"
#include "engine/security/TokenScope.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTest>

using namespace carillon;

// Through QNetworkAccessManager, an HTTP client that is not ours.
class TriggerRoutesTest : public QObject {
    Q_OBJECT

    struct Answer {
        int status = 0;
        QHash<QByteArray, QByteArray> headers; // names in lower case
        QJsonObject body;
    };
    struct Asked {
        Caller caller;
        TriggerRequest request;
    };

    ManualClock m_clock{1'700'000'000'000};
    HttpServer m_server{m_clock, {}};
    const JwtKey m_key = *JwtKey::fromSecret(Secret(QByteArray(32, 'k')));
    QNetworkAccessManager m_http;
    quint16 m_port = 0;
    QList<Asked> m_asked;
    QStringList m_engaged;
    Result<TriggerAnswer> m_answer = TriggerAnswer{7, {{17, {981}, {}}}, false};

    QByteArray token(const QString& scope)
    {
        JwtClaims claims;
        claims.subject = QStringLiteral("shop");
        claims.scopes = {scope};
        claims.expiresAt = m_clock.now() + 60'000;
        return *m_key.sign(claims);
    }
    QNetworkRequest request(const QString& path, const QByteArray& bearer)
    {
        QNetworkRequest request(QUrl(u"http://localhost:%1%2"_qs.arg(m_port).arg(path)));
        request.setRawHeader("Content-Type", "application/json");
        if (!bearer.isEmpty())
            request.setRawHeader("Authorization", "Bearer " + bearer);
        return request;
    }
    Answer finish(QNetworkReply* reply)
    {
        if (!QTest::qWaitFor([&] { return reply->isFinished(); }))
            return {};
        reply->deleteLater();
        Answer answer{reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), {}, {}};
        for (const auto& [name, value] : reply->rawHeaderPairs())
            answer.headers.insert(name.toLower(), value);
        answer.body = parseJsonObject(reply->readAll()).value_or(QJsonObject());
        return answer;
    }
    Answer post(const QByteArray& body, const QByteArray& key = {}, const QByteArray& bearer = {},
                const QByteArray& type = "application/json")
    {
        QNetworkRequest asked = request(QStringLiteral("/api/v1/triggers"), bearer);
        asked.setRawHeader("Content-Type", type);
        if (!key.isNull())
            asked.setRawHeader("Idempotency-Key", key);
        return finish(m_http.post(asked, body));
    }
    Answer engage(const QString& delivery, const QByteArray& body, const QByteArray& bearer)
    {
        return finish(m_http.post(request(u"/api/v1/deliveries/%1/engagements"_qs.arg(delivery), bearer), body));
    }
    Answer get(const QString& id, const QByteArray& bearer)
    {
        return finish(m_http.get(request(u"/api/v1/triggers/"_qs + id, bearer)));
    }

    const QByteArray m_good = R"({"topic": "order.shipped", "to": {"external_id": "cust-17"}})";
    const QByteArray m_token = token(TokenScope::TriggerSend);

private Q_SLOTS:
    void initTestCase()
    {
        TriggerHandlers handlers;
        handlers.trigger = [this](const Caller& caller, const TriggerRequest& request) {
            m_asked << Asked{caller, request};
            return readyFuture(m_answer);
        };
        handlers.get = [](const Caller& caller, qint64 id) {
            if (id != 7 || caller.actor != QStringLiteral("token:shop"))
                return readyFuture<TriggerDetail>(fail(noSuchTrigger(id)));
            TriggerDetail detail;
            detail.trigger.id = 7;
            detail.topicKey = QStringLiteral("order.shipped");
            detail.counts.insert(DeliveryState::Sent, 1);
            return readyFuture<TriggerDetail>(detail);
        };
        handlers.engaged = [this](const Caller&, qint64 delivery, const QString& kind) {
            if (delivery == 404)
                return readyFuture<void>(fail(ErrorCode::NotFound, QStringLiteral("no such delivery")));
            m_engaged << u"%1 %2"_qs.arg(delivery).arg(kind);
            return readyFuture<void>({});
        };
        addTriggerRoutes(m_server, ApiAccess(m_key, m_clock), handlers);
        m_port = m_server.listen(QHostAddress::LocalHost, 0).value_or(0);
        QVERIFY(m_port != 0);
    }
    void init()
    {
        m_asked.clear();
        m_answer = TriggerAnswer{7, {{17, {981}, {}}}, false};
    }

    void answersWithWhatWasMade()
    {
        const Answer answer = post(m_good, {}, m_token);
        QCOMPARE(answer.status, 202);
        QCOMPARE(answer.headers["location"], QByteArray("/api/v1/triggers/7"));
        QCOMPARE(answer.body.value(u"trigger").toInt(), 7);
        QVERIFY(!answer.headers.contains("idempotency-replayed"));
        QCOMPARE(m_asked.size(), 1);
        QCOMPARE(m_asked.first().caller.actor, QStringLiteral("token:shop"));
        QCOMPARE(m_asked.first().request.topicKey, QStringLiteral("order.shipped"));
    }

    void takesTheKeyFromTheHeaderWithAndWithoutQuotes()
    {
        m_answer->replayed = true;
        QCOMPARE(post(m_good, "\"a-\\\"1\"", m_token).headers["idempotency-replayed"], QByteArray("true"));
        QCOMPARE(m_asked.last().request.idempotencyKey, QStringLiteral("a-\"1"));
        QCOMPARE(post(m_good, "b-2", m_token).status, 202);
        QCOMPARE(m_asked.last().request.idempotencyKey, QStringLiteral("b-2"));
        const QByteArray withKey = R"({"topic": "t", "to": {"external_id": "c"}, "idempotency_key": "x"})";
        QCOMPARE(post(withKey, "\"x\"", m_token).status, 202);
        QCOMPARE(m_asked.last().request.idempotencyKey, QStringLiteral("x"));
        m_asked.clear();
        for (const char* bad : {"\"open", "\"a\"b", "\"", "\"\"", "\"a\\"}) {
            const Answer answer = post(m_good, bad, m_token);
            QVERIFY2(answer.status == 422, bad);
            QCOMPARE(answer.body.value(u"field").toString(), QStringLiteral("idempotency_key"));
        }
        QCOMPARE(post(withKey, "\"y\"", m_token).status, 422);
        QVERIFY(m_asked.isEmpty());
    }

    void whoMayNotIsToldWhy()
    {
        const Answer noToken = post(m_good);
        QCOMPARE(noToken.status, 401);
        QCOMPARE(noToken.headers["www-authenticate"], QByteArray("Bearer"));
        QCOMPARE(noToken.headers["content-type"], QByteArray("application/problem+json"));
        QCOMPARE(post(m_good, {}, "nonsense").status, 401);
        const Answer other = post(m_good, {}, token(TokenScope::FeedRead));
        QCOMPARE(other.status, 403);
        QVERIFY(other.headers["www-authenticate"].contains("trigger:send"));
        QCOMPARE(get(QStringLiteral("7"), token(TokenScope::EngagementWrite)).status, 403);
        QCOMPARE(engage(QStringLiteral("1"), R"({"kind": "read"})", m_token).status, 403);
        QVERIFY(m_asked.isEmpty());
    }

    void badRequestsAreProblems()
    {
        QCOMPARE(post(m_good, {}, m_token, "text/plain").status, 415);
        const Answer broken = post("{\n \"topic\": }", {}, m_token);
        QCOMPARE(broken.status, 400);
        QVERIFY2(broken.body.value(u"detail").toString().contains(QStringLiteral("Line 2")),
                 qPrintable(broken.body.value(u"detail").toString()));
        QCOMPARE(post({}, {}, m_token).status, 400);
        QCOMPARE(post("[]", {}, m_token).status, 422);
        const Answer wrong = post(R"({"topic": "t", "to": [{}]})", {}, m_token);
        QCOMPARE(wrong.status, 422);
        QCOMPARE(wrong.body.value(u"field").toString(), QStringLiteral("to[0]"));
        QVERIFY(m_asked.isEmpty());
        m_answer = fail(ErrorCode::Conflict, QStringLiteral("used"), QStringLiteral("idempotency_key"));
        const Answer conflict = post(m_good, "k", m_token);
        QCOMPARE(conflict.status, 409);
        QCOMPARE(conflict.body.value(u"code").toString(), QStringLiteral("conflict"));
        m_answer = fail(ErrorCode::NotFound, QStringLiteral("no topic"), QStringLiteral("topic"));
        QCOMPARE(post(m_good, {}, m_token).status, 404);
    }

    // Whatever the bytes are, there is an answer and the next request is served.
    void takesAnyBytes()
    {
        QByteArray bytes = m_good;
        for (int i = 0; i < bytes.size(); ++i) {
            bytes[i] = char(bytes[i] ^ (1 + i % 255));
            const int status = post(bytes, {}, m_token).status;
            QVERIFY2(status == 400 || status == 422 || status == 202, qPrintable(QString::number(status)));
            bytes[i] = m_good[i];
        }
        QCOMPARE(post(QByteArray(100'000, '['), {}, m_token).status, 400);
        QCOMPARE(post(m_good, {}, m_token).status, 202);
    }

    void tellsWhatHasBecomeOfATrigger()
    {
        const Answer answer = get(QStringLiteral("7"), m_token);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body.value(u"topic").toString(), QStringLiteral("order.shipped"));
        QCOMPARE(answer.body.value(u"counts").toObject().value(u"sent").toInt(), 1);
        for (const char* none : {"8", "0", "-7", "seven", "99999999999999999999"})
            QVERIFY2(get(QString::fromLatin1(none), m_token).status == 404, none);
    }

    void takesWhatContactsDo()
    {
        const QByteArray may = token(TokenScope::EngagementWrite);
        QCOMPARE(engage(QStringLiteral("981"), R"({"kind": "read"})", may).status, 204);
        QCOMPARE(m_engaged, QStringList{QStringLiteral("981 read")});
        QCOMPARE(engage(QStringLiteral("404"), R"({"kind": "read"})", may).status, 404);
        QCOMPARE(engage(QStringLiteral("x"), R"({"kind": "read"})", may).status, 404);
        QCOMPARE(engage(QStringLiteral("981"), R"({"kind": 7})", may).status, 422);
        QCOMPARE(engage(QStringLiteral("981"), R"({"kind": "read", "at": 1})", may).status, 422);
        QCOMPARE(engage(QStringLiteral("981"), "{", may).status, 400);
        QCOMPARE(m_engaged.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TriggerRoutesTest)
#include "TriggerRoutesTest.moc"
