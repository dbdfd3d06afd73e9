// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/InboxRoutes.h"
#include "engine/base/Json.h"
#include "engine/base/ManualClock.h"
#include "engine/http/HttpServer.h"
#include "engine/security/InboxToken.h"
#include "engine/security/TokenScope.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTest>

using namespace carillon;

// Through QNetworkAccessManager, an HTTP client that is not ours.
class InboxRoutesTest : public QObject {
    Q_OBJECT

    struct Answer {
        int status = 0;
        QJsonObject body;

        QString field() const { return body.value(u"field").toString(); }
    };

    ManualClock m_clock{1'700'000'000'000};
    HttpServer m_server{m_clock, {}};
    const JwtKey m_key = *JwtKey::fromSecret(Secret(QByteArray(32, 'k')));
    QNetworkAccessManager m_http;
    quint16 m_port = 0;
    QStringList m_asked; // what reached the operations

    QByteArray token(const QString& scope) const
    {
        JwtClaims claims;
        claims.subject = u"shop"_qs;
        claims.scopes = {scope};
        claims.expiresAt = m_clock.now() + 60'000;
        return *m_key.sign(claims);
    }
    QByteArray tokenOf(const QString& externalId) const
    {
        return *m_key.sign(inboxClaims({17, externalId}, m_clock.now(), 60'000));
    }
    Answer ask(const QByteArray& method, const QString& path, const QByteArray& bearer, const QByteArray& body = {})
    {
        QNetworkRequest request(QUrl(u"http://localhost:%1/api/v1/inbox%2"_qs.arg(m_port).arg(path)));
        request.setRawHeader("Content-Type", "application/json");
        if (!bearer.isEmpty())
            request.setRawHeader("Authorization", "Bearer " + bearer);
        QNetworkReply* reply = m_http.sendCustomRequest(request, method, body);
        if (!QTest::qWaitFor([&] { return reply->isFinished(); }))
            return {};
        reply->deleteLater();
        return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
                parseJsonObject(reply->readAll()).value_or(QJsonObject())};
    }

    const QByteArray m_app = token(TokenScope::InboxAll);
    const QByteArray m_ana = tokenOf(u"ana"_qs);

private Q_SLOTS:
    void initTestCase()
    {
        InboxHandlers handlers;
        handlers.page = [this](const QString& owner, const InboxQuery& query) {
            m_asked << u"page %1 %2 %3 %4"_qs.arg(owner).arg(int(query.part)).arg(query.before).arg(query.limit);
            return readyFuture<InboxPage>(InboxPage{{}, 3, 0});
        };
        handlers.change = [this](const Caller& caller, const QString& owner, qint64 id, const InboxChange& change) {
            const auto word
                = [](const std::optional<bool>& flag) { return flag ? (*flag ? u"yes"_qs : u"no"_qs) : u"-"_qs; };
            m_asked << u"change %1 %2 %3 %4 %5"_qs.arg(caller.actor, owner)
                           .arg(id)
                           .arg(word(change.read), word(change.archived));
            if (id == 404)
                return readyFuture<Notification>(fail(ErrorCode::NotFound, u"none"_qs));
            Notification notification;
            notification.id = id;
            notification.readAt = m_clock.now();
            return readyFuture<Notification>(notification);
        };
        handlers.readAll = [this](const Caller&, const QString& owner) {
            m_asked << u"read "_qs + owner;
            return readyFuture<qint64>(2);
        };
        handlers.issueToken = [this](const Caller& caller, const QString& owner, qint64 validMs) {
            m_asked << u"token %1 %2 %3"_qs.arg(caller.actor, owner).arg(validMs);
            return readyFuture<InboxToken>(InboxToken{u"abc"_qs, m_clock.now() + validMs});
        };
        addInboxRoutes(m_server, ApiAccess(m_key, m_clock), handlers);
        m_port = m_server.listen(QHostAddress::LocalHost, 0).value_or(0);
        QVERIFY(m_port != 0);
    }
    void init() { m_asked.clear(); }

    void aContactReadsItsOwn()
    {
        const Answer answer = ask("GET", u"?part=unread&limit=20&before=99"_qs, m_ana);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body.value(u"unread").toInt(), 3);
        QVERIFY(answer.body.value(u"next").isNull());
        QCOMPARE(ask("GET", {}, m_ana).status, 200);
        QCOMPARE(ask("GET", u"?external_id=ana"_qs, m_ana).status, 200);
        QCOMPARE(m_asked, (QStringList{u"page ana 1 99 20"_qs, u"page ana 0 0 50"_qs, u"page ana 0 0 50"_qs}));
    }

    void anApplicationSaysWhose()
    {
        QCOMPARE(ask("GET", u"?external_id=a%2Fb%20c&part=archived"_qs, m_app).status, 200);
        QCOMPARE(m_asked, QStringList{u"page a/b c 2 0 50"_qs});
        const Answer unsaid = ask("GET", {}, m_app);
        QCOMPARE(unsaid.status, 422);
        QCOMPARE(unsaid.field(), u"external_id"_qs);
    }

