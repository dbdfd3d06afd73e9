// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/WorkspaceKeys.h"

#include "engine/base/Random.h"

#include <QCoreApplication>

namespace carillon {

namespace {

constexpr int keyBytes = 32;

// A vault answers a missing key with NeedsSecret; only then a new one is made, so that no key is ever overwritten.
Secret keyNamed(Vault& vault, const QString& workspaceId, const QString& name, Random& random, QString& warning)
{
    const QString key = secretKey(workspaceId, name);
    const Result<Secret> known = vault.read(key).result();
    if (known && known->reveal().size() >= keyBytes)
        return *known;
    const Secret fresh(random.hex(keyBytes).toLatin1());
    const Status kept = !known && known.error().code == ErrorCode::NeedsSecret
        ? vault.write(key, fresh).result()
        : Status(fail(known ? readOnlyVault() : known.error()));
    if (!kept)
        warning = QCoreApplication::translate("WorkspaceKeys",
                                              "Dashboard tokens, unsubscribe links and callback addresses made now end when "
                                              "Carillon is closed: %1")
                      .arg(kept.error().message);
    return fresh;
}

} // namespace

WorkspaceKeys workspaceKeys(Vault& vault, const QString& workspaceId, Random& random)
{
    QString warning;
    const Secret tokens = keyNamed(vault, workspaceId, QStringLiteral("tokens"), random, warning);
    const Secret unsubscribe = keyNamed(vault, workspaceId, QStringLiteral("unsubscribe"), random, warning);
    const Secret hooks = keyNamed(vault, workspaceId, QStringLiteral("hooks"), random, warning);
    // All are long enough by construction.
    return {*JwtKey::fromSecret(tokens), *UnsubscribeKey::fromSecret(unsubscribe), *HookKey::fromSecret(hooks), warning};
}

} // namespace carillon
