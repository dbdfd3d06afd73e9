// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/provider/TokenRoom.h"

using namespace carillon;

// Tokens that many requests share: fetched once, renewed in time, and once when they are refused.
class TokenAuthTest : public TokenRoom {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openTransport(); }
    void init() { open(); }

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
};

QTEST_GUILESS_MAIN(TokenAuthTest)
#include "TokenAuthTest.moc"
