// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/Redactor.h"

#include <QTest>
#include <QUrl>

using namespace carillon;

namespace {

const QByteArray Token = "s3cr\"t/+ t\xc3\xb6ken";

}

class RedactorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everySpellingIsTakenOut_data()
    {
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("as it is") << Token;
        QTest::newRow("percent-encoded") << Token.toPercentEncoding();
        QTest::newRow("base64") << Token.toBase64();
        QTest::newRow("base64url") << Token.toBase64(QByteArray::Base64UrlEncoding);
        QTest::newRow("percent-encoded in small letters") << QByteArray("s3cr%22t%2f%2b%20t%c3%b6ken");
        QTest::newRow("in JSON") << QByteArray("s3cr\\\"t/+ t\xc3\xb6ken");
        QTest::newRow("in JSON of ASCII") << QByteArray("s3cr\\\"t/+ t\\u00f6ken");
        QTest::newRow("in JSON with escaped slashes") << QByteArray("s3cr\\\"t\\/+ t\\u00f6ken");
    }

    void everySpellingIsTakenOut()
    {
        QFETCH(QByteArray, said);
        const QString reason = Redactor({Secret(Token)}).reason("bad token: " + said + ", sorry");
        QVERIFY2(!reason.contains(QString::fromUtf8(said)), qPrintable(reason));
        QVERIFY2(reason.startsWith(u"bad token: \u2022\u2022\u2022") && reason.endsWith(u", sorry"), qPrintable(reason));
    }

    // As in "Authorization: Basic", whose base64 begins before the password.
    void whatBase64MakesOfItWithinMoreIsTakenOut()
    {
        for (const QByteArray& user : QByteArrayList{"a:", "ab:", "abc:", "abcd:"}) {
            const QByteArray said = QByteArray(user + Token + " and more").toBase64();
            const QString reason = Redactor({Secret(Token)}).reason("you sent " + said);
            QVERIFY2(reason.contains(u"\u2022\u2022\u2022"), qPrintable(reason));
            const qsizetype inside = user.size() * 4 / 3 + 2;
            QVERIFY2(!reason.toUtf8().contains(said.sliced(inside, 8)), qPrintable(reason));
        }
    }

    // A webhook's address: the host may be seen, the rest is the secret.
    void thePartsOfASecretAddressAreTakenOut()
    {
        const Redactor redactor({Secret("https://chat.example.org/hooks/T012/secret-path-9?v=1&sig=a%2Fsecret-9")});
        QCOMPARE(redactor.reason("no POST /hooks/T012/secret-path-9 here, sig a/secret-9 (a%2Fsecret-9)"),
                 u"no POST /hooks/T012/\u2022\u2022\u2022 here, sig \u2022\u2022\u2022 (\u2022\u2022\u2022)"_qs);
        QCOMPARE(redactor.reason("chat.example.org"), u"chat.example.org"_qs);
        QCOMPARE(Redactor({Secret("https://host-only.example")}).reason("host-only.example"), u"host-only.example"_qs);
    }

    void noCharacterIsCutInTwo()
    {
        const QString smile = QString::fromUcs4(U"\U0001F642");
        const Redactor redactor({});
        for (const QString& start : {QString(), u"x"_qs}) {
            const QString reason = redactor.reason((start + smile.repeated(Redactor::MaxReason)).toUtf8());
            QVERIFY(reason.size() <= Redactor::MaxReason && reason.endsWith(smile + u'\u2026'));
        }
    }

    void theLongerSecretGoesFirst()
    {
        QCOMPARE(Redactor({Secret("abc"), Secret("abcdef")}).reason("x abcdef y"), u"x \u2022\u2022\u2022 y"_qs);
    }

    void aSecretThatIsCutOffIsGoneToo()
    {
        const QString reason = Redactor({Secret("topsecret")}).reason("a long answer that ends in topsec", true);
        QVERIFY2(!reason.contains(u"topsec"), qPrintable(reason));
        QVERIFY(reason.startsWith(u"a long answer"));
    }

    void reasonsAreOneBoundedLine()
    {
        const QString reason = Redactor({}).reason("a\r\nb\0c\t" + QByteArray(10'000, 'x'));
        QCOMPARE(reason.size(), Redactor::MaxReason);
        QVERIFY(reason.startsWith(u"a b"));
        QVERIFY(!reason.contains(u'\n'));
        QCOMPARE(Redactor({Secret()}).reason(QByteArray("\xff\xfe", 2)).size(), 2);
    }
};

QTEST_GUILESS_MAIN(RedactorTest)
#include "RedactorTest.moc"
