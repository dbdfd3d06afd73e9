// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/security/JwtSigner.h"
#include "TestKeys.h"
#include "engine/base/Json.h"
#include "engine/security/Hmac.h"

#include <QTest>

using namespace carillon;

namespace {

QJsonObject partOf(const QByteArray& token, int index)
{
    return parseJsonObject(fromBase64Url(token.split('.').value(index)).value_or(QByteArray())).value_or(QJsonObject());
}

} // namespace

// What can be seen without another library; JwtPeerTest lets others verify.
class JwtSignerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hs256IsTheKeyedHashOfWhatItSigns()
    {
        const Secret key(QByteArray(32, 'k'));
        const QByteArray token = JwtSigner::make(JwtAlgorithm::Hs256, key)->sign({}, {{u"iss"_qs, u"joe"_qs}}).value();
        QCOMPARE(partOf(token, 0), QJsonObject({{u"alg"_qs, u"HS256"_qs}, {u"typ"_qs, u"JWT"_qs}}));
        QCOMPARE(token.split('.').last(), toBase64Url(hmacSha256(key, token.first(token.lastIndexOf('.')))));
    }

    void headerAndClaimsAreAsGiven()
    {
        const auto signer = JwtSigner::make(JwtAlgorithm::Es256, TestKey::curve().privatePem);
        QVERIFY(signer);
        const QByteArray token = signer->sign({{u"kid"_qs, u"ABC"_qs}, {u"alg"_qs, u"none"_qs}}, {{u"iat"_qs, 17}}).value();
        QCOMPARE(partOf(token, 0), QJsonObject({{u"alg"_qs, u"ES256"_qs}, {u"kid"_qs, u"ABC"_qs}, {u"typ"_qs, u"JWT"_qs}}));
        QCOMPARE(partOf(token, 1), QJsonObject({{u"iat"_qs, 17}}));
        QCOMPARE(fromBase64Url(token.split('.').at(2))->size(), 64);
    }

    void eachCurveSignatureHasItsFullLength()
    {
        // One number in 256 has a leading zero, which DER leaves out.
        const auto signer = JwtSigner::make(JwtAlgorithm::Es256, TestKey::curve().privatePem);
        for (int i = 0; i < 600; ++i)
            QCOMPARE(fromBase64Url(signer->sign({}, {{u"iat"_qs, i}})->split('.').at(2))->size(), 64);
    }

    void unusableKeysAreExplained_data()
    {
        QTest::addColumn<int>("algorithm");
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QString>("sentence");
        const int rs = int(JwtAlgorithm::Rs256);
        const int es = int(JwtAlgorithm::Es256);
        QTest::newRow("nothing") << es << QByteArray() << u"no private key"_qs;
        QTest::newRow("other text") << rs << QByteArray("hunter2") << u"no private key"_qs;
        QTest::newRow("a public key") << es << TestKey::curve().publicPem << u"no private key"_qs;
        QTest::newRow("cut short") << es << TestKey::curve().privatePem.reveal().first(100) << u"no private key"_qs;
        QTest::newRow("with a passphrase") << rs << TestKey::protectedRsa().privatePem.reveal() << u"passphrase"_qs;
        QTest::newRow("RSA for ES256") << es << TestKey::rsa().privatePem.reveal() << u"P-256"_qs;
        QTest::newRow("another curve") << es << TestKey::curve("secp256k1").privatePem.reveal() << u"P-256"_qs;
        QTest::newRow("a curve for RS256") << rs << TestKey::curve().privatePem.reveal() << u"An RSA key"_qs;
        QTest::newRow("short RSA") << rs << TestKey::rsa(1024).privatePem.reveal() << u"1024 bits"_qs;
        QTest::newRow("short secret") << int(JwtAlgorithm::Hs256) << QByteArray(31, 'k') << u"at least 32 bytes"_qs;
    }

    void unusableKeysAreExplained()
    {
        QFETCH(int, algorithm);
        QFETCH(QByteArray, key);
        QFETCH(QString, sentence);
        const auto signer = JwtSigner::make(JwtAlgorithm(algorithm), Secret(key));
        QVERIFY(!signer);
        QCOMPARE(signer.error().code, ErrorCode::InvalidInput);
        QVERIFY2(signer.error().message.contains(sentence), qPrintable(signer.error().message));
        QVERIFY(key.isEmpty() || !signer.error().message.contains(QString::fromLatin1(key)));
    }
};

QTEST_GUILESS_MAIN(JwtSignerTest)
#include "JwtSignerTest.moc"
