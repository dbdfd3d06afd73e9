// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/DotStuffing.h"
#include "engine/base/Random.h"

#include <QTest>

using namespace carillon;

class DotStuffingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void stuffsAndNormalises_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("wire");
        QTest::addColumn<qint64>("size");
        QTest::newRow("clean") << QByteArray("a\r\nb\r\n") << QByteArray("a\r\nb\r\n") << qint64(6);
        QTest::newRow("empty") << QByteArray() << QByteArray() << qint64(0);
        QTest::newRow("no last line end") << QByteArray("a\r\nb") << QByteArray("a\r\nb\r\n") << qint64(6);
        QTest::newRow("dot first") << QByteArray(".\r\n..\r\n.a\r\n") << QByteArray("..\r\n...\r\n..a\r\n") << qint64(11);
        QTest::newRow("dot inside") << QByteArray("a.\r\n") << QByteArray("a.\r\n") << qint64(4);
        QTest::newRow("bare LF") << QByteArray("a\nb\n") << QByteArray("a\r\nb\r\n") << qint64(6);
        QTest::newRow("bare CR") << QByteArray("a\rb\r") << QByteArray("a\r\nb\r\n") << qint64(6);
        QTest::newRow("CR CR LF") << QByteArray("a\r\r\n") << QByteArray("a\r\n\r\n") << qint64(5);
        QTest::newRow("smuggled LF dot LF") << QByteArray("a\n.\nMAIL") << QByteArray("a\r\n..\r\nMAIL\r\n") << qint64(12);
        QTest::newRow("smuggled CR dot CR") << QByteArray("a\r.\rMAIL") << QByteArray("a\r\n..\r\nMAIL\r\n") << qint64(12);
        QTest::newRow("smuggled CR LF dot LF")
            << QByteArray("a\r\n.\nMAIL") << QByteArray("a\r\n..\r\nMAIL\r\n") << qint64(12);
    }

    void stuffsAndNormalises()
    {
        QFETCH(QByteArray, content);
        const DotStuffed stuffed = dotStuff(content);
        QTEST(stuffed.octets, "wire");
        QTEST(stuffed.size, "size");
    }

    void cleanContentIsNotCopied()
    {
        const QByteArray content("Subject: x\r\n\r\nHello\r\n");
        QCOMPARE(dotStuff(content).octets.constData(), content.constData());
    }

    // Whatever goes in: no bare CR or LF, no line that is a lone dot, whole lines only.
    void nothingCanEndTheMailEarly()
    {
        SeededRandom random(7);
        const QByteArray alphabet("\r\n.a");
        for (int round = 0; round < 20'000; ++round) {
            QByteArray content;
            for (quint64 left = random.below(12); left > 0; --left)
                content += alphabet[qsizetype(random.below(4))];
            const QByteArray wire = dotStuff(content).octets;
            QVERIFY(wire.isEmpty() || wire.endsWith("\r\n"));
            QVERIFY2(!QByteArray("\r\n" + wire).contains("\r\n.\r\n"), content.toHex().constData());
            QByteArray bare = wire;
            bare.replace("\r\n", "");
            QVERIFY2(!bare.contains('\r') && !bare.contains('\n'), content.toHex().constData());
        }
    }
};

QTEST_GUILESS_MAIN(DotStuffingTest)
#include "DotStuffingTest.moc"
