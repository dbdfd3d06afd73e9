// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/QuotedPrintable.h"
#include "engine/base/Random.h"

#include <QByteArray>
#include <QTest>

using namespace carillon;

class QuotedPrintableTest : public QObject {
    Q_OBJECT

private:
    static QByteArray encode(const QByteArray& text)
    {
        std::string out;
        appendQuotedPrintable({text.constData(), std::size_t(text.size())}, out);
        return QByteArray::fromStdString(out);
    }

    static QByteArray decode(QByteArray text)
    {
        text.replace("=\r\n", "");
        QByteArray result;
        for (qsizetype i = 0; i < text.size(); ++i) {
            if (text[i] == '=') {
                result += QByteArray::fromHex(text.mid(i + 1, 2));
                i += 2;
            } else {
                result += text[i];
            }
        }
        return result;
    }

    static QByteArray canonical(QByteArray text)
    {
        text.replace("\r\n", "\n").replace('\r', '\n').replace('\n', "\r\n");
        return text.isEmpty() || text.endsWith("\r\n") ? text : text + "\r\n";
    }

private Q_SLOTS:
    void encodes()
    {
        QCOMPARE(encode("a=b\nc \nd\t\r\n.e\nFrom f\rFrome"),
                 QByteArray("a=3Db\r\nc=20\r\nd=09\r\n=2Ee\r\n=46rom f\r\nFrome\r\n"));
        QCOMPARE(encode("é\x01"), QByteArray("=C3=A9=01\r\n"));
        QCOMPARE(encode(QByteArray(76, 'x')), QByteArray(76, 'x') + "\r\n");
        QCOMPARE(encode(QByteArray(77, 'x')), QByteArray(75, 'x') + "=\r\nxx\r\n");
        QCOMPARE(encode(QByteArray(75, 'x') + ".."), QByteArray(75, 'x') + "=\r\n=2E.\r\n");
        QCOMPARE(encode(""), QByteArray());
    }

    void anyBytesComeBack()
    {
        SeededRandom random(1);
        for (int round = 0; round < 3'000; ++round) {
            QByteArray text;
            const bool mostlyPlain = random.below(2) == 0;
            for (quint64 i = random.below(400); i > 0; --i)
                text += char(mostlyPlain && random.below(20) ? 32 + random.below(95) : random.below(256));
            const QByteArray encoded = encode(text);
            QCOMPARE(decode(encoded), canonical(text));
            QVERIFY(!encoded.contains("=_"));
            for (const QByteArray& line : encoded.split('\n')) {
                QVERIFY(line.size() <= 77 && !line.startsWith('.') && !line.startsWith("From "));
                QVERIFY(!line.chopped(line.endsWith('\r')).endsWith(' '));
            }
        }
    }

    void base64HoldsCanonicalLines()
    {
        std::string out;
        appendBase64("漢字\nかな\n", out);
        QCOMPARE(QByteArray::fromBase64(QByteArray::fromStdString(out)), QByteArray("漢字\r\nかな\r\n"));
        out.clear();
        appendBase64(std::string(1000, 'x'), out);
        for (const QByteArray& line : QByteArray::fromStdString(out).split('\n'))
            QVERIFY(line.size() <= 77);
    }
};

QTEST_GUILESS_MAIN(QuotedPrintableTest)
#include "QuotedPrintableTest.moc"
