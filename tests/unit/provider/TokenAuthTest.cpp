// SPDX-License-Identifier: GPL-3.0-or-later
#include "ScriptedServer.h"
#include "engine/base/Json.h"
#include "engine/base/ManualClock.h"
#include "engine/provider/DeclarativeProvider.h"
#include "engine/security/Hmac.h"
#include "tests/unit/security/TestKeys.h"

#include <QTest>

using namespace carillon;

namespace {

constexpr qint64 Now = 1'700'000'000'000;
constexpr qint64 Minute = 60'000;

const char* const GoogleFile = R"({
  "format": 1, "key": "google", "name": "Google", "channel": "sms", "help": "h", "address": {"label": "a"},
  "limits": {"inFlight": 8},
  "fields": [{"key": "base_url", "label": "b", "type": "url"}, {"key": "account", "label": "a", "type": "multiline", "secret": true}],
  "request": {"url": {"base": "{{ settings.base_url }}", "path": ["send"]},
              "auth": [{"kind": "google_service_account", "key": "{{ secrets.account }}", "scope": "the-scope"}],
              "body": {"kind": "json", "value": {"text": "{{ message.fields.text }}"}}},
  "probe": {"method": "GET", "url": {"base": "{{ settings.base_url }}", "path": ["probe"]},
            "auth": [{"kind": "google_service_account", "key": "{{ secrets.account }}", "scope": "the-scope"}]},
  "outcomes": [{"status": 200, "outcome": "sent"}, {"status": 401, "outcome": "provider_down", "renewToken": true}]
})";

const char* const AppleFile = R"({
  "format": 1, "key": "apple", "name": "Apple", "channel": "sms", "help": "h", "address": {"label": "a"},
  "fields": [{"key": "base_url", "label": "b", "type": "url"}, {"key": "key", "label": "k", "type": "multiline", "secret": true}],
  "request": {"url": {"base": "{{ settings.base_url }}", "path": ["send"]},
              "auth": [{"kind": "jwt", "algorithm": "ES256", "key": "{{ secrets.key }}", "header": {"kid": "K1"},
                        "claims": {"iss": "T1", "empty": ""}, "id": true, "lifeSeconds": 3600, "renewSeconds": 3000,
                        "keepSeconds": 1200}],
              "body": {"kind": "json", "value": {"text": "{{ message.fields.text }}"}}},
  "outcomes": [{"status": 200, "outcome": "sent"}, {"status": 403, "outcome": "provider_down", "renewToken": true}]
})";

Message messageNumber(int number)
{
    Message message;
    message.deliveryId = number;
    message.fields = {{u"text"_qs, u"hello"_qs}};
    return message;
}

QJsonObject partOf(const QByteArray& token, int index)
{
    return parseJsonObject(fromBase64Url(token.split('.').value(index)).value_or(QByteArray())).value_or(QJsonObject());
}

} // namespace

