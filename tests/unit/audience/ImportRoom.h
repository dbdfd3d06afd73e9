// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

namespace carillon {

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

// How an import ended.
struct Ending {
    ImportProgress counts;
    std::optional<Error> error;
    QList<ReportedRow> reported;
};

// Imports files of a folder of its own.
class ImportRoom : public QObject {
protected:
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
};

} // namespace carillon
