// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <QString>

namespace carillon {

// Where the workspace is when nobody says: "workspace.carillon" in the user's data folder, which is made when it is missing.
Result<QString> defaultWorkspacePath();

// The name of the person at the machine, for the log.
QString userName();

} // namespace carillon
