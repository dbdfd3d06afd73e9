// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/audience/CsvReader.h"

#include "engine/base/Random.h"

#include <QTest>

using namespace carillon;

namespace {

QList<CsvRecord> read(const QByteArray& bytes, CsvFormat format = {}, qsizetype chunkBytes = 0)
{
    CsvReader reader(format);
    QList<CsvRecord> records;
    const auto takeAll = [&] {
        while (const std::optional<CsvRecord> record = reader.next())
            records << *record;
    };
    const qsizetype step = chunkBytes > 0 ? chunkBytes : qMax(bytes.size(), qsizetype(1));
    for (qsizetype begin = 0; begin < bytes.size(); begin += step) {
        reader.feed(bytes.mid(begin, step));
        takeAll();
    }
    reader.finish();
    takeAll();
    return records;
}

QList<QStringList> fieldsOf(const QList<CsvRecord>& records)
{
    QList<QStringList> fields;
    for (const CsvRecord& record : records)
        fields << record.fields;
    return fields;
}

QStringList words(const char* text)
{
    return QString::fromUtf8(text).split(u'~');
}

} // namespace

class CsvReaderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsRecords_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QList<QStringList>>("fields");
        using Rows = QList<QStringList>;
        QTest::newRow("nothing") << QByteArray() << Rows{};
        QTest::newRow("line ends") << QByteArray("a,b\r\nc,d\ne,f\rg,h")
                                   << Rows{words("a~b"), words("c~d"), words("e~f"), words("g~h")};
        QTest::newRow("empty fields") << QByteArray(",\n,,\n") << Rows{words("~"), words("~~")};
        QTest::newRow("empty lines are no records") << QByteArray("\r\n\na\n\n\r\r\nb\n\n") << Rows{words("a"), words("b")};
        QTest::newRow("an empty quoted field is one") << QByteArray("\"\"\n") << Rows{words("")};
        QTest::newRow("quotes") << QByteArray("\"a,b\",\"say \"\"hi\"\"\",\"\"\"\"\n") << Rows{words("a,b~say \"hi\"~\"")};
        QTest::newRow("line breaks in quotes")
            << QByteArray("\"a\r\nb\",\"c\nd\",\"e\rf\"\r\ng\r\n") << Rows{words("a\r\nb~c\nd~e\rf"), words("g")};
        QTest::newRow("quote inside plain field") << QByteArray("5\" pipe,a\"b\"\n") << Rows{words("5\" pipe~a\"b\"")};
        QTest::newRow("text behind a closing quote") << QByteArray("\"a\"b\"c,d\n") << Rows{words("ab\"c~d")};
        QTest::newRow("byte-order mark before a quote") << QByteArray("\xEF\xBB\xBF\"a\",b\n") << Rows{words("a~b")};
        QTest::newRow("byte-order mark alone") << QByteArray("\xEF\xBB\xBF") << Rows{};
        QTest::newRow("half a byte-order mark") << QByteArray("\xEF\xBB") << Rows{{QStringLiteral("\uFFFD\uFFFD")}};
        QTest::newRow("spaces stay") << QByteArray(" a , b \n") << Rows{words(" a ~ b ")};
    }

    void readsRecords()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QList<QStringList>, fields);
        QCOMPARE(fieldsOf(read(bytes)), fields);
        QCOMPARE(fieldsOf(read(bytes, {}, 1)), fields);
    }

    void takesTheDelimiterItIsGiven()
    {
        QCOMPARE(fieldsOf(read("a;b,c;\"d;e\"\n", {TextEncoding::Utf8, ';'})), QList<QStringList>{words("a~b,c~d;e")});
        QCOMPARE(fieldsOf(read("a\t\tb\n", {TextEncoding::Utf8, '\t'})), QList<QStringList>{words("a~~b")});
    }

    void countsPhysicalLines()
    {
        QList<qint64> lines;
        for (const CsvRecord& record : read("a\r\n\r\n\"b\r\nb\nb\rb\",c\rd\n\ne"))
            lines << record.line;
        QCOMPARE(lines, (QList<qint64>{1, 3, 7, 9}));
    }

    void readsUtf16AndWindows1252()
    {
        const QString text = QStringLiteral("na\u00EFve,\u6771\u4EAC\U0001F514\r\n\u00DF,\u0416");
        const QList<QStringList> fields{{QStringLiteral("na\u00EFve"), QStringLiteral("\u6771\u4EAC\U0001F514")},
                                        {QStringLiteral("\u00DF"), QStringLiteral("\u0416")}};
        for (const auto& [encoding, qt] : {std::pair(TextEncoding::Utf16LE, QStringConverter::Utf16LE),
                                           std::pair(TextEncoding::Utf16BE, QStringConverter::Utf16BE)}) {
            const QByteArray bytes = QStringEncoder(qt, QStringConverter::Flag::WriteBom).encode(text);
            QCOMPARE(detectEncoding(bytes), encoding);
            QCOMPARE(fieldsOf(read(bytes, {encoding, ','})), fields);
            QCOMPARE(fieldsOf(read(bytes, {encoding, ','}, 1)), fields);
        }
        const QByteArray western("caf\xE9,\x80 5,\x93x\x94\n");
        QCOMPARE(detectEncoding(western), TextEncoding::Windows1252);
        QCOMPARE(fieldsOf(read(western, {TextEncoding::Windows1252, ','})),
                 (QList<QStringList>{
                     {QStringLiteral("caf\u00E9"), QStringLiteral("\u20AC 5"), QStringLiteral("\u201Cx\u201D")}}));
    }

    void detectsUtf8CutInsideACharacter()
    {
        QCOMPARE(detectEncoding("abc \xE6\x9D"), TextEncoding::Utf8);
        QCOMPARE(detectEncoding("abc \xE6 def"), TextEncoding::Windows1252);
        QCOMPARE(detectEncoding("plain"), TextEncoding::Utf8);
    }

    void marksTheOneRecordThatIsNotUtf8()
    {
        const QList<CsvRecord> records = read("a,b\ncaf\xE9,c\nd,e\n");
        QCOMPARE(records.size(), 3);
        QCOMPARE(records[0].problem, CsvProblem::None);
        QCOMPARE(records[1].problem, CsvProblem::BadEncoding);
        QCOMPARE(records[1].fields, (QStringList{QStringLiteral("caf\uFFFD"), QStringLiteral("c")}));
        QCOMPARE(records[2].problem, CsvProblem::None);
        QCOMPARE(read("\xEF\xBF\xBD,b\n")[0].problem, CsvProblem::None); // U+FFFD itself is no damage
    }

    void marksAQuoteThatNeverCloses()
    {
        const QList<CsvRecord> records = read("a,b\nc,\"d\ne,f\n");
        QCOMPARE(records.size(), 2);
        QCOMPARE(records[1].problem, CsvProblem::UnclosedQuote);
        QCOMPARE(records[1].line, 2);
    }

    void goesOnBehindARecordThatIsTooLarge_data()
    {
        QTest::addColumn<QByteArray>("monster");
        QTest::newRow("plain") << QByteArray(CsvReader::maxRecordBytes + 1, 'x');
        QTest::newRow("quoted and never closed") << QByteArray('"' + QByteArray(CsvReader::maxRecordBytes + 1, 'x'));
        QTest::newRow("doubled quotes") << QByteArray('"' + QByteArray(2 * CsvReader::maxRecordBytes + 2, '"'));
        QTest::newRow("too many fields") << QByteArray(CsvReader::maxFields, ',');
        QTest::newRow("line breaks in quotes")
            << QByteArray('"' + QByteArray("xxx\r\n").repeated(CsvReader::maxRecordBytes / 5) + "yy");
    }

    void goesOnBehindARecordThatIsTooLarge()
    {
        QFETCH(QByteArray, monster);
        const QByteArray bytes = "a,b\n" + monster + "\nc,d\n";
        for (const qsizetype chunk : {qsizetype(0), qsizetype(65536), qsizetype(4093)}) {
            const QList<CsvRecord> records = read(bytes, {}, chunk);
            QCOMPARE(records.size(), 3);
            QCOMPARE(records[1].problem, CsvProblem::TooLarge);
            QCOMPARE(records[1].line, 2);
            QCOMPARE(records[2].fields, words("c~d"));
            QCOMPARE(records[2].problem, CsvProblem::None);
        }
    }

    void takesARecordOfExactlyTheLimit()
    {
        const QList<CsvRecord> records = read(QByteArray(CsvReader::maxRecordBytes, 'x') + "\na\n");
        QCOMPARE(records.size(), 2);
        QCOMPARE(records[0].problem, CsvProblem::None);
        QCOMPARE(records[0].fields[0].size(), CsvReader::maxRecordBytes);
    }

    // Bytes drawn from those that mean something to the reader, cut in every way, mean the same.
    void chunksDoNotMatterAndNoBytesCrash()
    {
        SeededRandom random(7);
        const QByteArray alphabet("a,\"\r\n;\xEF\xBB\xBF\xE9\0\xFF\xFE\xD8", 14);
        for (int round = 0; round < 3'000; ++round) {
            QByteArray bytes;
            const quint64 size = random.below(60);
            for (quint64 i = 0; i < size; ++i)
                bytes += alphabet[qsizetype(random.below(quint64(alphabet.size())))];
            const CsvFormat format{TextEncoding(random.below(4)), random.below(2) == 0 ? ',' : ';'};
            const QList<CsvRecord> whole = read(bytes, format);
            for (const qsizetype chunk : {1, 2, 3, 7})
                QVERIFY2(read(bytes, format, chunk) == whole, qPrintable(QString::fromLatin1(bytes.toHex(' '))));
        }
    }
};

QTEST_GUILESS_MAIN(CsvReaderTest)
#include "CsvReaderTest.moc"
