// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Future.h"
#include "engine/base/Secret.h"
#include "engine/model/Caller.h"
#include "engine/model/Message.h"
#include "engine/model/Topic.h"
#include "engine/provider/ProviderDescription.h"
#include "engine/security/HookKey.h"

#include <QHash>

#include <optional>

namespace carillon {

class Clock;
class Dispatch;
class ProviderRegistry;
class Store;
class Vault;

// A kind of account that a pasted text fills in.
struct RecognisedAccount {
    QString provider;
    QString providerName;
    QJsonObject settings; // only those that the text tells
    QHash<QString, Secret> secrets; // by field key
};

struct AccountSummary {
    Account account;
    QString providerName;
    QStringList missingSecrets; // labels of required secrets that the vault does not have: "needs password"
    QString receiptsUrl; // what is to be entered at the platform, so that it tells what became of messages; empty when it
                         // tells nothing, or no brand has a public address
    QStringList keptSecrets; // keys of the fields whose secrets the vault has
    qint64 lastUsedAt = 0; // when a platform last said something of a delivery; 0: not among the latest 20,000 attempts
};

// Operations on accounts. Thread-safe; answers come from a thread of the store or the vault.
class AccountService {
public:
    // Without a key there are no addresses for receipts.
    AccountService(Store& store, const Clock& clock, const ProviderRegistry& registry, Vault& vault, Dispatch& dispatch,
                   std::optional<HookKey> hookKey = std::nullopt);

    // Every kind of account there is, by channel and name; the form is made from its fields. They may change while the
    // engine runs; the log then has "provider.changed", "provider.removed" or "provider.refused".
    QList<ProviderDescription> providers() const;
    // What is wrong with the provider files of the workspace's folder: a sentence each. Of one that was good before, the
    // last good version is used.
    QStringList providerProblems() const;

    // Whether this value would do for the field, secret or not, for a form that says so while it is typed.
    static Status checkField(const ProviderField& field, const QJsonValue& value);
    // The kinds that a pasted token, key or address may be of, the likeliest first; nothing is stored.
    QList<RecognisedAccount> recognise(const QString& text) const;

    Future<QList<AccountSummary>> list() const;
    // Administrator. Gives the id. `secrets` by field key: only those that are to change; an empty one is removed, or made
    // anew when the program makes it (ProviderField::generated). A new account without limits gets those that its platform
    // documents. The error names the field that is wrong.
    Future<qint64> save(const Caller& caller, const Account& account, const QHash<QString, Secret>& secrets);
    // Administrator. Refuses an account that a route uses. Its secrets go with it; when only they could not be removed, the
    // error says so and the account is gone all the same.
    Future<void> remove(const Caller& caller, qint64 id);

    // Where secrets are kept, for a sentence: "the system's keychain".
    QString vaultPlace() const;
    bool isVaultReadOnly() const;
    // Whether secrets can be read there and, unless it is read-only, stored; otherwise why not and what to do.
    Future<void> checkVault() const;

    // Asks the platform whether it is there and takes our credentials; gives its own words.
    Future<QString> probe(qint64 id);
    // Operator. Sends a short test message to an address and gives what the platform said.
    Future<Outcome> testSend(const Caller& caller, qint64 id, const QString& address);

private:
    Future<qint64> write(const Caller& caller, const Account& account, const QHash<QString, Secret>& secrets);
    Future<void> forgetSecrets(const Account& account);

    Store& m_store;
    const Clock& m_clock;
    const ProviderRegistry& m_registry;
    Vault& m_vault;
    Dispatch& m_dispatch;
    std::optional<HookKey> m_hookKey;
};

} // namespace carillon
