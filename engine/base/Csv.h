// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

namespace carillon {

// One record of RFC 4180 in UTF-8, ended by CRLF. A cell that a spreadsheet would take for a formula gets an apostrophe
// before it: names and error texts come from strangers. Plain numbers, also with a sign, stay as they are.
QByteArray csvRecord(const QStringList& cells);

} // namespace carillon