// Tokens that many requests share: made or fetched once, renewed in time, and once when they are refused.
class TokenAuthTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (const char* name : {"http_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY", "ALL_PROXY"})
            qunsetenv(name);
        HttpTransport::Options options;
        options.allowPrivateNetworks = true;
        m_transport = std::make_shared<HttpTransport>(options);
    }

    void init()
    {
        m_clock = std::make_unique<ManualClock>(Now);
        m_server = std::make_unique<ScriptedServer>([this](QTcpSocket* s, const auto& request) { serve(s, request); });
        m_outcomes.clear();
        m_probes.clear();
        m_tokenAnswers.clear();
        m_sendAnswer = [](const QByteArray&) { return ScriptedServer::answer("200 OK", "{}"); };
        m_tokensGiven = 0;
        m_holdToken = false;
        m_held.clear();
    }

    void aTokenIsFetchedOnceForAll()
    {
        const auto sender = google();
        m_holdToken = true;
        sender->send({messageNumber(1), messageNumber(2), messageNumber(3)});
        QTRY_COMPARE(m_held.size(), 1);
        sender->send({messageNumber(4)});
        sender->probe();
        QTest::qWait(50);
        QCOMPARE(m_held.size(), 1);
        QCOMPARE(count("/send"), 0);
        release();
        QTRY_COMPARE(m_outcomes.size(), 4);
        QTRY_COMPARE(m_probes.size(), 1);
        QVERIFY(m_probes.first().ok);
        QCOMPARE(count("/token"), 1);
        for (const Outcome& outcome : std::as_const(m_outcomes))
            QCOMPARE(outcome.kind, OutcomeKind::Sent);
        for (const auto& request : std::as_const(m_server->requests)) {
            if (!request.head.contains("/token"))
                QCOMPARE(request.header("Authorization"), "Bearer ya29.token-1");
        }
    }

    void theAssertionIsAsGoogleWantsIt()
    {
        const auto sender = google();
        sendOne(*sender);
        const QByteArray body = m_server->requests.first().body;
        QVERIFY(body.startsWith("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion="));
        const QByteArray assertion = body.sliced(body.lastIndexOf('=') + 1);
        QCOMPARE(partOf(assertion, 0),
                 QJsonObject({{u"alg"_qs, u"RS256"_qs}, {u"typ"_qs, u"JWT"_qs}, {u"kid"_qs, u"key-1"_qs}}));
        QCOMPARE(partOf(assertion, 1),
                 QJsonObject({{u"iss"_qs, u"sender@project.example"_qs},
                              {u"scope"_qs, u"the-scope"_qs},
                              {u"aud"_qs, m_server->url(u"/token"_qs)},
                              {u"iat"_qs, Now / 1000},
                              {u"exp"_qs, Now / 1000 + 3600}}));
    }

    void itIsUsedUntilFiveMinutesBeforeItsEnd()
    {
        const auto sender = google();
        sendOne(*sender);
        m_clock->advance(54 * Minute + 58'000); // of 3,599 seconds
        sendOne(*sender);
        QCOMPARE(count("/token"), 1);
        m_clock->advance(1'000);
        sendOne(*sender);
        QCOMPARE(count("/token"), 2);
        QCOMPARE(m_server->requests.last().header("Authorization"), "Bearer ya29.token-2");
    }

    void aRefusedTokenIsRenewedOnce()
    {
        const auto sender = google();
        m_sendAnswer = [](const QByteArray& token) {
            return token == "Bearer ya29.token-1" ? ScriptedServer::answer("401 Unauthorized", "{}")
                                                  : ScriptedServer::answer("200 OK", "{}");
        };
        sender->send({messageNumber(1), messageNumber(2), messageNumber(3)});
        QTRY_COMPARE(m_outcomes.size(), 3);
        for (const Outcome& outcome : std::as_const(m_outcomes))
            QCOMPARE(outcome.kind, OutcomeKind::Sent);
        QCOMPARE(count("/token"), 2);
        QCOMPARE(count("/send"), 6);
    }

    void aTokenThatIsRefusedAgainIsTheAccountsFault()
    {
        const auto sender = google();
        m_sendAnswer = [](const QByteArray&) { return ScriptedServer::answer("401 Unauthorized", "no"); };
        sendOne(*sender);
        QCOMPARE(m_outcomes.last().kind, OutcomeKind::ProviderDown);
        QCOMPARE(count("/token"), 2);
        QCOMPARE(count("/send"), 2);
    }

    void noTokenMeansThatNobodyWasAsked_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("sentence");
        const auto answer
            = [](const QByteArray& status, const QByteArray& body) { return ScriptedServer::answer(status, body); };
        QTest::newRow("a deleted key") << answer("400 Bad", R"({"error":"invalid_grant","error_description":"Invalid JWT"})")
                                       << u"deleted or disabled, or this machine's clock is wrong (Invalid JWT)"_qs;
        QTest::newRow("another refusal") << answer("401 No", R"({"error":"unauthorized_client"})")
                                         << u"status 401. unauthorized_client"_qs;
        QTest::newRow("a broken server") << answer("503 Oops", "<html>") << u"status 503"_qs;
        QTest::newRow("no token in it") << answer("200 OK", R"({"expires_in":3599})") << u"status 200"_qs;
        QTest::newRow("a number as token") << answer("200 OK", R"({"access_token":5})") << u"status 200"_qs;
        QTest::newRow("deep JSON") << answer("200 OK", QByteArray(5'000, '[')) << u"status 200"_qs;
    }

    void noTokenMeansThatNobodyWasAsked()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QString, sentence);
        m_tokenAnswers = {answer};
        const auto sender = google();
        sendOne(*sender);
        QCOMPARE(m_outcomes.last().kind, OutcomeKind::ProviderDown);
        QVERIFY2(m_outcomes.last().reason.contains(sentence), qPrintable(m_outcomes.last().reason));
        QCOMPARE(count("/send"), 0);
        sendOne(*sender); // asks again
        QCOMPARE(m_outcomes.last().kind, OutcomeKind::Sent);
    }

    void aServerThatIsNotThereIsSaidSo()
    {
        const auto sender = google();
        m_server->close();
        sendOne(*sender);
        QCOMPARE(m_outcomes.last().kind, OutcomeKind::ProviderDown);
        QVERIFY2(m_outcomes.last().reason.contains(u"Google was not reached"), qPrintable(m_outcomes.last().reason));
        sender->probe();
        QTRY_COMPARE(m_probes.size(), 1);
        QVERIFY(!m_probes.first().ok);
    }

    void whatIsRepeatedOfTokenOrAssertionIsNotShown()
    {
        const auto sender = google();
        m_sendAnswer = [](const QByteArray& token) { return ScriptedServer::answer("400 Bad", "you said " + token); };
        sendOne(*sender);
        QVERIFY2(!m_outcomes.last().reason.contains(u"ya29"), qPrintable(m_outcomes.last().reason));
        QVERIFY(m_outcomes.last().reason.contains(u"you said"));
        m_clock->advance(60 * Minute);
        m_echoAssertion = true;
        sendOne(*sender);
        m_echoAssertion = false;
        const QByteArray assertion = m_server->requests.last().body.split('=').last();
        QVERIFY(m_outcomes.last().reason.contains(u"you said"));
        QVERIFY2(!m_outcomes.last().reason.toLatin1().contains(assertion.first(40)), qPrintable(m_outcomes.last().reason));
    }

    void whoeverWaitsIsAnsweredWhenTheAccountStops()
    {
        const auto sender = google();
        int drained = 0;
        connect(sender.get(), &Sender::drained, this, [&] { ++drained; });
        m_holdToken = true;
        sender->send({messageNumber(1), messageNumber(2)});
        QTRY_COMPARE(m_held.size(), 1);
        sender->drain();
        QCOMPARE(m_outcomes.size(), 2);
        QCOMPARE(m_outcomes.first().kind, OutcomeKind::ProviderDown);
        QCOMPARE(drained, 1);
        release();
        QTest::qWait(50);
        QCOMPARE(m_outcomes.size(), 2);
        QCOMPARE(count("/send"), 0);
    }

    void aWrongServiceAccountIsExplained_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("sentence");
        const auto with = [](const QString& name, const QJsonValue& value) {
            QJsonObject file = accountFile(u"https://oauth2.googleapis.com/token"_qs);
            file.insert(name, value);
            return compactJson(file);
        };
        QTest::newRow("no JSON") << QByteArray("hunter2") << u"This is not the service account's JSON file"_qs;
        QTest::newRow("other JSON") << with(u"type"_qs, u"authorized_user"_qs) << u"\"service_account\""_qs;
        QTest::newRow("no key") << with(u"private_key"_qs, {}) << u"lacks"_qs;
        QTest::newRow("a broken key") << with(u"private_key"_qs, u"hunter2"_qs) << u"no private key"_qs;
        QTest::newRow("an open line") << with(u"token_uri"_qs, u"http://example.org/token"_qs) << u"https://"_qs;
        QTest::newRow("no web address") << with(u"token_uri"_qs, u"file:///etc/passwd"_qs) << u"no web address"_qs;
    }

    void aWrongServiceAccountIsExplained()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, sentence);
        const AccountConfig config{1, {{u"base_url"_qs, u"https://example.org"_qs}}, {{u"account"_qs, Secret(json)}}};
        const Status checked = provider(GoogleFile).check(config);
        QVERIFY(!checked);
        QVERIFY2(checked.error().message.contains(sentence), qPrintable(checked.error().message));
        QVERIFY(!checked.error().message.contains(u"hunter2"));
    }

    void aSignedTokenIsKeptAndRenewed()
    {
        const auto sender = apple();
        sendOne(*sender);
        const QByteArray first = m_server->requests.last().header("Authorization");
        QVERIFY(first.startsWith("Bearer "));
        QCOMPARE(partOf(first.sliced(7), 0)[u"kid"], u"K1"_qs);
        const QJsonObject claims = partOf(first.sliced(7), 1);
        QCOMPARE(claims[u"iss"], u"T1"_qs);
        QCOMPARE(claims[u"iat"].toInteger(), Now / 1000);
        QCOMPARE(claims[u"exp"].toInteger(), Now / 1000 + 3600);
        QCOMPARE(claims[u"jti"].toString().size(), 36);
        QCOMPARE(claims.size(), 4);
        m_clock->advance(50 * Minute - 1);
        sendOne(*sender);
        QCOMPARE(m_server->requests.last().header("Authorization"), first);
        m_clock->advance(1);
        sendOne(*sender);
        QVERIFY(m_server->requests.last().header("Authorization") != first);
    }

    // Apple takes no more than one new token in 20 minutes.
    void aYoungSignedTokenIsNotMadeAnew()
    {
        const auto sender = apple();
        m_sendAnswer = [](const QByteArray&) { return ScriptedServer::answer("403 No", "expired"); };
        sendOne(*sender);
        QCOMPARE(m_outcomes.last().kind, OutcomeKind::ProviderDown);
        QCOMPARE(count("/send"), 1);
        m_clock->advance(20 * Minute);
        sendOne(*sender);
        QCOMPARE(count("/send"), 3);
        QVERIFY(m_server->requests[1].header("Authorization") != m_server->requests[2].header("Authorization"));
    }

    void anEmptyKeyAsksForNothing()
    {
        const auto sender = make(AppleFile, {});
        sendOne(*sender);
        QCOMPARE(m_outcomes.last().kind, OutcomeKind::Sent);
        QVERIFY(m_server->requests.last().header("Authorization").isEmpty());
    }

    void aTokenThatOutlivesItsEndIsAMistakeInTheFile()
    {
        QList<Error> problems;
        ProviderFile::parse(QByteArray(AppleFile).replace("\"renewSeconds\": 3000", "\"renewSeconds\": 3600"), problems);
        QCOMPARE(problems.size(), 1);
        QVERIFY2(problems.first().message.contains(u"renewSeconds"), qPrintable(problems.first().message));
    }

