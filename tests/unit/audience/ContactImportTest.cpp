// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/audience/ImportRoom.h"

using namespace carillon;

// What an import makes of the rows of a file.
class ContactImportTest : public ImportRoom {
    Q_OBJECT

private Q_SLOTS:
    void countsARealFileAsExpected()
    {
        const QString shared
            = qEnvironmentVariable("CARILLON_SHARED_DIR", QStringLiteral(CARILLON_SHARED_DIR)) + QStringLiteral("/data/");
        const QString path = shared + QStringLiteral("contacts-10k.csv");
        if (!QFile::exists(path))
            QSKIP("contacts-10k.csv is not on this machine");
        const QJsonObject expected
            = parseJsonObject(contents(shared + QStringLiteral("contacts-10k.expected.json"))).value_or(QJsonObject());
        const Result<ImportInspection> found = inspectCsv(path);
        QVERIFY(found.has_value());
        QCOMPARE(found->suggested.encoding, QStringLiteral("UTF-8"));
        QCOMPARE(found->suggested.mapping.mid(0, 7),
                 QStringLiteral("external_id|email|first_name|last_name|locale|time_zone|attribute:plan").split(u'|'));
        QCOMPARE(found->suggested.mapping.last(), QStringLiteral("phone"));
        MemorySink sink;
        const Ending ending = run(path, found->suggested, sink);
        QVERIFY(!ending.error);
        QCOMPARE(ending.counts.rows, expected[QStringLiteral("rows")].toInteger(-1));
        QCOMPARE(ending.counts.inserted, expected[QStringLiteral("good")].toInteger(-1));
        QCOMPARE(ending.counts.refused.size(), 4);
        for (const char* reason : {"duplicate", "invalid_email", "missing_email", "wrong_columns"})
            QCOMPARE(ending.counts.refused.value(QString::fromLatin1(reason)),
                     expected[QLatin1StringView(reason)].toInteger(-1));
        QCOMPARE(ending.counts.warnings, (QMap<QString, qint64>{}));
        QCOMPARE(ending.counts.bytesDone, ending.counts.bytesTotal);
        QCOMPARE(sink.rows.size(), ending.counts.inserted);
    }

    void makesAContactOfARow()
    {
        const QString path
            = fileOf("id,mail,first,last,lang,zone,tel,plan,note,unused\r\n"
                     " c-1 ,Ann@Example.ORG, Ann ,\"O'Neill,\r\nDr.\",pt_BR,Europe/Madrid,0049 (30) 123-456,gold,,x\r\n");
        MemorySink sink;
        ImportOptions options
            = optionsFor("external_id|email|first_name|last_name|locale|time_zone|phone|attribute:plan|attribute:note|");
        options.listId = 42;
        const Ending ending = run(path, options, sink);
        QVERIFY(!ending.error);
        QCOMPARE(sink.rows.size(), 1);
        QCOMPARE(sink.rows[0].line, 2);
        Contact expected;
        expected.externalId = QStringLiteral("c-1");
        expected.name = QStringLiteral("Ann O'Neill, Dr.");
        expected.locale = QStringLiteral("pt-BR");
        expected.timeZone = QStringLiteral("Europe/Madrid");
        expected.attributes = {{QStringLiteral("first_name"), QStringLiteral("Ann")},
                               {QStringLiteral("last_name"), QStringLiteral("O'Neill, Dr.")},
                               {QStringLiteral("plan"), QStringLiteral("gold")}};
        expected.addresses = {{.channel = QStringLiteral("email"), .value = QStringLiteral("Ann@example.org")},
                              {.channel = QStringLiteral("sms"), .value = QStringLiteral("+4930123456")}};
        QCOMPARE(sink.rows[0].contact, expected);
        QCOMPARE(sink.listIds, QList<qint64>{42});
    }

    void checksReasonsInTheirOrder()
    {
        const QString path = fileOf("email,name,city\n"
                                    "bad\n" // too few columns, before the address is looked at
                                    "ann@example.org,Ann,Ulm\n"
                                    "  ,Nobody,\n"
                                    "not an address,X,\n"
                                    "ANN@EXAMPLE.ORG,Again,\n"
                                    "bob@example.org,Bob,Ulm,one too many\n"
                                    "bob@example.org,Bob,Ulm,,\n"
                                    "eve@example.org,Ev\xE9,\n"
                                    "eve@example.org,\"Eve\n");
        MemorySink sink;
        ContactImport import(path, optionsFor("email|name|attribute:city"), sink);
        const Ending ending = run(import);
        QVERIFY(!ending.error);
        QList<std::pair<qint64, QString>> reported;
        for (const ReportedRow& row : ending.reported)
            reported << std::pair(row.line, row.problem.reason);
        const QList<std::pair<qint64, QString>> expected{
            {2, QStringLiteral("wrong_columns")},  {4, QStringLiteral("missing_email")},
            {5, QStringLiteral("invalid_email")},  {6, QStringLiteral("duplicate")},
            {7, QStringLiteral("wrong_columns")},  {9, QStringLiteral("bad_encoding")},
            {10, QStringLiteral("unclosed_quote")}};
        QCOMPARE(reported, expected);
        QCOMPARE(ending.counts.rows, 9);
        QCOMPARE(ending.counts.inserted, 2);
        QCOMPARE(ending.counts.refused.value(QStringLiteral("wrong_columns")), 2);
    }

