// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/Engine.h"

namespace carillon {

// What --vault says, or $CARILLON_VAULT when it is empty, as options of the engine; nothing said leaves them as they are.
//
//     system        credentials and the environment first, then the system's keychain
//     environment   credentials and the environment only; nothing can be stored
//     sealed:FILE   credentials and the environment first, then a file that a passphrase opens
//     memory        nowhere: gone with the process
//
// The passphrase of a sealed file is looked for in the systemd credential "carillon-vault-passphrase", in the file that
// $CARILLON_VAULT_PASSPHRASE_FILE names, and in $CARILLON_VAULT_PASSPHRASE; else the terminal is asked, twice for a new
// file.
Status chooseVault(const QString& text, EngineOptions& options);

// The help of the option --vault.
QString vaultHelp();

} // namespace carillon
