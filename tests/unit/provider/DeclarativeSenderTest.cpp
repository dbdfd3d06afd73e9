// SPDX-License-Identifier: GPL-3.0-or-later
#include "Proxies.h"
#include "ScriptedServer.h"
#include "engine/base/Json.h"
#include "engine/base/ManualClock.h"
#include "engine/provider/DeclarativeProvider.h"

#include <QTest>

using namespace carillon;

namespace {

const QByteArray File = R"({
  "format": 1, "key": "chat", "name": "Chat", "channel": "chat", "help": "A chat.",
  "address": {"label": "name"},
  "privateNetworksField": "private",
  "fields": [{"key": "base_url", "label": "Address"}, {"key": "private", "label": "Private", "type": "boolean"}],
  "limits": {"messageBytes": 60},
  "request": {
    "url": {"base": "{{ settings.base_url }}", "path": ["{{ message.to }}"]},
    "body": {"kind": "json", "value": {"text": "{{ message.fields.text }}", "key": "{{ message.key }}"}}
  },
  "probe": {"method": "GET", "url": {"base": "{{ settings.base_url }}", "path": ["me"]}},
  "outcomes": [
    {"status": 200, "when": [{"pointer": "/ok", "equals": true}], "outcome": "sent", "id": [{"pointer": "/id"}]},
    {"status": 200, "when": [{"pointer": "/error", "equals": "token"}], "outcome": "provider_down"},
    {"status": 200, "when": [{"pointer": "/ok", "equals": false}], "outcome": "refused", "reason": [{"pointer": "/error"}]},
    {"status": 410, "outcome": "refused", "movedTo": [{"pointer": "/moved"}]},
    {"status": 429, "outcome": "throttled", "bucket": "account", "wait": [{"header": "Retry-After"}]}
  ]
})";

QByteArray taken(const QByteArray& id)
{
    return ScriptedServer::answer("200 OK", R"({"ok":true,"id":")" + id + R"("})");
}

Message splitMessage(const QStringList& texts)
{
    Message message;
    message.deliveryId = 7;
    message.idempotencyKey = u"key"_qs;
    message.to = u"room"_qs;
    for (const QString& text : texts) {
        const QJsonObject fields{{u"text"_qs, text}};
        if (message.fields.isEmpty())
            message.fields = fields;
        else
            message.continuations << fields;
    }
    return message;
}

} // namespace

