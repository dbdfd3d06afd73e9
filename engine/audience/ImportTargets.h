// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <QStringList>

namespace carillon {

// Where a column of a file may go: one of the fixed targets below, "attribute:<key>", or "" to leave it out. A mapping is
// one target per column, in the order of the columns. Stateless; any thread.

// "external_id", "email", "name", "first_name", "last_name", "locale", "time_zone", "phone".
const QStringList& importTargets();

// An error with field "mapping" when a target is unknown or used twice, an attribute's key is not usable in a template
// (a letter or underscore, then at most 63 of letters, digits, dashes, underscores), or no column holds the e-mail address.
Status checkMapping(const QStringList& mapping);

// A mapping guessed from the header's words (several languages) and from what the cells look like. `header` is empty when
// the file has none; `rows` are the first ones.
QStringList suggestMapping(const QStringList& header, const QList<QStringList>& rows);

// "Column 1", "Column 2", ...: for files without a header.
QStringList columnNames(qsizetype columns);

bool looksLikeEmail(const QString& cell);
bool looksLikePhone(const QString& cell);

} // namespace carillon
