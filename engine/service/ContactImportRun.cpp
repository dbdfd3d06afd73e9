// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/ContactImportRun.h"

#include "engine/audience/CsvInspector.h"

#include <QCoreApplication>

namespace carillon {

Result<ImportInspection> inspectContactFile(const QString& path)
{
    return inspectCsv(path);
}

ContactImportRun::ContactImportRun(Store& store, const Clock& clock, const Caller& caller, const QString& path,
                                   const ImportOptions& options)
    : m_sink(store, clock, caller.actor)
    , m_import(std::make_unique<ContactImport>(path, options, m_sink))
{
    // Results of the store's threads are taken up in the import's own.
    m_import->moveToThread(&m_thread);
    connect(m_import.get(), &ContactImport::progressed, this, [this](const ImportProgress& progress) {
        m_progress = progress;
        Q_EMIT progressed(progress);
    });
    connect(m_import.get(), &ContactImport::finished, this, &ContactImportRun::finish);
    // The thread ends by itself: whoever lets go of the run may not have heard yet that there is nothing to cancel.
    connect(m_import.get(), &ContactImport::finished, &m_thread, &QThread::quit, Qt::DirectConnection);
}

ContactImportRun::~ContactImportRun()
{
    // Stops reading; a batch that is being written is waited for, for it refers to the sink.
    cancel();
    m_thread.wait();
}

void ContactImportRun::start()
{
    m_thread.setObjectName(QStringLiteral("import"));
    m_thread.start();
    QMetaObject::invokeMethod(
        m_import.get(), [import = m_import.get()] { import->start(); }, Qt::QueuedConnection);
}

void ContactImportRun::cancel()
{
    if (m_thread.isRunning())
        QMetaObject::invokeMethod(
            m_import.get(), [import = m_import.get()] { import->cancel(); }, Qt::QueuedConnection);
}

Status ContactImportRun::saveReport(const QString& path) const
{
    if (m_thread.isRunning())
        return fail(ErrorCode::Conflict, QCoreApplication::translate("ContactImportRun", "The import is still running."));
    return m_import->saveReport(path);
}

void ContactImportRun::finish(const ImportProgress& progress)
{
    m_thread.wait();
    m_progress = progress;
    m_progress.finished = true;
    Q_EMIT finished(m_progress);
}

} // namespace carillon
