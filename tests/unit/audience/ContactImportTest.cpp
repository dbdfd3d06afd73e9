// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/audience/ContactImport.h"

#include "engine/audience/CsvInspector.h"
#include "engine/base/Json.h"
#include "engine/base/Random.h"
#include "engine/model/EmailAddress.h"

#include <QPromise>
#include <QSet>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace carillon;

namespace {

// Keeps contacts in memory. Answers at once, or when `answerNext` is called while `held` is true.
class MemorySink final : public ContactSink {
public:
    QFuture<Result<BatchOutcome>> store(ImportBatch batch) override
    {
        m_waiting.push_back({std::move(batch), {}});
        m_waiting.back().promise.start();
        QFuture<Result<BatchOutcome>> future = m_waiting.back().promise.future();
        mostWaiting = qMax(mostWaiting, m_waiting.size());
        if (!held)
            answer(m_waiting.size() - 1);
        return future;
    }

    void answer(size_t index)
    {
        Waiting waiting = std::move(m_waiting[index]);
        m_waiting.erase(m_waiting.begin() + qsizetype(index));
        waiting.promise.addResult(failure ? Result<BatchOutcome>(fail(*failure))
                                          : Result<BatchOutcome>(keep(waiting.batch)));
        waiting.promise.finish();
    }

    size_t waiting() const { return m_waiting.size(); }

    bool held = false;
    bool forget = false; // count, but do not keep
    std::optional<Error> failure;
    QSet<QString> known;
    QList<ImportRow> rows;
    qint64 stored = 0;
    QList<qint64> listIds;
    size_t mostWaiting = 0;
    qsizetype largestBatch = 0;

private:
    struct Waiting {
        ImportBatch batch;
        QPromise<Result<BatchOutcome>> promise;
    };

    BatchOutcome keep(const ImportBatch& batch)
    {
        BatchOutcome outcome;
        largestBatch = qMax(largestBatch, batch.rows.size());
        listIds << batch.listId;
        for (const ImportRow& row : batch.rows) {
            const bool isKnown = known.contains(addressKey(QStringLiteral("email"), row.contact.addresses[0].value));
            const bool skipped = isKnown && batch.duplicatePolicy == DuplicatePolicy::Skip;
            outcome.rows << (skipped ? RowOutcome::Duplicate : isKnown ? RowOutcome::Updated : RowOutcome::Inserted);
            stored += skipped ? 0 : 1;
            if (!forget && !skipped)
                rows << row;
        }
        return outcome;
    }

    std::deque<Waiting> m_waiting;
};

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define CARILLON_SANITIZED
#endif
#endif
#if defined(CARILLON_SANITIZED) || defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

// How an import ended.
struct Ending {
    ImportProgress counts;
    std::optional<Error> error;
    QList<ReportedRow> reported;
};

qint64 peakMemoryKiB()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray& line : status.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.simplified().split(' ').value(1).toLongLong();
    }
    return -1;
}

} // namespace

class ContactImportTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString fileOf(const QByteArray& bytes)
    {
        QFile file(m_folder.filePath(QStringLiteral("contacts.csv")));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write the test's file");
        return file.fileName();
    }

    static Ending run(const QString& path, const ImportOptions& options, MemorySink& sink)
    {
        ContactImport import(path, options, sink);
        return run(import);
    }

    static Ending run(ContactImport& import)
    {
        QSignalSpy finished(&import, &ContactImport::finished);
        import.start();
        if (finished.isEmpty() && !finished.wait(60'000))
            return {{}, Error{ErrorCode::Timeout, {}, {}}, {}};
        return {finished[0][0].value<ImportProgress>(), import.error(), import.firstReported()};
    }

    static ImportOptions optionsFor(const char* mapping)
    {
        ImportOptions options;
        options.encoding = QStringLiteral("UTF-8");
        options.mapping = QString::fromUtf8(mapping).split(u'|');
        return options;
    }

    static QByteArray contents(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

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

    void reportsInTheOrderOfTheFileWhateverTheOrderOfAnswers()
    {
        QByteArray bytes("email\n");
        for (int i = 0; i < 1'500; ++i)
            bytes += i % 3 == 0 ? QByteArray("x\n") : "p" + QByteArray::number(i) + "@example.org\n";
        MemorySink sink;
        sink.held = true;
        sink.known = {QStringLiteral("p1@example.org"), QStringLiteral("p1499@example.org")};
        ContactImport import(fileOf(bytes), optionsFor("email"), sink);
        QSignalSpy finished(&import, &ContactImport::finished);
        import.start();
        QTRY_COMPARE(sink.waiting(), 2U);
        sink.answer(1);
        sink.held = false;
        sink.answer(0);
        QVERIFY(finished.wait());
        QCOMPARE(import.progress().refused,
                 (QMap<QString, qint64>{{QStringLiteral("invalid_email"), 500}, {QStringLiteral("duplicate"), 2}}));
        const QString report = m_folder.filePath(QStringLiteral("report.csv"));
        QVERIFY(import.saveReport(report).has_value());
        qint64 last = 0;
        const QList<QByteArray> lines = contents(report).split('\n');
        QCOMPARE(lines.size(), 504);
        for (const QByteArray& line : lines.mid(1, 502)) {
            QVERIFY(line.split(',')[0].toLongLong() > last);
            last = line.split(',')[0].toLongLong();
        }
        QCOMPARE(last, 1'501);
    }

    void keepsAtMostTwoBatchesUnderWay()
    {
        QByteArray bytes("email\n");
        for (int i = 0; i < 5'000; ++i)
            bytes += "p" + QByteArray::number(i) + "@example.org\n";
        MemorySink sink;
        sink.held = true;
        ContactImport import(fileOf(bytes), optionsFor("email"), sink);
        QSignalSpy finished(&import, &ContactImport::finished);
        import.start();
        for (int answered = 0; answered < 10; ++answered) {
            QTRY_VERIFY(sink.waiting() > 0);
            sink.answer(0);
        }
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(sink.mostWaiting, 2U);
        QCOMPARE(sink.largestBatch, 500);
        QCOMPARE(import.progress().inserted, 5'000);
    }

    void cancelWaitsForWhatIsUnderWayAndReadsNoFurther()
    {
        QByteArray bytes("email\n");
        for (int i = 0; i < 5'000; ++i)
            bytes += "p" + QByteArray::number(i) + "@example.org\n";
        MemorySink sink;
        sink.held = true;
        ContactImport import(fileOf(bytes), optionsFor("email"), sink);
        QSignalSpy finished(&import, &ContactImport::finished);
        import.start();
        QTRY_COMPARE(sink.waiting(), 2U);
        import.cancel();
        QCoreApplication::sendPostedEvents(&import);
        QCOMPARE(finished.size(), 0);
        sink.answer(0);
        sink.answer(0);
        QTRY_COMPARE(finished.size(), 1);
        const ImportProgress counts = finished[0][0].value<ImportProgress>();
        QVERIFY(counts.finished);
        QVERIFY(counts.cancelled);
        QVERIFY(!counts.error.isEmpty());
        QCOMPARE(counts.inserted, 1'000);
        QCOMPARE(sink.waiting(), 0U);
    }

    void anEndlessLineCanBeCancelled()
    {
        MemorySink sink;
        ContactImport import(fileOf("email\n" + QByteArray(4 * 1024 * 1024, 'x')), optionsFor("email"), sink);
        QSignalSpy finished(&import, &ContactImport::finished);
        connect(&import, &ContactImport::progressed, &import, &ContactImport::cancel);
        import.start();
        QVERIFY(finished.wait());
        QVERIFY(import.progress().cancelled);
        QVERIFY(import.progress().bytesDone < 1024 * 1024);
    }

    void aCancelThatComesTooLateChangesNothing()
    {
        MemorySink sink;
        ContactImport import(fileOf("email\nann@example.org\n"), optionsFor("email"), sink);
        const Ending ending = run(import);
        import.cancel();
        QVERIFY(!ending.error);
        QVERIFY(!import.error());
        QVERIFY(!import.progress().cancelled);
    }

    void anErrorOfTheSinkEndsTheImport()
    {
        MemorySink sink;
        sink.failure = Error{ErrorCode::StorageFull, QStringLiteral("The disk is full."), {}};
        const Ending ending = run(fileOf("email\nann@example.org\n"), optionsFor("email"), sink);
        QCOMPARE(ending.error, sink.failure);
        QCOMPARE(ending.counts.inserted, 0);
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

    // CARILLON_LARGE_IMPORT_MB=200 for the real thing.
    void memoryDoesNotGrowWithTheFile()
    {
        if (sanitized)
            QSKIP("a sanitizer keeps freed memory for itself");
        const qint64 megabytes = qMax(8, qEnvironmentVariableIntValue("CARILLON_LARGE_IMPORT_MB"));
        QFile file(m_folder.filePath(QStringLiteral("large.csv")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("email,name,note,broken\n");
        const QByteArray note(900, 'n');
        qint64 written = 0;
        for (; file.pos() < megabytes * 1024 * 1024; ++written) {
            const QByteArray row = "p" + QByteArray::number(written) + "@example.org,Name," + note;
            file.write(row + (written % 10 == 0 ? "\n" : ",\n"));
        }
        file.close();
        MemorySink sink;
        sink.forget = true;
        const qint64 before = peakMemoryKiB();
        const Ending ending = run(file.fileName(), optionsFor("email|name|attribute:note|"), sink);
        QVERIFY(!ending.error);
        QCOMPARE(ending.counts.rows, written);
        QCOMPARE(ending.counts.inserted, sink.stored);
        const qint64 grown = peakMemoryKiB() - before;
        QVERIFY2(grown < 48 * 1024, qPrintable(QStringLiteral("grew by %1 KiB").arg(grown)));
        QVERIFY(file.remove());
    }
};

QTEST_GUILESS_MAIN(ContactImportTest)
#include "ContactImportTest.moc"
