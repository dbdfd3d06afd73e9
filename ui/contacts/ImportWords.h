// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Import.h"

namespace carillon::ui {

// What an import has done, in words.
QString importCounts(const ImportProgress& progress); // "8,214 rows: 8,100 new, 14 updated, 100 refused"
QString importSummary(const ImportProgress& progress); // the same, and how it ended
QString refusalSentence(const QString& reason); // "wrong_columns" -> why a row was refused

} // namespace carillon::ui