    void importsWithoutCellsItCannotUseAndSaysSo()
    {
        const QString path = fileOf("email,lang,zone,tel\nann@example.org,German please,Mars/Olympus,030 123\n");
        MemorySink sink;
        const Ending ending = run(path, optionsFor("email|locale|time_zone|phone"), sink);
        QCOMPARE(ending.counts.inserted, 1);
        QCOMPARE(sink.rows[0].contact.locale, QString());
        QCOMPARE(sink.rows[0].contact.timeZone, QString());
        QCOMPARE(sink.rows[0].contact.addresses.size(), 1);
        QCOMPARE(ending.counts.warnings.keys(),
                 QStringLiteral("invalid_locale|invalid_phone|invalid_time_zone").split(u'|'));
        QCOMPARE(ending.reported.size(), 3);
    }

    void treatsKnownAddressesByPolicy()
    {
        const QString path = fileOf("email\nann@example.org\nbob@example.org\n");
        MemorySink sink;
        sink.known = {QStringLiteral("ann@example.org")};
        ImportOptions options = optionsFor("email");
        const Ending skipped = run(path, options, sink);
        QCOMPARE(skipped.counts.inserted, 1);
        QCOMPARE(skipped.counts.refused, (QMap<QString, qint64>{{QStringLiteral("duplicate"), 1}}));
        QCOMPARE(skipped.reported[0].line, 2);
        options.duplicatePolicy = DuplicatePolicy::Update;
        const Ending updated = run(path, options, sink);
        QCOMPARE(updated.counts.inserted, 1);
        QCOMPARE(updated.counts.updated, 1);
        QCOMPARE(updated.counts.refused, (QMap<QString, qint64>{}));
    }

    void savesAReport()
    {
        const QString path = fileOf("email,name\n,\"Nobody, \"\"quoted\"\"\nat all\"\nann@example.org,Ann\nx,Y\n");
        MemorySink sink;
        ContactImport import(path, optionsFor("email|name"), sink);
        run(import);
        const QString report = m_folder.filePath(QStringLiteral("report.csv"));
        QVERIFY(import.saveReport(report).has_value());
        const ImportInspection saved = inspectCsvBytes(contents(report), true);
        QCOMPARE(saved.header, QStringLiteral("line|reason|explanation|email|name").split(u'|'));
        QCOMPARE(saved.firstRows.size(), 2);
        QCOMPARE(saved.firstRows[0].mid(0, 2), (QStringList{QStringLiteral("2"), QStringLiteral("missing_email")}));
        QCOMPARE(saved.firstRows[0][4], QStringLiteral("Nobody, \"quoted\"\nat all"));
        QCOMPARE(saved.firstRows[1].mid(0, 2), (QStringList{QStringLiteral("5"), QStringLiteral("invalid_email")}));
        QVERIFY(!import.saveReport(m_folder.filePath(QStringLiteral("no/such/folder.csv"))).has_value());
    }

    void saysWhyItCannotStart()
    {
        MemorySink sink;
        QCOMPARE(run(m_folder.filePath(QStringLiteral("missing.csv")), optionsFor("email"), sink).error->code,
                 ErrorCode::Storage);
        QCOMPARE(run(fileOf("a\nb\n"), optionsFor("name"), sink).error->field, QStringLiteral("mapping"));
        QCOMPARE(run(fileOf("a\nb\n"), optionsFor("email|name"), sink).error->field, QStringLiteral("mapping"));
        const Ending empty = run(fileOf(""), optionsFor("email"), sink);
        QVERIFY(!empty.error);
        QCOMPARE(empty.counts.rows, 0);
    }

    void anyBytesAreCountedAndCrashNothing()
    {
        SeededRandom random(3);
        for (int round = 0; round < 200; ++round) {
            QByteArray bytes;
            for (quint64 i = random.below(3'000); i > 0; --i)
                bytes += random.below(4) == 0 ? ",\n\"@."[random.below(5)] : char(random.below(256));
            MemorySink sink;
            ImportOptions options = optionsFor("email|name");
            options.hasHeader = false;
            options.encoding = nameOf(TextEncoding(random.below(4)));
            const Ending ending = run(fileOf(bytes), options, sink);
            QVERIFY(!ending.error);
            qint64 refused = 0;
            for (const qint64 count : ending.counts.refused)
                refused += count;
            QCOMPARE(ending.counts.rows, ending.counts.inserted + refused);
        }
    }
};

QTEST_GUILESS_MAIN(ContactImportTest)
#include "ContactImportTest.moc"
