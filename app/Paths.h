// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <QString>

namespace carillon {

// Where the workspace is when nobody says: "workspace.carillon" in the user's data folder, which is made when it is missing.
Result<QString> defaultWorkspacePath();

// Where this machine remembers what it did with workspaces: $STATE_DIRECTORY of a systemd service, else "carillon" in
// $XDG_STATE_HOME (~/.local/state).
QString stateFolder();

// The name of the person at the machine, for the log.
QString userName();
// Of a user by his number; the number where he has no name.
QString userName(uint user);

} // namespace carillon
