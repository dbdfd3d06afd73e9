// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/model/Import.h"

namespace carillon {

// Guesses from the first 64 KiB of a file how it is to be imported, for a person to correct: encoding, delimiter (comma,
// semicolon, tab, bar), header or not, a target for each column; and shows the first 20 rows. Blocks for one short read; any
// thread. An error when the file cannot be read or holds nothing.
Result<ImportInspection> inspectCsv(const QString& path);

// The same of bytes in memory; `whole` says that nothing comes after them.
ImportInspection inspectCsvBytes(const QByteArray& firstBytes, bool whole);

} // namespace carillon
