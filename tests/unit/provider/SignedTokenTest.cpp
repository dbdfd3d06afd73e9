// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/provider/TokenRoom.h"

using namespace carillon;

// Tokens that are signed here and used for many requests.
class SignedTokenTest : public TokenRoom {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openTransport(); }
    void init() { open(); }

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
};

QTEST_GUILESS_MAIN(SignedTokenTest)
#include "SignedTokenTest.moc"
