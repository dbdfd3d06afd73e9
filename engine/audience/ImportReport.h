// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/audience/ContactRowParser.h"
#include "engine/base/Result.h"

#include <QTemporaryFile>

namespace carillon {

// One row that was refused, or imported without one of its cells.
struct ReportedRow {
    qint64 line = 0;
    RowProblem problem;
    QStringList fields; // as they stood in the file

    friend bool operator==(const ReportedRow&, const ReportedRow&) = default;
};

// The rows an import has something to say of, in a temporary file, so that memory does not grow with them. The file goes
// with the object. Single-threaded.
class ImportReport {
public:
    Status open();
    Status append(const QList<ReportedRow>& rows);
    // Writes line, reason, explanation and the original columns as CSV (UTF-8 with a byte-order mark, CRLF). `path` is
    // replaced only when the whole report could be written.
    Status save(const QString& path, const QStringList& header) const;

private:
    QTemporaryFile m_file;
};

} // namespace carillon
