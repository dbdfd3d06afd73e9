// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/audience/CsvReader.h"
#include "engine/base/Result.h"

namespace carillon {

// What the beginning of a file looks like: the first guess that a person may correct before the import.
struct CsvSketch {
    CsvReader::Format format;
    bool hasHeader = true;
    QStringList header; // empty when there is none
    QList<QStringList> rows; // the first 20 after the header
    QStringList mapping; // one target per column, see ImportTargets.h
    qint64 fileBytes = 0;
};

// Reads the first 64 KiB of a file. Blocks for one short read; any thread. An error when the file cannot be read or holds
// nothing.
Result<CsvSketch> inspectCsv(const QString& path);

// The same of bytes in memory; `whole` says that nothing comes after them.
CsvSketch sketchCsv(const QByteArray& firstBytes, bool whole);

} // namespace carillon