    void nobodySeesWhatIsNotTheirs()
    {
        QCOMPARE(ask("GET", u"?external_id=bob"_qs, m_ana).status, 403);
        QCOMPARE(ask("PATCH", u"/5?external_id=bob"_qs, m_ana, R"({"read":true})").status, 403);
        QCOMPARE(ask("POST", u"/read?external_id=bob"_qs, m_ana, "{}").status, 403);
        QCOMPARE(ask("POST", u"/tokens"_qs, m_ana, R"({"external_id":"bob"})").status, 403);
        QCOMPARE(ask("GET", u"?external_id=ana"_qs, token(TokenScope::FeedRead)).status, 403);
        QCOMPARE(ask("GET", u"?external_id=ana"_qs, token(TokenScope::Inbox)).status, 403); // names nobody
        QCOMPARE(ask("GET", u"?external_id=ana"_qs, {}).status, 401);
        QCOMPARE(ask("GET", u"?external_id=ana"_qs, m_ana + "x").status, 401);
        m_clock.advance(120'000);
        QCOMPARE(ask("GET", {}, m_ana).status, 401);
        m_clock.jump(-120'000);
        QCOMPARE(m_asked, QStringList());
    }

    void changes()
    {
        const Answer read = ask("PATCH", u"/5"_qs, m_ana, R"({"read":true})");
        QCOMPARE(read.status, 200);
        QCOMPARE(read.body.value(u"id").toInt(), 5);
        QCOMPARE(read.body.value(u"read_at").toString(), u"2023-11-14T22:13:20.000Z"_qs);
        QCOMPARE(ask("PATCH", u"/6?external_id=bob"_qs, m_app, R"({"read":false,"archived":true})").status, 200);
        QCOMPARE(ask("PATCH", u"/404"_qs, m_ana, R"({"archived":false})").status, 404);
        QCOMPARE(m_asked,
                 (QStringList{u"change token:contact:ana ana 5 yes -"_qs, u"change token:shop bob 6 no yes"_qs,
                              u"change token:contact:ana ana 404 - no"_qs}));
        QCOMPARE(ask("POST", u"/read"_qs, m_ana, "{}").body, (QJsonObject{{u"unread"_qs, 2}}));
        QCOMPARE(m_asked.last(), u"read ana"_qs);
    }

    void pagesOfOtherOriginsMayAsk()
    {
        const auto allowed
            = [&](const QByteArray& method, const QString& path, const QByteArray& bearer, const QByteArray& header) {
                  QNetworkRequest request(QUrl(u"http://localhost:%1/api/v1/inbox%2"_qs.arg(m_port).arg(path)));
                  request.setRawHeader("Origin", "https://shop.example");
                  if (!bearer.isEmpty())
                      request.setRawHeader("Authorization", "Bearer " + bearer);
                  QNetworkReply* reply = m_http.sendCustomRequest(request, method);
                  (void)QTest::qWaitFor([&] { return reply->isFinished(); });
                  reply->deleteLater();
                  return reply->rawHeader(header);
              };
        QCOMPARE(allowed("GET", {}, m_ana, "Access-Control-Allow-Origin"), "*");
        QCOMPARE(allowed("GET", {}, {}, "Access-Control-Allow-Origin"), "*"); // so that the page sees why not
        QCOMPARE(allowed("OPTIONS", u"/5"_qs, {}, "Access-Control-Allow-Methods"), "PATCH");
        QVERIFY(allowed("OPTIONS", {}, {}, "Access-Control-Allow-Headers").contains("Authorization"));
        QCOMPARE(allowed("POST", u"/tokens"_qs, m_app, "Access-Control-Allow-Origin"), ""); // for servers
    }

    void tokens()
    {
        const Answer answer = ask("POST", u"/tokens"_qs, m_app, R"({"external_id":"ana","valid_seconds":60})");
        QCOMPARE(answer.status, 201);
        QCOMPARE(answer.body.value(u"token").toString(), u"abc"_qs);
        QCOMPARE(answer.body.value(u"expires_at").toString(), u"2023-11-14T22:14:20.000Z"_qs);
        QCOMPARE(ask("POST", u"/tokens"_qs, m_app, R"({"external_id":"ana"})").status, 201);
        QCOMPARE(m_asked, (QStringList{u"token token:shop ana 60000"_qs, u"token token:shop ana 900000"_qs}));
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("field");
        const auto row = [](const char* method, const char* path, const char* body, int status, const char* field) {
            QTest::newRow(qPrintable(QLatin1String(method) + u' ' + QLatin1String(path) + u' ' + QLatin1String(body)))
                << QByteArray(method) << QString::fromLatin1(path) << QByteArray(body) << status
                << QString::fromLatin1(field);
        };
        row("GET", "?external_id=a&limit=0", "", 422, "limit");
        row("GET", "?external_id=a&limit=201", "", 422, "limit");
        row("GET", "?external_id=a&limit=x", "", 422, "limit");
        row("GET", "?external_id=a&before=-1", "", 422, "before");
        row("GET", "?external_id=a&part=all", "", 422, "part");
        row("PATCH", "/5?external_id=a", "{}", 422, "read");
        row("PATCH", "/5?external_id=a", R"({"read":1})", 422, "read");
        row("PATCH", "/5?external_id=a", R"({"raed":true})", 422, "raed");
        row("PATCH", "/5?external_id=a", "nonsense", 400, "");
        row("PATCH", "/x?external_id=a", R"({"read":true})", 404, "");
        row("POST", "/tokens", R"({"external_id":"a","valid_seconds":86401})", 422, "valid_seconds");
        row("POST", "/tokens", R"({"contact":"a"})", 422, "contact");
        row("DELETE", "/5?external_id=a", "", 405, "");
    }
    void saysWhatIsWrong()
    {
        QFETCH(QByteArray, method);
        QFETCH(QString, path);
        QFETCH(QByteArray, body);
        const Answer answer = ask(method, path, token(TokenScope::InboxAll), body);
        QTEST(answer.status, "status");
        QTEST(answer.field(), "field");
        QCOMPARE(m_asked, QStringList());
    }
};

QTEST_GUILESS_MAIN(InboxRoutesTest)
#include "InboxRoutesTest.moc"
