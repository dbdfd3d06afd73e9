// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Json.h"
#include "engine/base/SystemClock.h"
#include "engine/security/Jwt.h"
#include "engine/security/JwtSigner.h"
#include "tests/unit/security/TestKeys.h"

#include <QFileInfo>
#include <QProcess>
#include <QTest>

using namespace carillon;

namespace {

const QString Peers = QStringLiteral(CARILLON_SOURCE_DIR "/tests/integration/peers");
const QByteArray SecretText(40, 's');

JwtClaims ourClaims()
{
    JwtClaims claims;
    claims.subject = u"Änna"_qs;
    claims.audience = {u"feed"_qs};
    claims.scopes = {u"log:read"_qs, u"send"_qs};
    claims.issuedAt = SystemClock().now();
    claims.expiresAt = claims.issuedAt + 60'000;
    return claims;
}

} // namespace

// Our tokens before npm's jsonwebtoken and jose, and theirs before us.
class JwtPeerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!QFileInfo::exists(Peers + u"/node_modules/jose"_qs))
            QSKIP("run \"npm ci\" in tests/integration/peers first");
        const QByteArray ours = JwtKey::fromSecret(Secret(SecretText))->sign(ourClaims()).value();
        m_answer = ask(u"jwt.mjs"_qs,
                       {{u"secret"_qs, QString::fromLatin1(SecretText)},
                        {u"ours"_qs, QString::fromLatin1(ours)},
                        {u"subject"_qs, ourClaims().subject}});
        QVERIFY(!m_answer.isEmpty());
    }

    void theyTakeOurs()
    {
        for (const QString& peer : {u"jsonwebtoken"_qs, u"jose"_qs}) {
            const QJsonObject claims = m_answer.value(peer).toObject();
            QCOMPARE(claims.value(u"sub"), ourClaims().subject);
            QCOMPARE(claims.value(u"scope"), u"log:read send"_qs);
        }
    }

    void weTakeTheirs()
    {
        for (const QString& token : {u"hs256"_qs, u"jose"_qs}) {
            const auto claims = verifyTheirs(token);
            QVERIFY2(claims, qPrintable(token));
            QCOMPARE(claims->subject, ourClaims().subject);
            QCOMPARE(claims->audience, (QStringList{u"api"_qs, u"feed"_qs}));
            QCOMPARE(claims->scopes, ourClaims().scopes);
        }
    }

    void weRefuseTheirsOfOtherAlgorithmsAndTimes()
    {
        for (const QString& token : {u"hs512"_qs, u"none"_qs, u"expired"_qs}) {
            QVERIFY(m_answer.value(u"theirs").toObject().contains(token));
            QVERIFY2(!verifyTheirs(token), qPrintable(token));
        }
    }

    void theyTakeWhatWeSignForPlatforms()
    {
        const TestKey rsa = TestKey::rsa();
        const TestKey curve = TestKey::curve();
        const auto signedBy = [](JwtAlgorithm algorithm, const TestKey& key) {
            const QByteArray token = JwtSigner::make(algorithm, key.privatePem)
                                         ->sign({{u"kid"_qs, u"K1"_qs}}, {{u"iss"_qs, u"Änna"_qs}})
                                         .value();
            return QJsonObject{{u"token"_qs, QString::fromLatin1(token)}, {u"key"_qs, QString::fromLatin1(key.publicPem)}};
        };
        const QJsonObject answer
            = ask(u"signed.mjs"_qs,
                  {{u"RS256"_qs, signedBy(JwtAlgorithm::Rs256, rsa)}, {u"ES256"_qs, signedBy(JwtAlgorithm::Es256, curve)}});
        for (const QString& algorithm : {u"RS256"_qs, u"ES256"_qs}) {
            for (const QString& peer : {u"jsonwebtoken"_qs, u"jose"_qs}) {
                const QJsonObject seen = answer[algorithm][peer].toObject();
                QCOMPARE(seen[u"header"][u"kid"], u"K1"_qs);
                QCOMPARE(seen[u"header"][u"alg"], algorithm);
                QCOMPARE(seen[u"payload"].toObject(), QJsonObject({{u"iss"_qs, u"Änna"_qs}}));
            }
        }
    }

private:
    static QJsonObject ask(const QString& script, const QJsonObject& question)
    {
        QProcess node;
        node.setWorkingDirectory(Peers);
        node.start(u"node"_qs, {script});
        node.write(compactJson(question));
        node.closeWriteChannel();
        if (!node.waitForFinished(30'000) || node.exitCode() != 0)
            qWarning("%s", node.readAllStandardError().constData());
        return parseJsonObject(node.readAllStandardOutput()).value_or(QJsonObject());
    }

    Result<JwtClaims> verifyTheirs(const QString& token) const
    {
        const QByteArray text = m_answer.value(u"theirs").toObject().value(token).toString().toLatin1();
        JwtRules rules;
        rules.audience = u"feed"_qs;
        return JwtKey::fromSecret(Secret(SecretText))->verify(text, rules, SystemClock().now());
    }

    QJsonObject m_answer;
};

QTEST_GUILESS_MAIN(JwtPeerTest)
#include "JwtPeerTest.moc"
