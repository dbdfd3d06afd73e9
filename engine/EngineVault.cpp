// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/EngineVault.h"

#include "engine/security/EnvironmentVault.h"
#include "engine/security/KeychainVault.h"
#include "engine/security/LayeredVault.h"
#include "engine/security/MemoryVault.h"
#include "engine/security/SealedFileVault.h"

namespace carillon {

namespace {

// What the service manager gives goes first.
Result<std::unique_ptr<VaultProxy>> layeredVault(std::unique_ptr<Vault> last, const QList<QObject*>& threadBound)
{
    LayeredVault::Layers layers;
    layers.push_back(std::make_unique<EnvironmentVault>(QProcessEnvironment::systemEnvironment()));
    if (last)
        layers.push_back(std::move(last));
    return std::make_unique<VaultProxy>(std::make_unique<LayeredVault>(std::move(layers)), threadBound);
}

} // namespace

Result<std::unique_ptr<VaultProxy>> makeVault(const EngineOptions& options, Clock& clock, Random& random)
{
    switch (options.vault) {
    case VaultKind::Memory: return std::make_unique<VaultProxy>(std::make_unique<MemoryVault>(), QList<QObject*>());
    case VaultKind::Environment: return layeredVault(nullptr, {});
    case VaultKind::Sealed: {
        auto sealed = SealedFileVault::open(options.vaultFile, options.vaultPassphrase);
        if (!sealed)
            return fail(sealed.error());
        return layeredVault(std::move(*sealed), {});
    }
    case VaultKind::System: break;
    }
    auto keychain = std::make_unique<KeychainVault>(QStringLiteral("Carillon"), clock, random);
    QObject* keychainObject = keychain.get();
    return layeredVault(std::move(keychain), {keychainObject});
}

} // namespace carillon