// A sender made of a file, before a server that answers as it is told.
class DeclarativeSenderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        forgetProxies();
        QList<Error> problems;
        std::optional<ProviderFile> file = ProviderFile::parse(File, problems);
        QVERIFY2(file, problems.isEmpty() ? "" : qPrintable(problems.first().message));
        m_provider = std::make_unique<DeclarativeProvider>(std::move(*file), m_clock, std::make_shared<HttpTransport>());
    }

    void init()
    {
        m_server = std::make_unique<ScriptedServer>([this](QTcpSocket* socket, const auto&) {
            socket->write(m_answers.isEmpty() ? taken("n") : m_answers.takeFirst());
        });
        m_answers.clear();
        m_outcomes.clear();
        AccountConfig config;
        config.settings = {{u"base_url"_qs, m_server->url()}, {u"private"_qs, true}};
        m_sender = m_provider->makeSender(config);
        connect(m_sender.get(), &Sender::outcomes, this, [this](const QList<Outcome>& list) { m_outcomes += list; });
    }

    void partsGoOneAfterTheOther()
    {
        m_answers = {taken("one"), taken("two"), taken("three")};
        m_sender->send({splitMessage({u"a"_qs, u"b"_qs, u"c"_qs})});
        QTRY_COMPARE_WITH_TIMEOUT(m_outcomes.size(), 1, 20'000);
        QCOMPARE(m_outcomes.first().kind, OutcomeKind::Sent);
        QCOMPARE(m_outcomes.first().deliveryId, 7);
        QCOMPARE(m_outcomes.first().providerId, u"one"_qs);
        QCOMPARE(sent(), (QStringList{u"a key"_qs, u"b key-2"_qs, u"c key-3"_qs}));
    }

    // The connection was kept, so that the transport would send it again: the platform may have read it.
    void whatAPlatformHangsUpOnIsUncertainAndNotSentAgain()
    {
        m_sender->send({splitMessage({u"a"_qs})});
        QTRY_COMPARE_WITH_TIMEOUT(m_outcomes.size(), 1, 20'000);
        m_server->setScript([](QTcpSocket* socket, const auto&) { socket->disconnectFromHost(); });
        m_sender->send({splitMessage({u"b"_qs})});
        QTRY_COMPARE_WITH_TIMEOUT(m_outcomes.size(), 2, 20'000);
        QCOMPARE(m_outcomes.last().kind, OutcomeKind::Uncertain);
        QCOMPARE(sent(), (QStringList{u"a key"_qs, u"b key"_qs}));
    }

    void aThrottledPartGoesOnWhenItMay()
    {
        m_answers = {taken("one"), ScriptedServer::answer("429 Slow", {}, "Retry-After: 3\r\n"), taken("two")};
        m_sender->send({splitMessage({u"a"_qs, u"b"_qs})});
        QTRY_COMPARE_WITH_TIMEOUT(m_clock.untilNext(), 3'000, 20'000);
        QCOMPARE(m_server->requests.size(), 2);
        QVERIFY(m_outcomes.isEmpty());
        m_clock.advance(3'000);
        QTRY_COMPARE_WITH_TIMEOUT(m_outcomes.size(), 1, 20'000);
        QCOMPARE(m_outcomes.first().kind, OutcomeKind::Sent);
        QCOMPARE(sent(), (QStringList{u"a key"_qs, u"b key-2"_qs, u"b key-2"_qs}));
    }

    void aPartThatIsRefusedEndsTheMessage()
    {
        m_answers = {taken("one"), ScriptedServer::answer("200 OK", R"({"ok":false,"error":"too_long"})")};
        m_sender->send({splitMessage({u"a"_qs, u"b"_qs, u"c"_qs})});
        QTRY_COMPARE_WITH_TIMEOUT(m_outcomes.size(), 1, 20'000);
        QCOMPARE(m_outcomes.first().kind, OutcomeKind::Refused);
        QVERIFY2(m_outcomes.first().reason.endsWith(u"too_long"), qPrintable(m_outcomes.first().reason));
        QCOMPARE(m_server->requests.size(), 2);
    }

    void aPartThatCannotBeSentIsSeenBeforeTheFirstGoes()
    {
        m_sender->send({splitMessage({u"a"_qs, QString(100, u'b')})});
        QCOMPARE(m_outcomes.size(), 1);
        QCOMPARE(m_outcomes.first().kind, OutcomeKind::Refused);
        QVERIFY(m_server->requests.isEmpty());
    }

    void drainingDoesNotWaitForAThrottledPart()
    {
        m_answers = {taken("one"), ScriptedServer::answer("429 Slow", {}, "Retry-After: 20\r\n")};
        int drained = 0;
        connect(m_sender.get(), &Sender::drained, this, [&] { ++drained; });
        m_sender->send({splitMessage({u"a"_qs, u"b"_qs})});
        QTRY_VERIFY_WITH_TIMEOUT(m_clock.untilNext() > 0, 20'000);
        m_sender->drain();
        QCOMPARE(m_outcomes.size(), 1);
        QCOMPARE(m_outcomes.first().kind, OutcomeKind::Uncertain);
        QCOMPARE(m_outcomes.first().deliveryId, 7);
        QCOMPARE(drained, 1);
        m_clock.advance(20'000);
        QCOMPARE(m_server->requests.size(), 2);
        QCOMPARE(m_outcomes.size(), 1);
    }

    // The part before was under way when the account was stopped.
    void aPartThatIsThrottledAfterwardsIsNotWaitedForEither()
    {
        m_answers = {taken("one"), ScriptedServer::answer("429 Slow", {}, "Retry-After: 20\r\n")};
        int drained = 0;
        connect(m_sender.get(), &Sender::drained, this, [&] { ++drained; });
        m_sender->send({splitMessage({u"a"_qs, u"b"_qs})});
        m_sender->drain();
        QTRY_COMPARE_WITH_TIMEOUT(drained, 1, 20'000);
        QCOMPARE(m_outcomes.size(), 1);
        QCOMPARE(m_outcomes.first().kind, OutcomeKind::Uncertain);
        QCOMPARE(m_server->requests.size(), 2);
    }

    void aMessageFollowsAnAddressThatMoved()
    {
        m_answers = {ScriptedServer::answer("410 Gone", R"({"moved":-1001234567890})"), taken("one")};
        m_sender->send({splitMessage({u"a"_qs})});
        QTRY_COMPARE_WITH_TIMEOUT(m_outcomes.size(), 1, 20'000);
        QCOMPARE(m_outcomes.first().kind, OutcomeKind::Sent);
        QCOMPARE(m_outcomes.first().movedTo, u"-1001234567890"_qs);
        QVERIFY(m_server->requests.last().head.startsWith("POST /-1001234567890 "));
    }

    void aProbeHearsNoEvenWithStatus200_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<bool>("ok");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("yes") << taken("x") << true << ErrorCode();
        QTest::newRow("no to the credentials")
            << ScriptedServer::answer("200 OK", R"({"ok":false,"error":"token"})") << false << ErrorCode::NeedsSecret;
        QTest::newRow("no to something else")
            << ScriptedServer::answer("200 OK", R"({"ok":false,"error":"scope"})") << false << ErrorCode::Network;
        QTest::newRow("401") << ScriptedServer::answer("401 Who", "{}") << false << ErrorCode::NeedsSecret;
        QTest::newRow("500") << ScriptedServer::answer("500 Oops", "{}") << false << ErrorCode::Network;
    }

    void aProbeHearsNoEvenWithStatus200()
    {
        QFETCH(QByteArray, answer);
        m_answers = {answer};
        std::optional<ProbeResult> result;
        connect(m_sender.get(), &Sender::probed, this, [&](const ProbeResult& probed) { result = probed; });
        m_sender->probe();
        QTRY_VERIFY_WITH_TIMEOUT(result, 20'000);
        QTEST(result->ok, "ok");
        if (!result->ok)
            QTEST(result->error.code, "code");
    }

private:
    QStringList sent() const
    {
        QStringList texts;
        for (const ScriptedServer::Request& request : m_server->requests) {
            const QJsonObject body = parseJsonObject(request.body).value_or(QJsonObject());
            texts << body.value(u"text").toString() + u' ' + body.value(u"key").toString();
        }
        return texts;
    }

    ManualClock m_clock{1'700'000'000'000};
    std::unique_ptr<DeclarativeProvider> m_provider;
    std::unique_ptr<ScriptedServer> m_server;
    QByteArrayList m_answers;
    QList<Outcome> m_outcomes;
    std::unique_ptr<Sender> m_sender;
};

QTEST_GUILESS_MAIN(DeclarativeSenderTest)
#include "DeclarativeSenderTest.moc"
