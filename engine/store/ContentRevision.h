// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace carillon {

class Connection;

// A number in the database that grows with every write of what messages are made of (templates, topics, brands): whoever
// keeps content in memory, in this engine or another one on the same database, compares it and knows whether to read again.
// Throws SqlFailure.
qint64 contentRevision(Connection& connection);

// For repositories: call it in the transaction of the write.
void raiseContentRevision(Connection& connection);

} // namespace carillon
