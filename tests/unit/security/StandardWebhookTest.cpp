// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/security/StandardWebhook.h"

#include <QTest>

using namespace carillon;

class StandardWebhookTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // The vector of the specification's own libraries.
    void theKnownSignatureComesOut()
    {
        const auto keys = StandardWebhookKeys::fromSecret(Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        QVERIFY(keys);
        QCOMPARE(keys->sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1'614'265'330, R"({"test": 2432232314})"),
                 "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    void twoSecretsSignSideBySide()
    {
        const QByteArray first = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        const QByteArray second = "whsec_" + QByteArray(32, 'k').toBase64();
        const auto both = StandardWebhookKeys::fromSecret(Secret(first + ' ' + second));
        const QByteArray one = StandardWebhookKeys::fromSecret(Secret(first))->sign("a", 1, "b");
        const QByteArray other = StandardWebhookKeys::fromSecret(Secret(second))->sign("a", 1, "b");
        QCOMPARE(both->sign("a", 1, "b"), QByteArray(one + ' ' + other));
        QCOMPARE_NE(one, other);
    }

    void malformedSecretsAreRefusedWithoutRepeatingThem_data()
    {
        QTest::addColumn<QByteArray>("secret");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no prefix") << QByteArray(32, 'k').toBase64();
        QTest::newRow("another kind of key") << QByteArray("whsk_" + QByteArray(32, 'k').toBase64());
        QTest::newRow("not base64") << QByteArray("whsec_not*base64*not*base64*not*base64*");
        QTest::newRow("too short") << QByteArray("whsec_" + QByteArray(23, 'k').toBase64());
        QTest::newRow("too long") << QByteArray("whsec_" + QByteArray(65, 'k').toBase64());
        QTest::newRow("second is bad") << QByteArray("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw whsec_x");
    }

    void malformedSecretsAreRefusedWithoutRepeatingThem()
    {
        QFETCH(QByteArray, secret);
        const auto keys = StandardWebhookKeys::fromSecret(Secret(secret));
        QVERIFY(!keys);
        QCOMPARE(keys.error().code, ErrorCode::InvalidInput);
        QVERIFY(secret.isEmpty() || !keys.error().message.contains(QString::fromLatin1(secret)));
    }
};

QTEST_GUILESS_MAIN(StandardWebhookTest)
#include "StandardWebhookTest.moc"
