// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"
#include "engine/provider/ProviderRegistry.h"

namespace carillon {

class Vault;

// The config of an account that is about to be saved, with what the program makes itself (ProviderField::generated): a
// secret that is neither given nor in the vault is made, one that is given as empty is made anew, and the settings that
// follow from it are filled in. The secrets of the answer are those that must be written: what the vault has already is not
// among them.
//
// An error of the vault, other than that it has nothing, is the answer's: a key that may be there is never replaced.
Future<AccountConfig> withGenerated(Vault& vault, const ProviderPtr& provider, const QString& workspaceId,
                                    const AccountConfig& config);

} // namespace carillon
