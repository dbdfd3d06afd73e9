// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/security/Vault.h"

#include <QHash>

namespace carillon {

// Keeps secrets as long as it lives: for tests and for the sample workspace, whose secrets are none.
class MemoryVault final : public Vault {
public:
    QFuture<Status> probe() override;
    QFuture<Result<Secret>> read(const QString& key) override;
    QFuture<Status> write(const QString& key, const Secret& secret) override;
    QFuture<Status> remove(const QString& key) override;
    QString place() const override;

private:
    QHash<QString, Secret> m_secrets;
};

} // namespace carillon
