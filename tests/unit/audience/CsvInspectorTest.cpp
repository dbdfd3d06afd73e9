// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/audience/CsvInspector.h"

#include "engine/audience/CsvFormat.h"
#include "engine/audience/ImportTargets.h"
#include "engine/base/Random.h"

#include <QTemporaryDir>
#include <QTest>

using namespace carillon;

namespace {

QStringList words(const char* text)
{
    return QString::fromUtf8(text).split(u'|');
}

} // namespace

class CsvInspectorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsTheDelimiter_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<char16_t>("delimiter");
        QTest::newRow("comma") << QByteArray("email,name\na@example.org,\"x;y;z\"\n") << u',';
        QTest::newRow("semicolon with decimal commas")
            << QByteArray("email;sum;tax\na@example.org;1,5;0,3\nb@example.org;2,5;0,4\n") << u';';
        QTest::newRow("tab") << QByteArray("email\tname\na@example.org\tDoe, Jane\n") << u'\t';
        QTest::newRow("bar") << QByteArray("email|name\na@example.org|Doe, Jane\nb@example.org|Roe; Joe\n") << u'|';
        QTest::newRow("one column") << QByteArray("email\na@example.org\n") << u',';
    }

    void findsTheDelimiter()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(char16_t, delimiter);
        QCOMPARE(inspectCsvBytes(bytes, true).suggested.delimiter, delimiter);
    }

    void tellsAHeaderFromData()
    {
        QVERIFY(inspectCsvBytes("email,name\na@example.org,A\n", true).suggested.hasHeader);
        const ImportInspection data
            = inspectCsvBytes("Ann,ann@example.org,+4930123456\nBob,bob@example.org,+4930123457\n", true);
        QVERIFY(!data.suggested.hasHeader);
        QCOMPARE(data.header, words("Column 1|Column 2|Column 3"));
        QCOMPARE(data.firstRows.size(), 2);
        QCOMPARE(data.suggested.mapping, words("|email|phone"));
    }

    void suggestsByHeaderWords_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QStringList>("mapping");
        QTest::newRow("English") << QByteArray("ID,E-Mail Address,First name,Surname,Language,Time Zone,Mobile phone")
                                 << words("external_id|email|first_name|last_name|locale|time_zone|phone");
        QTest::newRow("German") << QByteArray("Kundennummer,E-Mail-Adresse,Vorname,Nachname,Sprache,Zeitzone,Telefon")
                                << words("external_id|email|first_name|last_name|locale|time_zone|phone");
        QTest::newRow("French") << QByteArray("courriel,prénom,nom de famille,fuseau horaire,téléphone")
                                << words("email|first_name|last_name|time_zone|phone");
        QTest::newRow("Russian") << QByteArray("Почта,Имя,Фамилия,Телефон") << words("email|first_name|last_name|phone");
        QTest::newRow("Japanese") << QByteArray("メール,氏名,電話番号") << words("email|name|phone");
        QTest::newRow("attributes")
            << QByteArray("email,Signed up (UTC),2nd order,城市,plan,Plan")
            << words("email|attribute:signed_up_utc|attribute:column_3_2nd_order|attribute:column_4|attribute:plan|"
                     "attribute:column_6");
        QTest::newRow("a target is given once") << QByteArray("email,mail") << words("email|attribute:mail");
    }

    void suggestsByHeaderWords()
    {
        QFETCH(QByteArray, header);
        QFETCH(QStringList, mapping);
        const ImportInspection found = inspectCsvBytes(header, true);
        QCOMPARE(found.suggested.mapping, mapping);
        QVERIFY(checkMapping(found.suggested.mapping).has_value());
    }

    void suggestsByContent()
    {
        const ImportInspection found
            = inspectCsvBytes("who,where,reach\nAnn,ann@example.org,+49 30 123456\nBob,,0049 (30) 123-457\n", true);
        QCOMPARE(found.suggested.mapping, words("attribute:who|email|phone"));
    }

    void showsTheFirstRowsAndNotHalfOnes()
    {
        QByteArray bytes("email,name\n");
        for (int i = 0; i < 30; ++i)
            bytes += "person" + QByteArray::number(i) + "@example.org,\"Line\nbreak\"\n";
        QCOMPARE(inspectCsvBytes(bytes, true).firstRows.size(), 20);
        QCOMPARE(inspectCsvBytes("email,name\na@example.org,A\nb@exam", false).firstRows.size(), 1);
        QCOMPARE(inspectCsvBytes("email,name\na@example.org,A\nb@exam", true).firstRows.size(), 2);
    }

    void readsAFile()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("people.csv")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("email;name\na@example.org;J\xFCrgen\n");
        file.close();
        const Result<ImportInspection> found = inspectCsv(file.fileName());
        QVERIFY(found.has_value());
        QCOMPARE(found->suggested.encoding, QStringLiteral("windows-1252"));
        QCOMPARE(found->firstRows[0][1], QStringLiteral("J\u00FCrgen"));
        QCOMPARE(found->fileBytes, file.size());
    }

    void saysWhatIsWrongWithAFile()
    {
        QTemporaryDir folder;
        const QString missing = folder.filePath(QStringLiteral("missing.csv"));
        QCOMPARE(inspectCsv(missing).error().code, ErrorCode::Storage);
        QVERIFY(inspectCsv(missing).error().message.contains(missing));
        QFile empty(folder.filePath(QStringLiteral("empty.csv")));
        QVERIFY(empty.open(QIODevice::WriteOnly));
        QCOMPARE(inspectCsv(empty.fileName()).error().code, ErrorCode::InvalidInput);
    }

    void refusesFormatsThatCannotWork()
    {
        ImportOptions options;
        options.encoding = QStringLiteral("utf-8");
        QVERIFY(csvFormat(options).has_value());
        for (const char16_t delimiter : {u'"', u'\n', u'\0', u'\u00FC'}) {
            options.delimiter = delimiter;
            QCOMPARE(csvFormat(options).error().field, QStringLiteral("delimiter"));
        }
        options.encoding = QStringLiteral("EBCDIC");
        QCOMPARE(csvFormat(options).error().field, QStringLiteral("encoding"));
    }

    void anyBytesGiveAGuess()
    {
        SeededRandom random(11);
        for (int round = 0; round < 300; ++round) {
            QByteArray bytes;
            for (quint64 i = random.below(2'000); i > 0; --i)
                bytes += char(random.below(256));
            const ImportInspection found = inspectCsvBytes(bytes, round % 2 == 0);
            QVERIFY(found.firstRows.size() <= 20);
            QCOMPARE(found.suggested.mapping.size(), found.header.size());
        }
    }

    void refusesMappingsThatCannotWork_data()
    {
        QTest::addColumn<QStringList>("mapping");
        QTest::newRow("no e-mail") << words("name|external_id");
        QTest::newRow("twice") << words("email|name|name");
        QTest::newRow("unknown") << words("email|nickname");
        QTest::newRow("attribute without a name") << words("email|attribute:");
        QTest::newRow("attribute no template can name") << words("email|attribute:a b");
        QTest::newRow("attribute with a line break") << words("email|attribute:ab\n");
    }

    void refusesMappingsThatCannotWork()
    {
        QFETCH(QStringList, mapping);
        const Status status = checkMapping(mapping);
        QVERIFY(!status.has_value());
        QCOMPARE(status.error().code, ErrorCode::InvalidInput);
        QCOMPARE(status.error().field, QStringLiteral("mapping"));
    }
};

QTEST_GUILESS_MAIN(CsvInspectorTest)
#include "CsvInspectorTest.moc"
