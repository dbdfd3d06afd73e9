// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/HeaderEncoder.h"

#include <QTest>

using namespace carillon;

class HeaderEncoderTest : public QObject {
    Q_OBJECT

private:
    static QString text(const QString& value)
    {
        std::string out;
        appendTextHeader("Subject", value.toStdString(), out);
        return QString::fromStdString(out);
    }

    static QString address(const QString& name)
    {
        std::string out;
        appendAddressHeader("To", name.toStdString(), "a@b.example", out);
        return QString::fromStdString(out);
    }

    // Undoes folding and encoded-words.
    static QString decode(QString header)
    {
        header = header.mid(header.indexOf(u':') + 2).chopped(2);
        header.replace(QStringLiteral("?=\r\n ="), QStringLiteral("?==")).remove(QStringLiteral("\r\n"));
        QByteArray result;
        for (qsizetype at = 0; at < header.size();) {
            if (!header.mid(at).startsWith(QStringLiteral("=?UTF-8?B?"))) {
                result += header.mid(at++, 1).toUtf8();
                continue;
            }
            const qsizetype end = header.indexOf(QStringLiteral("?="), at + 10);
            result += QByteArray::fromBase64(header.mid(at + 10, end - at - 10).toLatin1());
            at = end + 2;
        }
        return QString::fromUtf8(result);
    }

private Q_SLOTS:
    void plainTextStaysPlain()
    {
        QCOMPARE(text(QStringLiteral("Hello, world")), QStringLiteral("Subject: Hello, world\r\n"));
        QCOMPARE(text(QString()), QStringLiteral("Subject:\r\n"));
    }

    void noValueStartsAHeader()
    {
        const QString injected = text(QStringLiteral("a\r\nBcc: x@y.example\n\n\x01 b") + QChar(0));
        QCOMPARE(injected, QStringLiteral("Subject: a Bcc: x@y.example  b\r\n"));
        QCOMPARE(address(QStringLiteral("a\r\nBcc: x")), QStringLiteral("To: \"a Bcc: x\" <a@b.example>\r\n"));
    }

    void linesAreShortAndWordsWhole()
    {
        const QStringList samples = {
            QStringLiteral("word ").repeated(60).trimmed(),
            QStringLiteral("x").repeated(500),
            QStringLiteral("Zażółć gęślą jaźń ").repeated(20).trimmed(),
            QStringLiteral("漢字かな交じり文").repeated(30),
            QString::fromUtf8("👩‍👩‍👧‍👦🎉").repeated(25),
            QStringLiteral("=?UTF-8?B?SGVsbG8=?="),
            QStringLiteral("two  blanks   here ").repeated(12).trimmed(),
        };
        for (const QString& sample : samples) {
            const QString header = text(sample);
            for (const QString& line : header.chopped(2).split(QStringLiteral("\r\n"))) {
                QVERIFY2(line.size() <= 76, qPrintable(line));
                QVERIFY2(!line.trimmed().isEmpty(), qPrintable(header));
                for (const QString& word : line.split(u' ')) {
                    QVERIFY2(!word.startsWith(QStringLiteral("=?")) || word.size() <= 75, qPrintable(word));
                    if (word.startsWith(QStringLiteral("=?UTF-8?B?"))) // each one is whole characters
                        QVERIFY(!QString::fromUtf8(QByteArray::fromBase64(word.mid(10).chopped(2).toLatin1()))
                                     .contains(QChar::ReplacementCharacter));
                }
            }
            QCOMPARE(decode(header), sample);
        }
    }

    void namesAreQuotedOrEncodedAsNeeded()
    {
        QCOMPARE(address(QString()), QStringLiteral("To: a@b.example\r\n"));
        QCOMPARE(address(QStringLiteral("Ana Bo")), QStringLiteral("To: Ana Bo <a@b.example>\r\n"));
        QCOMPARE(address(QStringLiteral("Bo, Dr. \"A\\B\"")),
                 QStringLiteral("To: \"Bo, Dr. \\\"A\\\\B\\\"\" <a@b.example>\r\n"));
        QCOMPARE(address(QStringLiteral("Zoë")), QStringLiteral("To: =?UTF-8?B?Wm/Dqw==?= <a@b.example>\r\n"));
        QVERIFY(address(QStringLiteral("x=?y")).startsWith(QStringLiteral("To: =?UTF-8?B?")));
    }

    void findsControlCharacters()
    {
        for (const char* text : {"a\rb", "\n", "a\tb", "\x7f", "\xc2\x85", "x\x1b"})
            QVERIFY(hasControlCharacter(text));
        QVERIFY(hasControlCharacter(std::string_view("a\0b", 3)));
        QVERIFY(!hasControlCharacter("Zoë Ångström 漢字 \xc2\xa0"));
    }
};

QTEST_GUILESS_MAIN(HeaderEncoderTest)
#include "HeaderEncoderTest.moc"
