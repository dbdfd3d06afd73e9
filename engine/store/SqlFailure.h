// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"

namespace carillon {

// A statement that failed: disk full, damaged file, a constraint. Thrown inside jobs that run on a Connection and caught by
// Store alone, which turns it into the Error of that job. It never leaves the store's threads.
struct SqlFailure {
    Error error;
};

} // namespace carillon
