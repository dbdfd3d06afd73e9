// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/EmailAddress.h"

#include <QTest>

using namespace carillon;

class EmailAddressTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesGoodOnes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("address");
        const auto row = [](const char* text, const char* address = nullptr) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(address ? address : text);
        };
        row("user@example.com");
        row("  user@example.com\r\n", "user@example.com");
        row("First.Last+tag@EXAMPLE.Com", "First.Last+tag@example.com");
        row("a@b.co");
        row("!#$%&'*+-/=?^_`{|}~@example.com");
        row("o'neill_x-y@sub.domain.example");
        row("1234567890@123.example");
        row("user@3com.com");
        row("user@a--b.example");
        row("user@xn--bcher-kva.example");
        row("user@b\xC3\xBC"
            "cher.example");
        row("\xE7\x94\xA8\xE6\x88\xB7@\xE4\xBE\x8B\xE3\x81\x88.\xE6\xB5\x8B\xE8\xAF\x95");
        row("\xE0\xA4\xB9\xE0\xA4\xBF\xE0\xA4\xA8\xE0\xA5\x8D\xE0\xA4\xA6\xE0\xA5\x80@example.in");
        row("\"john doe\"@example.com");
        row("\"a@b\"@example.com");
        row("\"a\\\"b\\\\c\"@example.com");
        row("\"a\\\\\"@example.com");
        row("\"\"@example.com");
        row("user@localhost");
        row("user@[192.0.2.1]");
        row("user@[IPv6:2001:db8::1]", "user@[ipv6:2001:db8::1]");
        row("1234567890123456789012345678901234567890123456789012345678901234@example.com");
        row("user@123456789012345678901234567890123456789012345678901234567890123.example");
    }

    void takesGoodOnes()
    {
        QFETCH(QString, text);
        QFETCH(QString, address);
        const Result<QString> parsed = parseEmailAddress(text);
        QVERIFY2(parsed.has_value(), parsed ? "" : qPrintable(parsed.error().message));
        QCOMPARE(*parsed, address);
    }

    void refusesBadOnes_data()
    {
        QTest::addColumn<QString>("text");
        const auto row = [](const char* text) { QTest::newRow(text) << QString::fromUtf8(text); };
        row("");
        row("   ");
        row("nobody");
        row("@");
        row("user@");
        row("@example.com");
        row("a@b@c.example");
        row("space in@example.com");
        row("user@exa mple.com");
        row("us\ter@example.com");
        row("user@example.com\r\nBcc: x@example.com");
        row("us\r\ner@example.com");
        row(".user@example.com");
        row("user.@example.com");
        row("us..er@example.com");
        row("user@.example.com");
        row("user@example.com.");
        row("user@example..com");
        row("user@-example.com");
        row("user@example-.com");
        row("user@exam_ple.com");
        row("user@example.com,b@example.com");
        row("user@example,com");
        row("user@example.com;");
        row("<user@example.com>");
        row("User <user@example.com>");
        row("mailto:user@example.com?x");
        row("\"unclosed@example.com");
        row("\"a\"b\"@example.com");
        row("\"a\\\"@example.com");
        row("\"a\\\\\"b\"@example.com");
        row("\"a\nb\"@example.com");
        row("a\"b@example.com");
        row("a(b)@example.com");
        row("a[b]@example.com");
        row("a\\b@example.com");
        row("user@example");
        row("user@192.0.2.1");
        row("user@[192.0.2]");
        row("user@[192.0.2.256]");
        row("user@[192.0.2.01x]");
        row("user@[0x7f.0.0.1]");
        row("user@[IPv6:2001:db8::1");
        row("user@[IPv6:zz::1]");
        row("user@[IPv6:fe80::1%eth0]");
        row("user@[]");
        row("user@example.com\xE3\x80\x82");
        row("us\xE2\x80\x8B"
            "er@example.com"); // a zero-width space from a web page
        row("us\xE2\x80\xAE"
            "er@example.com"); // a turn of the writing direction
        row("us\xC2\xA0"
            "er@example.com");
        row("us\xC2\x85"
            "er@example.com");
        row("12345678901234567890123456789012345678901234567890123456789012345@example.com");
        row("user@1234567890123456789012345678901234567890123456789012345678901234.example");
        row("\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3"
            "\xBC\xC3\xBC\xC3\xBC"
            "\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3"
            "\xBC\xC3\xBC\xC3\xBC"
            "x@example.com"); // 33 characters, 65 octets
    }

    void refusesBadOnes()
    {
        QFETCH(QString, text);
        const Result<QString> parsed = parseEmailAddress(text);
        QVERIFY2(!parsed.has_value(), parsed ? qPrintable(*parsed) : "");
        QCOMPARE(parsed.error().code, ErrorCode::InvalidInput);
        QVERIFY(!parsed.error().message.isEmpty());
    }

    void refusesWhatIsTooLong()
    {
        QString domain;
        for (int i = 0; i < 4; ++i)
            domain += QString(60, u'd') + u'.';
        domain += QStringLiteral("example"); // 251 octets
        QVERIFY(parseEmailAddress(QStringLiteral("ab@") + domain).has_value()); // 254
        QVERIFY(!parseEmailAddress(QStringLiteral("abc@") + domain).has_value());
    }

    void refusesHalfASurrogatePair()
    {
        QVERIFY(!parseEmailAddress(QStringLiteral("us") + QChar(0xD83D) + QStringLiteral("er@example.com")).has_value());
        QVERIFY(!parseEmailAddress(QStringLiteral("user@ex") + QChar(0xDD14) + QStringLiteral("ample.com")).has_value());
        QVERIFY(parseEmailAddress(QStringLiteral("us\U0001F514er@example.com")).has_value());
    }

    void comparesWithoutRegardToCase()
    {
        const QString email = QStringLiteral("email");
        QCOMPARE(addressKey(email, QStringLiteral(" Ann@Example.ORG ")),
                 addressKey(email, QStringLiteral("ann@example.org")));
        QCOMPARE(addressKey(email, QStringLiteral("\u00C4nn@example.org")),
                 addressKey(email, QStringLiteral("\u00E4nn@example.org")));
        QVERIFY(addressKey(email, QStringLiteral("ann@example.org"))
                != addressKey(email, QStringLiteral("ann@example.com")));
        QVERIFY(addressKey(QStringLiteral("push"), QStringLiteral("aB"))
                != addressKey(QStringLiteral("push"), QStringLiteral("ab")));
    }

    void knowsADomainInBothItsSpellings()
    {
        const QString email = QStringLiteral("email");
        QCOMPARE(addressKey(email, QStringLiteral("ann@b\u00FCcher.example")),
                 addressKey(email, QStringLiteral("ANN@XN--BCHER-KVA.example")));
    }
};

QTEST_GUILESS_MAIN(EmailAddressTest)
#include "EmailAddressTest.moc"