private:
    static QJsonObject accountFile(const QString& tokenUri)
    {
        static const TestKey key = TestKey::rsa();
        return {{u"type"_qs, u"service_account"_qs},
                {u"client_email"_qs, u"sender@project.example"_qs},
                {u"private_key_id"_qs, u"key-1"_qs},
                {u"private_key"_qs, QString::fromLatin1(key.privatePem.reveal())},
                {u"token_uri"_qs, tokenUri}};
    }

    DeclarativeProvider provider(const QByteArray& json)
    {
        QList<Error> problems;
        auto file = ProviderFile::parse(json, problems);
        for (const Error& problem : problems)
            qWarning().noquote() << problem.message;
        return DeclarativeProvider(std::move(*file), *m_clock, m_transport);
    }

    std::unique_ptr<Sender> make(const QByteArray& json, const QHash<QString, Secret>& secrets)
    {
        auto sender = provider(json).makeSender({1, {{u"base_url"_qs, m_server->url({})}}, secrets});
        connect(sender.get(), &Sender::outcomes, this, [this](const QList<Outcome>& list) { m_outcomes += list; });
        connect(sender.get(), &Sender::probed, this, [this](const ProbeResult& result) { m_probes << result; });
        return sender;
    }

    std::unique_ptr<Sender> google()
    {
        return make(GoogleFile, {{u"account"_qs, Secret(compactJson(accountFile(m_server->url(u"/token"_qs))))}});
    }

    std::unique_ptr<Sender> apple() { return make(AppleFile, {{u"key"_qs, TestKey::curve().privatePem}}); }

    void sendOne(Sender& sender)
    {
        const qsizetype before = m_outcomes.size();
        sender.send({messageNumber(1)});
        QTRY_COMPARE_WITH_TIMEOUT(m_outcomes.size(), before + 1, 20'000);
    }

    void serve(QTcpSocket* socket, const ScriptedServer::Request& request)
    {
        if (!request.head.contains("/token "))
            socket->write(m_sendAnswer(request.header("Authorization")));
        else if (m_echoAssertion)
            socket->write(ScriptedServer::answer("400 Bad", compactJson(echoOf(request.body))));
        else if (m_holdToken)
            m_held << socket;
        else
            socket->write(m_tokenAnswers.isEmpty() ? nextToken() : m_tokenAnswers.takeFirst());
    }

    static QJsonObject echoOf(const QByteArray& body)
    {
        const QString assertion = QString::fromLatin1(body.sliced(body.lastIndexOf('=') + 1));
        return {{u"error_description"_qs, QString(u"you said "_qs + assertion)}};
    }

    QByteArray nextToken()
    {
        const QByteArray token = "ya29.token-" + QByteArray::number(++m_tokensGiven);
        return ScriptedServer::answer("200 OK", R"({"access_token":")" + token + R"(","expires_in":3599})");
    }

    void release()
    {
        m_holdToken = false;
        for (const QPointer<QTcpSocket>& socket : std::exchange(m_held, {})) {
            if (socket)
                socket->write(nextToken());
        }
    }

    qsizetype count(const QByteArray& path) const
    {
        return std::count_if(m_server->requests.begin(), m_server->requests.end(),
                             [&](const auto& request) { return request.head.contains(QByteArray(path + ' ')); });
    }

    std::shared_ptr<HttpTransport> m_transport;
    std::unique_ptr<ManualClock> m_clock;
    std::unique_ptr<ScriptedServer> m_server;
    QList<Outcome> m_outcomes;
    QList<ProbeResult> m_probes;
    QList<QByteArray> m_tokenAnswers; // before the good ones
    std::function<QByteArray(const QByteArray& authorization)> m_sendAnswer;
    int m_tokensGiven = 0;
    bool m_holdToken = false;
    bool m_echoAssertion = false;
    QList<QPointer<QTcpSocket>> m_held;
};

QTEST_GUILESS_MAIN(TokenAuthTest)
#include "TokenAuthTest.moc"
