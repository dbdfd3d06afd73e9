// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Json.h"
#include "engine/base/SystemClock.h"
#include "engine/security/Jwt.h"

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
        QProcess node;
        node.setWorkingDirectory(Peers);
        node.start(u"node"_qs, {u"jwt.mjs"_qs});
        node.write(compactJson({{u"secret"_qs, QString::fromLatin1(SecretText)},
                                {u"ours"_qs, QString::fromLatin1(ours)},
                                {u"subject"_qs, ourClaims().subject}}));
        node.closeWriteChannel();
        QVERIFY2(node.waitForFinished(30'000) && node.exitCode() == 0, node.readAllStandardError().constData());
        m_answer = parseJsonObject(node.readAllStandardOutput()).value();
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

private:
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
