// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/audience/ContactImport.h"
#include "engine/audience/StoreContactSink.h"
#include "engine/service/ContactService.h"

#include <QThread>

namespace carillon {

Result<ImportInspection> inspectContactFile(const QString& path);

// An import in a thread of its own, seen from the caller's.
class ContactImportRun final : public ImportRun {
    Q_OBJECT

public:
    ContactImportRun(Store& store, const Clock& clock, const Caller& caller, const QString& path,
                     const ImportOptions& options);
    ~ContactImportRun() override;

    void start();

    ImportProgress progress() const override { return m_progress; }
    void cancel() override;
    Status saveReport(const QString& path) const override;

private:
    void finish(const ImportProgress& progress);

    StoreContactSink m_sink;
    QThread m_thread;
    std::unique_ptr<ContactImport> m_import; // lives in m_thread while it runs
    ImportProgress m_progress;
};

} // namespace carillon
