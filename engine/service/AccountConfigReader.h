// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"
#include "engine/model/Topic.h"
#include "engine/provider/Provider.h"

namespace carillon {

class Vault;

// An account's settings with what the vault has of its secrets; one that is missing is left out. The answer comes from the
// vault's thread.
Future<AccountConfig> readAccountConfig(Vault& vault, const QString& workspaceId, const ProviderDescription& description,
                                        const Account& account);

} // namespace carillon
