// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/ContentRevision.h"

#include "engine/store/Connection.h"

namespace carillon {

qint64 contentRevision(Connection& connection)
{
    return connection.integer("SELECT CAST(value AS INTEGER) FROM workspace WHERE key = 'content_revision'");
}

void raiseContentRevision(Connection& connection)
{
    connection.run("UPDATE workspace SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT) WHERE key = 'content_revision'");
}

} // namespace carillon
