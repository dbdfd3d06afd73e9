// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/JsonPosition.h"
#include "engine/base/Json.h"

#include <QFile>
#include <QTest>

using namespace carillon;

namespace {

const QByteArray Text = "{\n"
                        "  \"a\": 1, \"\\u00fc~/b\": \"\\u00e9, ]} \\\" x\",\n"
                        "  \"list\": [\n"
                        "    {\"deep\": [[], {}, [1, {\"x\": true}]]}, 2,\n"
                        "      3\n"
                        "  ], \"a\": {\"last\": \"of two\"},\n"
                        "  \"\\u00e4\": {\"\\u20ac\": 1, \"end\": null}\n"
                        "}\n";

} // namespace

class JsonPositionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyPointerHasItsPlace_data()
    {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        const auto row = [](const char* pointer, int line, int column) {
            QTest::newRow(pointer) << QString::fromUtf8(pointer) << line << column;
        };
        row("", 1, 1);
        row("/a", 6, 6);
        row("/a/last", 6, 12);
        row("/\u00fc~0~1b", 2, 11);
        row("/list", 3, 3);
        row("/list/0", 4, 5);
        row("/list/0/deep/2/1/x", 4, 28);
        row("/list/1", 4, 43);
        row("/list/2", 5, 7);
        row("/list/3", 3, 3);
        row("/list/-1", 3, 3);
        row("/list/x", 3, 3);
        row("/list/2/none", 5, 7);
        row("/none", 1, 1);
        row("/\u00e4/\u20ac", 7, 14);
        row("/\u00e4/end", 7, 27);
    }

    void everyPointerHasItsPlace()
    {
        QFETCH(QString, pointer);
        QFETCH(int, line);
        QFETCH(int, column);
        QVERIFY(parseJsonObject(Text));
        const TextPosition at = positionInJson(Text, pointer);
        QCOMPARE(at.line, line);
        QCOMPARE(at.column, column);
    }

    // Columns are of characters, not of bytes.
    void charactersCountOnce()
    {
        QCOMPARE(positionInJson("{\"\xc3\xa4\xe2\x82\xac\": 1, \"b\": 2}", u"/b"_qs), (TextPosition{1, 11}));
    }

    void deepTextsAndTextsThatEndTooSoonDoNoHarm()
    {
        const QByteArray deep = "{\"a\": " + QByteArray(100'000, '[') + QByteArray(100'000, ']') + ", \"b\": 1}";
        QCOMPARE(positionInJson(deep, u"/b"_qs).column, 200'009);
        for (qsizetype length = 0; length <= Text.size(); ++length) {
            for (const QString& pointer : {u"/list/0/deep/2/1/x"_qs, u"/\u00e4/end"_qs, u"/list/2"_qs})
                QVERIFY(positionInJson(Text.first(length), pointer).line >= 1);
        }
    }
};

QTEST_GUILESS_MAIN(JsonPositionTest)
#include "JsonPositionTest.moc"
