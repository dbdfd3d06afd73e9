// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/store/SqlFailure.h"

struct sqlite3;

namespace carillon {

// The last failure of a connection, as a sentence for people and a code for programs.
SqlFailure sqlFailure(sqlite3* database);

} // namespace carillon
