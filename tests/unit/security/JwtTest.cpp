// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/security/Jwt.h"
#include "engine/security/Hmac.h"

#include <QTest>

using namespace carillon;

namespace {

constexpr qint64 Now = 1'700'000'000'000;
const Secret Key(QByteArray(32, 'k'));

JwtKey key()
{
    return JwtKey::fromSecret(Key).value();
}

JwtClaims goodClaims()
{
    return {.id = u"t1"_qs,
            .issuer = u"carillon"_qs,
            .subject = u"anna"_qs,
            .audience = {u"feed"_qs},
            .scopes = {u"log:read"_qs, u"send"_qs},
            .issuedAt = Now,
            .notBefore = Now,
            .expiresAt = Now + 60'000,
            .other = {{u"team"_qs, u"ops"_qs}}};
}

// A token with a chosen header and payload, rightly signed: what an attacker with another library's habits might send.
QByteArray handmade(const QByteArray& header, const QByteArray& payload)
{
    const QByteArray body = toBase64Url(header) + '.' + toBase64Url(payload);
    return body + '.' + toBase64Url(hmacSha256(Key, body));
}

} // namespace

class JwtTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // RFC 4231 test case 2.
    void hmacMatchesItsRfc()
    {
        QCOMPARE(hmacSha256(Secret("Jefe"), "what do ya want for nothing?").toHex(),
                 "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    void base64HasOneSpelling()
    {
        QCOMPARE(toBase64Url("\xfb\xff"), "-_8");
        QCOMPARE(fromBase64Url("-_8").value(), "\xfb\xff");
        for (const char* bad : {"-_9", "-_8=", "+/8", "-_ 8", "-", "-_8\n"})
            QVERIFY2(!fromBase64Url(bad), bad);
    }

    void whatIsSignedComesBack()
    {
        const QByteArray token = key().sign(goodClaims()).value();
        const JwtRules rules{.issuer = u"carillon"_qs, .audience = u"feed"_qs, .scopes = {u"send"_qs}};
        QCOMPARE(key().verify(token, rules, Now).value(), goodClaims());
    }

    // RFC 7515 appendix A.1: not made by us. Its key is longer than the hash, its payload has line breaks.
    void theTokenOfTheRfcIsTaken()
    {
        const auto secret
            = fromBase64Url("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");
        const QByteArray token
            = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0d"
              "HA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        const auto claims = JwtKey::fromSecret(Secret(*secret))->verify(token, {.issuer = u"joe"_qs}, 1'300'819'379'000);
        QVERIFY(claims);
        QCOMPARE(claims->expiresAt, 1'300'819'380'000);
        QCOMPARE(claims->other.value(u"http://example.com/is_root"), true);
    }

    void timesAreCheckedWithLeeway_data()
    {
        QTest::addColumn<qint64>("now");
        QTest::addColumn<bool>("good");
        QTest::newRow("the last moment of leeway") << Now + 60'000 + 29'999 << true;
        QTest::newRow("expired") << Now + 60'000 + 30'000 << false;
        QTest::newRow("a little early") << Now - 30'000 << true;
        QTest::newRow("too early") << Now - 31'000 << false;
    }

    void timesAreCheckedWithLeeway()
    {
        QFETCH(qint64, now);
        const auto claims = key().verify(key().sign(goodClaims()).value(), {}, now);
        QTEST(claims.has_value(), "good");
        if (!claims)
            QCOMPARE(claims.error().code, ErrorCode::Unauthenticated);
    }

    void rulesAreChecked()
    {
        const QByteArray token = key().sign(goodClaims()).value();
        QCOMPARE(key().verify(token, {.issuer = u"other"_qs}, Now).error().code, ErrorCode::Unauthenticated);
        QCOMPARE(key().verify(token, {.audience = u"api"_qs}, Now).error().code, ErrorCode::Unauthenticated);
        QCOMPARE(key().verify(token, {.scopes = {u"log:read"_qs, u"admin"_qs}}, Now).error().code, ErrorCode::Forbidden);
        // A scope is a word, not a prefix.
        QCOMPARE(key().verify(token, {.scopes = {u"log"_qs}}, Now).error().code, ErrorCode::Forbidden);
    }

    void otherAlgorithmsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::newRow("none") << QByteArray(R"({"alg":"none"})");
        QTest::newRow("None") << QByteArray(R"({"alg":"None"})");
        QTest::newRow("other HMAC") << QByteArray(R"({"alg":"HS512"})");
        QTest::newRow("public key") << QByteArray(R"({"alg":"RS256"})");
        QTest::newRow("missing") << QByteArray(R"({"typ":"JWT"})");
        QTest::newRow("not a string") << QByteArray(R"({"alg":["HS256"]})");
        QTest::newRow("critical extension") << QByteArray(R"({"alg":"HS256","crit":["exp"]})");
        QTest::newRow("not JSON") << QByteArray("HS256");
    }

    void otherAlgorithmsAreRefused()
    {
        QFETCH(QByteArray, header);
        const QByteArray token = handmade(header, R"({"exp":1700000060})");
        QVERIFY(key().verify(handmade(R"({"alg":"HS256"})", R"({"exp":1700000060})"), {}, Now));
        QVERIFY(!key().verify(token, {}, Now));
        QVERIFY(!key().verify(token.left(token.lastIndexOf('.') + 1), {}, Now)); // and without any signature
    }

    void wrongClaimsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::newRow("no expiry") << QByteArray(R"({"sub":"anna"})");
        QTest::newRow("expiry as text") << QByteArray(R"({"exp":"1700000060"})");
        QTest::newRow("negative expiry") << QByteArray(R"({"exp":-1})");
        QTest::newRow("huge expiry") << QByteArray(R"({"exp":1e300})");
        QTest::newRow("issued tomorrow") << QByteArray(R"({"exp":1700090000,"iat":1700086400})");
        QTest::newRow("subject as number") << QByteArray(R"({"exp":1700000060,"sub":7})");
        QTest::newRow("audience of numbers") << QByteArray(R"({"exp":1700000060,"aud":[1]})");
        QTest::newRow("scope as list") << QByteArray(R"({"exp":1700000060,"scope":["admin"]})");
        QTest::newRow("not an object") << QByteArray("[1]");
        QTest::newRow("empty") << QByteArray();
    }

    void wrongClaimsAreRefused()
    {
        QFETCH(QByteArray, payload);
        QVERIFY(!key().verify(handmade(R"({"alg":"HS256"})", payload), {}, Now));
    }

    void everyChangedCharacterIsNoticed()
    {
        const QByteArray token = key().sign(goodClaims()).value();
        for (qsizetype at = 0; at < token.size(); ++at) {
            QByteArray changed = token;
            changed[at] = changed[at] == 'A' ? 'B' : 'A';
            QVERIFY2(!key().verify(changed, {}, Now), changed.constData());
            QVERIFY(!key().verify(token.first(at), {}, Now));
        }
        QVERIFY(!key().verify(token + '=', {}, Now));
        QVERIFY(!key().verify(token + ".x", {}, Now));
        QVERIFY(!JwtKey::fromSecret(Secret(QByteArray(32, 'x')))->verify(token, {}, Now));
    }

    void sizesAreBounded()
    {
        JwtClaims claims = goodClaims();
        claims.subject = QString(JwtKey::MaxTokenBytes, u'x');
        QCOMPARE(key().sign(claims).error().code, ErrorCode::InvalidInput);
        QVERIFY(!key().verify(QByteArray(100'000, '.'), {}, Now));
        QCOMPARE(JwtKey::fromSecret(Secret(QByteArray(31, 'k'))).error().code, ErrorCode::InvalidInput);
    }

    void scopesWithBlanksAreNotSigned()
    {
        JwtClaims claims = goodClaims();
        claims.scopes = {u"log:read admin"_qs};
        QCOMPARE(key().sign(claims).error().field, u"scope"_qs);
        claims.scopes = {};
        claims.expiresAt = 0;
        QCOMPARE(key().sign(claims).error().field, u"exp"_qs);
    }
};

QTEST_GUILESS_MAIN(JwtTest)
#include "JwtTest.moc"
