// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/audience/ImportRoom.h"

using namespace carillon;

namespace {

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

// How an import goes on and ends: batches, cancels, errors, memory.
class ContactImportRunTest : public ImportRoom {
    Q_OBJECT

private:
    static QByteArray people(int count)
    {
        QByteArray bytes("email\n");
        for (int i = 0; i < count; ++i)
            bytes += "p" + QByteArray::number(i) + "@example.org\n";
        return bytes;
    }

private Q_SLOTS:
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
        MemorySink sink;
        sink.held = true;
        ContactImport import(fileOf(people(5'000)), optionsFor("email"), sink);
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
        MemorySink sink;
        sink.held = true;
        ContactImport import(fileOf(people(5'000)), optionsFor("email"), sink);
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

QTEST_GUILESS_MAIN(ContactImportRunTest)
#include "ContactImportRunTest.moc"
