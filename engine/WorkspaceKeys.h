// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/security/HookKey.h"
#include "engine/security/Jwt.h"
#include "engine/security/UnsubscribeToken.h"
#include "engine/security/Vault.h"

namespace carillon {

class Random;

// The workspace's own keys: one signs dashboard tokens, one unsubscribe links, one the
// addresses at which platforms call back.
struct WorkspaceKeys {
    JwtKey tokens;
    UnsubscribeKey unsubscribe;
    HookKey hooks;
    QString warning; // when the vault could not keep them, so that they end with this process
};

// Reads the keys from the vault, or makes and keeps them. Blocks for as long as the vault needs (a person may be asked to
// unlock it), so call it before there is a window.
WorkspaceKeys workspaceKeys(Vault& vault, const QString& workspaceId, Random& random);

} // namespace carillon
