// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/model/Topic.h"
#include "engine/provider/Provider.h"
#include "engine/security/HookKey.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace carillon {

class ProviderRegistry;
class Store;
class Vault;

// An account with its sender, ready to use.
struct ReadyAccount {
    Account account;
    std::unique_ptr<Sender> sender;
};

// Makes the sender of an account: reads the account, fetches its secrets from the vault, checks its settings. Lives in the
// engine's thread and answers there. Errors: NotFound, Conflict (disabled), NeedsSecret (the label of the missing field),
// InvalidInput.
class SenderFactory : public QObject {
    Q_OBJECT

public:
    using Answer = std::function<void(Result<std::shared_ptr<ReadyAccount>>)>;

    SenderFactory(Store& store, const ProviderRegistry& registry, Vault& vault, QObject* parent = nullptr);

    // With it accounts get to know where their platforms can call back. Call it before make().
    void setHookKey(const HookKey& key) { m_hookKey = key; }

    // `evenIfDisabled`: for probes and test sends.
    void make(qint64 accountId, bool evenIfDisabled, QObject* context, Answer answer);

private:
    struct Request;

    void fetchSecrets(const std::shared_ptr<Request>& request);
    void build(const std::shared_ptr<Request>& request);

    Store& m_store;
    const ProviderRegistry& m_registry;
    Vault& m_vault;
    std::optional<HookKey> m_hookKey;
};

} // namespace carillon
