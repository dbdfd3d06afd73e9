// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/security/Hmac.h"
#include "engine/security/VapidKey.h"
#include "engine/security/WebPushEncryption.h"

#include <QTest>

using namespace carillon;

namespace {

QByteArray decoded(const char* text)
{
    return fromBase64Url(QByteArray(text)).value();
}

P256Key keyOf(const char* scalar)
{
    return P256Key::fromScalar(Secret(decoded(scalar))).value();
}

} // namespace

// The example of RFC 8291 section 5 and appendix A to the last octet, keys that are none, and VAPID.
class WebPushTest : public QObject {
    Q_OBJECT

private:
    const P256Key m_sender = keyOf("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
    const P256Key m_receiver = keyOf("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94");
    const PushReceiver m_browser{m_receiver.publicPoint(), decoded("BTBZMqHH6r4Tts7J_aSIgg")};
    const QByteArray m_salt = decoded("DGv6ra1nlYgDCS1FRnbzlw");

private Q_SLOTS:
    void theExampleOfRfc8291()
    {
        QCOMPARE(toBase64Url(m_receiver.publicPoint()),
                 QByteArray("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"));
        QCOMPARE(toBase64Url(m_sender.agree(m_browser.point).value().reveal()),
                 QByteArray("kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs"));
        const auto body
            = WebPushEncryption::encrypt("When I grow up, I want to be a watermelon", m_browser, m_sender, m_salt);
        QVERIFY(body);
        QCOMPARE(
            toBase64Url(*body),
            QByteArray("DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzA"
                       "C8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"));
    }

    void bothSidesAgree()
    {
        const P256Key a = P256Key::generate().value();
        const P256Key b = P256Key::generate().value();
        QCOMPARE(a.agree(b.publicPoint()).value(), b.agree(a.publicPoint()).value());
        QCOMPARE(P256Key::fromScalar(a.scalar()).value().publicPoint(), a.publicPoint());
        QVERIFY(a.publicPoint() != b.publicPoint());
    }

    void eachMessageHasItsOwnKeyAndSalt()
    {
        const QByteArray one = WebPushEncryption::encrypt("x", m_browser).value();
        const QByteArray other = WebPushEncryption::encrypt("x", m_browser).value();
        QCOMPARE(one.size(), 1 + WebPushEncryption::Overhead);
        QVERIFY(one.left(16) != other.left(16));
        QVERIFY(one.mid(21, 65) != other.mid(21, 65));
    }

    void fillsTheBodyAndNoMore()
    {
        const QByteArray most(WebPushEncryption::MaxPlaintext, 'a');
        QCOMPARE(WebPushEncryption::encrypt(most, m_browser).value().size(), WebPushEncryption::MaxBody);
        const auto tooLong = WebPushEncryption::encrypt(most + 'a', m_browser);
        QVERIFY(!tooLong && tooLong.error().message.contains(QStringLiteral("3994")));
        QCOMPARE(WebPushEncryption::encrypt({}, m_browser).value().size(), WebPushEncryption::Overhead);
    }

    void keysThatAreNone()
    {
        QByteArray offCurve = m_browser.point;
        offCurve[64] = char(offCurve[64] ^ 1);
        QByteArray compressed = m_browser.point.left(33);
        compressed[0] = 2;
        for (const QByteArray& point : {offCurve, compressed, QByteArray(), QByteArray(65, '\0'), QByteArray(65, '\x04')})
            QVERIFY(!WebPushEncryption::encrypt("x", {point, m_browser.auth}));
        QVERIFY(!WebPushEncryption::encrypt("x", {m_browser.point, QByteArray(15, 'a')}));
        const QByteArray order = QByteArray::fromHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
        for (const QByteArray& scalar :
             {QByteArray(), QByteArray(32, '\0'), QByteArray(31, '\1'), QByteArray(32, '\xff'), order})
            QVERIFY(!P256Key::fromScalar(Secret(scalar)));
    }

    void vapid()
    {
        const VapidKey key = VapidKey::generate().value();
        QCOMPARE(key.text().reveal().size(), 43);
        QCOMPARE(key.publicText().size(), 87);
        const auto field
            = key.authorization(QStringLiteral("https://push.example.net"), QStringLiteral("mailto:a@b.example"), 1'000'500);
        QVERIFY(field && field->startsWith("vapid t="));
        QCOMPARE(field->mid(field->indexOf(", k=") + 4), key.publicText());
        const QByteArray claims = field->mid(8).split('.').value(1);
        QCOMPARE(fromBase64Url(claims).value(),
                 QByteArray("{\"aud\":\"https://push.example.net\",\"exp\":1000,\"sub\":\"mailto:a@b.example\"}"));
    }

    void aKeyIsReadInEverySpelling()
    {
        const VapidKey key = VapidKey::generate().value();
        const QByteArray padded = fromBase64Url(key.text().reveal()).value().toBase64();
        for (const QByteArray& text : {key.text().reveal(), padded, QByteArray(" " + padded + "\n")})
            QCOMPARE(VapidKey::fromText(Secret(text)).value().publicText(), key.publicText());
        for (const char* wrong : {"", "abc", "-----BEGIN PRIVATE KEY-----", "hunter2hunter2hunter2hunter2hunter2hunter2!"}) {
            const auto refused = VapidKey::fromText(Secret(wrong));
            QVERIFY(!refused);
            QVERIFY(!refused.error().message.contains(QStringLiteral("hunter2")));
        }
    }
};

QTEST_GUILESS_MAIN(WebPushTest)
#include "WebPushTest.moc"
