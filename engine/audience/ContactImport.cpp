// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/audience/ContactImport.h"

#include "engine/audience/ImportTargets.h"

#include <QCoreApplication>

#include <algorithm>

namespace carillon {

namespace {

constexpr qsizetype chunkBytes = 64 * 1024;
constexpr qsizetype chunksPerStep = 8; // a file may be one endless line
constexpr size_t maxBatchesUnderWay = 2;
constexpr qsizetype maxBatchCharacters = 1024 * 1024;
constexpr qsizetype maxShownCharacters = 1024 * 1024;
constexpr qsizetype maxAddresses = 25'000'000;

qsizetype charactersOf(const QStringList& fields)
{
    qsizetype characters = fields.size();
    for (const QString& field : fields)
        characters += field.size();
    return characters;
}

RowProblem duplicateProblem(const QString& explanation)
{
    return {QStringLiteral("duplicate"), explanation};
}

} // namespace

ContactImport::ContactImport(QString path, ImportOptions options, ContactSink& sink, QObject* parent)
    : QObject(parent)
    , m_path(std::move(path))
    , m_options(std::move(options))
    , m_sink(sink)
    , m_file(m_path)
{
}

ContactImport::~ContactImport() = default;

void ContactImport::start()
{
    if (const Status opened = open(); !opened)
        m_error = opened.error();
    scheduleStep();
}

Status ContactImport::open()
{
    if (const Status mapping = checkMapping(m_options.mapping); !mapping)
        return mapping;
    const Result<CsvFormat> format = csvFormat(m_options);
    if (!format)
        return fail(format.error());
    m_reader.emplace(*format);
    if (!m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return fail(ErrorCode::Storage, tr("%1 cannot be read: %2.").arg(m_path, m_file.errorString()),
                    QStringLiteral("path"));
    m_progress.bytesTotal = m_file.size();
    if (!m_options.hasHeader)
        m_parser.emplace(m_options.mapping, m_options.mapping.size());
    return m_report.open();
}

void ContactImport::cancel()
{
    if (m_readAll) // all of it is stored, or about to be
        return;
    stop({ErrorCode::Cancelled, tr("The import was cancelled."), {}});
    scheduleStep();
}

Status ContactImport::saveReport(const QString& path) const
{
    return m_report.save(path, m_options.hasHeader ? m_header : columnNames(m_options.mapping.size()));
}

void ContactImport::scheduleStep()
{
    if (m_stepScheduled || m_done)
        return;
    m_stepScheduled = true;
    QMetaObject::invokeMethod(this, &ContactImport::step, Qt::QueuedConnection);
}

// One turn of the event loop's worth of rows.
void ContactImport::step()
{
    m_stepScheduled = false;
    if (!m_error && !m_readAll) {
        if (const Status read = readRows(); !read)
            stop(read.error());
        announceProgress();
    }
    if (!m_error && !m_readAll && m_underWay.size() < maxBatchesUnderWay)
        scheduleStep();
    finishWhenIdle();
}

void ContactImport::announceProgress()
{
    if ((m_progress.bytesDone - m_announcedBytes) * 100 < m_progress.bytesTotal)
        return;
    m_announcedBytes = m_progress.bytesDone;
    Q_EMIT progressed(m_progress);
}

Status ContactImport::readRows()
{
    qsizetype rows = 0;
    qsizetype chunks = 0;
    while (rows < batchRows && chunks < chunksPerStep && m_underWay.size() < maxBatchesUnderWay) {
        if (const std::optional<CsvRecord> record = m_reader->next()) {
            if (const Status taken = takeRecord(*record); !taken)
                return taken;
            ++rows;
        } else if (m_inputEnded) {
            m_readAll = true;
            sendBatch();
            return {};
        } else if (!readChunk()) {
            return fail(ErrorCode::Storage, tr("%1 cannot be read any further: %2.").arg(m_path, m_file.errorString()),
                        QStringLiteral("path"));
        } else {
            ++chunks;
        }
    }
    return {};
}

bool ContactImport::readChunk()
{
    const QByteArray chunk = m_file.read(chunkBytes);
    if (m_file.error() != QFileDevice::NoError)
        return false;
    m_progress.bytesDone += chunk.size();
    if (chunk.isEmpty()) {
        m_reader->finish();
        m_inputEnded = true;
    } else {
        m_reader->feed(chunk);
    }
    return true;
}

Status ContactImport::takeRecord(const CsvRecord& record)
{
    if (!m_parser)
        return takeHeader(record);
    takeRow(record);
    const bool full = m_batch.rows.size() >= batchRows || m_batch.refused.size() >= batchRows
        || m_batch.characters >= maxBatchCharacters;
    if (full)
        sendBatch();
    if (m_seen.size() > maxAddresses)
        return fail(ErrorCode::InvalidInput,
                    tr("%1 has more than 25 million contacts: split it. The import stopped at line %2.")
                        .arg(m_path)
                        .arg(record.line));
    return {};
}

Status ContactImport::takeHeader(const CsvRecord& record)
{
    if (m_options.mapping.size() > record.fields.size())
        return fail(ErrorCode::InvalidInput,
                    tr("%1 has %2 columns, but the mapping names %3.")
                        .arg(m_path)
                        .arg(record.fields.size())
                        .arg(m_options.mapping.size()),
                    QStringLiteral("mapping"));
    m_header = record.fields;
    m_parser.emplace(m_options.mapping, m_header.size());
    return {};
}

void ContactImport::takeRow(const CsvRecord& record)
{
    ++m_batch.recordCount;
    m_batch.characters += charactersOf(record.fields);
    if (const std::optional<RowProblem> problem = accept(record))
        m_batch.refused << ReportedRow{record.line, *problem, record.fields};
}

// Puts the row into the batch, or says why not.
std::optional<RowProblem> ContactImport::accept(const CsvRecord& record)
{
    tl::expected<ParsedRow, RowProblem> row = m_parser->parse(record);
    if (!row)
        return row.error();
    if (!m_seen.insert(row->emailKey))
        return duplicateProblem(tr("An earlier row has the same e-mail address."));
    for (const RowProblem& warning : std::as_const(row->warnings))
        m_batch.warnings << ReportedRow{record.line, warning, record.fields};
    m_batch.rows << ImportRow{record.line, std::move(row->contact)};
    m_batch.fields << record.fields;
    return std::nullopt;
}

void ContactImport::sendBatch()
{
    Batch batch = std::exchange(m_batch, {});
    if (!batch.rows.isEmpty()) {
        batch.watcher = std::make_unique<QFutureWatcher<Result<BatchOutcome>>>();
        connect(batch.watcher.get(), &QFutureWatcherBase::finished, this, &ContactImport::settle);
        batch.watcher->setFuture(m_sink.store({batch.rows, m_options.duplicatePolicy, m_options.listId}));
    }
    m_underWay.push_back(std::move(batch));
    if (!m_underWay.back().watcher)
        settle();
}

// Takes the answers in the order of the file, whatever order they come in.
void ContactImport::settle()
{
    while (!m_underWay.empty() && (!m_underWay.front().watcher || m_underWay.front().watcher->isFinished())) {
        Batch batch = std::move(m_underWay.front());
        m_underWay.pop_front();
        if (const Status settled = settleBatch(batch); !settled)
            stop(settled.error());
        if (batch.watcher)
            batch.watcher.release()->deleteLater(); // it is the sender of the signal being handled
    }
    scheduleStep();
}

Status ContactImport::settleBatch(Batch& batch)
{
    if (batch.watcher) {
        const QFuture<Result<BatchOutcome>> answer = batch.watcher->future();
        if (answer.resultCount() == 0)
            return fail(ErrorCode::Cancelled, tr("The contacts were not stored because the store is closing."));
        const Result<BatchOutcome> outcome = answer.result();
        if (!outcome)
            return fail(outcome.error());
        if (const Status counted = countOutcomes(batch, *outcome); !counted)
            return counted;
    }
    for (const ReportedRow& row : std::as_const(batch.refused))
        ++m_progress.refused[row.problem.reason];
    m_progress.rows += batch.recordCount;
    return report(batch.refused + batch.warnings);
}

Status ContactImport::countOutcomes(Batch& batch, const BatchOutcome& outcome)
{
    if (outcome.rows.size() != batch.rows.size())
        return fail(ErrorCode::Internal,
                    tr("The store answered %1 of %2 rows.").arg(outcome.rows.size()).arg(batch.rows.size()));
    for (qsizetype i = 0; i < outcome.rows.size(); ++i) {
        switch (outcome.rows[i]) {
        case RowOutcome::Inserted: ++m_progress.inserted; break;
        case RowOutcome::Updated: ++m_progress.updated; break;
        case RowOutcome::Duplicate: refuseKnown(batch, i); break;
        }
    }
    for (const ReportedRow& row : std::as_const(batch.warnings))
        ++m_progress.warnings[row.problem.reason];
    return {};
}

// Of a row that is refused after all, what was left out of it is of no interest.
void ContactImport::refuseKnown(Batch& batch, qsizetype index)
{
    const qint64 line = batch.rows[index].line;
    batch.warnings.removeIf([line](const ReportedRow& row) { return row.line == line; });
    batch.refused << ReportedRow{line, duplicateProblem(tr("The workspace already has this e-mail address.")),
                                 batch.fields[index]};
}

Status ContactImport::report(QList<ReportedRow> rows)
{
    std::stable_sort(rows.begin(), rows.end(), [](const ReportedRow& a, const ReportedRow& b) { return a.line < b.line; });
    for (const ReportedRow& row : std::as_const(rows)) {
        m_shownCharacters += charactersOf(row.fields);
        if (m_firstReported.size() < shownReports && m_shownCharacters <= maxShownCharacters)
            m_firstReported << row;
    }
    return m_report.append(rows);
}

// The first reason is the one that is told.
void ContactImport::stop(Error error)
{
    if (!m_error)
        m_error = std::move(error);
}

void ContactImport::finishWhenIdle()
{
    if (m_done || !m_underWay.empty() || !(m_readAll || m_error))
        return;
    m_done = true;
    m_file.close();
    m_progress.finished = true;
    m_progress.cancelled = m_error && m_error->code == ErrorCode::Cancelled;
    m_progress.error = m_error ? m_error->message : QString();
    Q_EMIT finished(m_progress);
}

} // namespace carillon
