// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/Engine.h"
#include "engine/security/VaultProxy.h"

namespace carillon {

// The vault that the options name: what the service manager gives goes first, then where a person keeps secrets. Made in any
// thread, and moved to the engine's before it is used. The errors are those of SealedFileVault::open.
Result<std::unique_ptr<VaultProxy>> makeVault(const EngineOptions& options, Clock& clock, Random& random);

} // namespace carillon
