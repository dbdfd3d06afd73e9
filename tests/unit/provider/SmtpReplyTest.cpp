// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/SmtpReply.h"
#include "engine/base/Random.h"

#include <QTest>

using namespace carillon;

namespace {

// All replies in `octets`; the last is -1 when the parser gave up.
QList<int> codesIn(SmtpReplyParser& parser, const QByteArray& octets)
{
    QList<int> codes;
    parser.feed(octets);
    while (true) {
        const Result<std::optional<SmtpReply>> next = parser.next();
        if (!next)
            return codes << -1;
        if (!next->has_value())
            return codes;
        codes << (*next)->code;
    }
}

} // namespace

class SmtpReplyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsRepliesWholeOrOctetByOctet()
    {
        const QByteArray octets("220 hi\r\n250-one\r\n250-two\r\n250 three\r\n250\r\n354 go\n");
        const QList<int> expected{220, 250, 250, 354};
        SmtpReplyParser whole;
        QCOMPARE(codesIn(whole, octets), expected);
        SmtpReplyParser slow;
        QList<int> codes;
        for (const char octet : octets)
            codes += codesIn(slow, QByteArray(1, octet));
        QCOMPARE(codes, expected);
    }

    void joinsTheLinesOfOneReply()
    {
        SmtpReplyParser parser;
        parser.feed("550-5.1.1 No such\r\n550-5.1.1 user\r\n550 5.1.1 here\r\n");
        const SmtpReply reply = **parser.next();
        QCOMPARE(wordsOf(reply), QStringLiteral("No such user here"));
        QCOMPARE(codeOf(reply), QStringLiteral("550 5.1.1"));
    }

    void refusesGarbage_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::newRow("words") << QByteArray("hello\r\n");
        QTest::newRow("short") << QByteArray("25\r\n");
        QTest::newRow("empty line") << QByteArray("\r\n");
        QTest::newRow("first digit") << QByteArray("650 x\r\n");
        QTest::newRow("no separator") << QByteArray("250x\r\n");
        QTest::newRow("codes differ") << QByteArray("250-a\r\n251 b\r\n");
        QTest::newRow("zero") << QByteArray("250 ok\r\n\0\0\0\r\n", 13);
        QTest::newRow("endless line") << "250 " + QByteArray(13'000, 'x');
        QTest::newRow("endless line, ended") << "250 " + QByteArray(13'000, 'x') + "\r\n";
        QTest::newRow("endless reply") << QByteArray("250-x\r\n").repeated(101);
    }

    void refusesGarbage()
    {
        QFETCH(QByteArray, octets);
        SmtpReplyParser parser;
        QCOMPARE(codesIn(parser, octets).last(), -1);
    }

    void takesTheLongestChallenge()
    {
        SmtpReplyParser parser;
        QCOMPARE(codesIn(parser, "334 " + QByteArray(12'000, 'x') + "\r\n"), QList<int>{334});
        QCOMPARE(codesIn(parser, QByteArray("250-x\r\n").repeated(99) + "250 x\r\n"), QList<int>{250});
    }

    void readsEnhancedCodes_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("shown");
        QTest::newRow("plain") << 550 << QByteArray("5.1.1 x") << QStringLiteral("550 5.1.1");
        QTest::newRow("three digits") << 550 << QByteArray("5.7.515 x") << QStringLiteral("550 5.7.515");
        QTest::newRow("alone") << 250 << QByteArray("2.0.0") << QStringLiteral("250 2.0.0");
        QTest::newRow("none") << 550 << QByteArray("No such user") << QStringLiteral("550");
        QTest::newRow("other class") << 450 << QByteArray("5.1.1 x") << QStringLiteral("450");
        QTest::newRow("a version") << 550 << QByteArray("5.1.1.2 x") << QStringLiteral("550");
        QTest::newRow("too long") << 550 << QByteArray("5.1111.1 x") << QStringLiteral("550");
        QTest::newRow("cut off") << 550 << QByteArray("5.1.") << QStringLiteral("550");
    }

    void readsEnhancedCodes()
    {
        QFETCH(int, code);
        QFETCH(QByteArray, text);
        QTEST(codeOf({code, text}), "shown");
    }

    void wordsArePrintableAndBounded()
    {
        const QString words = wordsOf({550, "a\x1b[31mred\x07 \xff\xfe " + QByteArray(5'000, 'x')});
        QCOMPARE(words.size(), 500);
        QVERIFY(words.startsWith(QStringLiteral("a [31mred ")));
        QVERIFY(std::all_of(words.begin(), words.end(), [](QChar c) { return c.isPrint(); }));
    }

    void survivesAnyOctets()
    {
        SeededRandom random(11);
        const QByteArray alphabet("25034-. \r\n\0\xffx", 13);
        for (int round = 0; round < 20'000; ++round) {
            SmtpReplyParser parser;
            QByteArray octets;
            for (quint64 left = random.below(40); left > 0; --left)
                octets += alphabet[qsizetype(random.below(quint64(alphabet.size())))];
            for (const int code : codesIn(parser, octets))
                QVERIFY(code == -1 || (code >= 200 && code < 600));
        }
    }
};

QTEST_GUILESS_MAIN(SmtpReplyTest)
#include "SmtpReplyTest.moc"
