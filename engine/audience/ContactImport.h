// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/audience/ContactSink.h"
#include "engine/audience/CsvReader.h"
#include "engine/audience/FingerprintSet.h"
#include "engine/audience/ImportReport.h"
#include "engine/model/Import.h"

#include <QFile>
#include <QFutureWatcher>
#include <QObject>

#include <deque>
#include <memory>
#include <optional>

namespace carillon {

// Streams contacts from a CSV file of any size into a sink: a piece of the file at a time, with at most two batches under
// way, so that memory is bounded by them (and 16 to 32 bytes for each address, to know it again; at most 25 million). What
// was stored before an error or a cancel stays stored.
//
// Lives in any thread with an event loop and blocks it for a few milliseconds at most; its methods are called there.
//
//     ContactImport import(path, options, sink);
//     connect(&import, &ContactImport::finished, this, [](const ImportProgress& counts) { ... });
//     import.start();
class ContactImport : public QObject {
    Q_OBJECT

public:
    static constexpr qsizetype batchRows = 500;
    static constexpr qsizetype shownReports = 200;

    // The sink must outlive the import and the answers of the sink.
    ContactImport(QString path, ImportOptions options, ContactSink& sink, QObject* parent = nullptr);
    ~ContactImport() override;

    // Returns at once; finished() follows exactly once, after start() has returned, also when the options or the file are
    // wrong.
    void start();
    // Reads no further; finished() follows when the batches under way are answered. Too late when the whole file is read.
    void cancel();
    // Every row is counted once: rows = inserted + updated + the sum of refused.
    const ImportProgress& progress() const { return m_progress; }
    // Why it ended before the end of the file; nothing when it did not.
    const std::optional<Error>& error() const { return m_error; }
    // The first rows of the report, at most shownReports of them, to be looked at.
    const QList<ReportedRow>& firstReported() const { return m_firstReported; }
    // The refused rows and those imported without a cell, as CSV. To be called after finished(). Blocks for as long as the
    // copying takes.
    Status saveReport(const QString& path) const;

Q_SIGNALS:
    void progressed(
        const carillon::ImportProgress& progress); // at most a hundred times, about one for each hundredth of the file
    void finished(const carillon::ImportProgress& progress);

private:
    // Rows that go to the sink together, and what is to be reported of the lines among them.
    struct Batch {
        QList<ImportRow> rows;
        QList<QStringList> fields; // of `rows`, for the report
        QList<ReportedRow> refused;
        QList<ReportedRow> warnings;
        qint64 recordCount = 0; // accepted or refused
        qsizetype characters = 0; // of their fields
        std::unique_ptr<QFutureWatcher<Result<BatchOutcome>>> watcher; // none when `rows` is empty
    };

    Status open();
    void scheduleStep();
    void step();
    Status readRows();
    Status takeRecord(const CsvRecord& record);
    Status takeHeader(const CsvRecord& record);
    void takeRow(const CsvRecord& record);
    std::optional<RowProblem> accept(const CsvRecord& record);
    bool readChunk();
    void announceProgress();
    void sendBatch();
    void settle();
    Status settleBatch(Batch& batch);
    Status countOutcomes(Batch& batch, const BatchOutcome& outcome);
    static void refuseKnown(Batch& batch, qsizetype index);
    Status report(QList<ReportedRow> rows);
    void stop(Error error);
    void finishWhenIdle();

    QString m_path;
    ImportOptions m_options;
    ContactSink& m_sink;
    QFile m_file;
    std::optional<CsvReader> m_reader; // once the format is known to be right
    std::optional<ContactRowParser> m_parser; // once the number of columns is known
    QStringList m_header;
    FingerprintSet m_seen; // addresses of rows that were good
    ImportReport m_report;
    Batch m_batch; // being filled
    std::deque<Batch> m_underWay; // in the order of the file
    ImportProgress m_progress;
    QList<ReportedRow> m_firstReported;
    qsizetype m_shownCharacters = 0;
    std::optional<Error> m_error;
    qint64 m_announcedBytes = 0;
    bool m_inputEnded = false; // the file, but not yet the reader, which may hold a last record
    bool m_readAll = false;
    bool m_stepScheduled = false;
    bool m_done = false;
};

} // namespace carillon
