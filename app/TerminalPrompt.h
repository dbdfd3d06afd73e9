// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/base/Secret.h"

namespace carillon {

// Asks the person at the terminal (/dev/tty, whatever standard input is) for a secret, which is not shown while it is typed.
// NeedsSecret when there is no terminal or nothing was typed. Blocks until a line is there.
Result<Secret> askSecret(const QString& question);

} // namespace carillon
