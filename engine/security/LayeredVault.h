// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/security/Vault.h"

#include <memory>
#include <vector>

namespace carillon {

// Several vaults as one; owns them. A secret is read from the first that has it, and written to the first that is not
// read-only. A vault that is out of order is passed over when reading, and its error told only if no other has the secret.
//
// Writing what a read-only vault before it already has would change nothing, so it is a Conflict.
class LayeredVault final : public Vault {
public:
    using Layers = std::vector<std::unique_ptr<Vault>>;

    explicit LayeredVault(Layers layers);

    QFuture<Status> probe() override; // of the vault that is written to
    QFuture<Result<Secret>> read(const QString& key) override;
    QFuture<Status> write(const QString& key, const Secret& secret) override;
    QFuture<Status> remove(const QString& key) override; // from the vault that is written to
    bool isReadOnly() const override { return m_writable == m_layers->size(); }
    QString place() const override; // of the vault that is written to; of the first when there is none

private:
    // Shared with what is under way, which may outlive this object by one step.
    std::shared_ptr<const Layers> m_layers;
    size_t m_writable; // index of the first that is not read-only; the number of layers when all are
};

} // namespace carillon
