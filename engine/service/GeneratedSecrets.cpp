// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/GeneratedSecrets.h"

#include "engine/security/Vault.h"

namespace carillon {

namespace {

// The account while the vault is asked, one field after the other.
struct Completion {
    ProviderPtr provider; // which a folder that is read again may replace meanwhile
    AccountConfig config;
    QStringList asked; // fields that the vault has yet to be asked for
    QStringList kept; // fields that it has
    QPromise<Result<AccountConfig>> promise;

    void end(Result<AccountConfig> answer)
    {
        promise.addResult(std::move(answer));
        promise.finish();
    }

    void complete()
    {
        Result<AccountConfig> complete = provider->complete(config);
        if (complete) {
            for (const QString& field : std::as_const(kept))
                complete->secrets.remove(field);
        }
        end(std::move(complete));
    }
};

void askNext(Vault& vault, const QString& workspaceId, const std::shared_ptr<Completion>& completion)
{
    if (completion->asked.isEmpty())
        return completion->complete();
    const QString field = completion->asked.takeFirst();
    vault.read(secretKey(workspaceId, completion->config.accountId, field))
        .then([&vault, workspaceId, completion, field](const Result<Secret>& secret) {
            if (!secret && secret.error().code != ErrorCode::NeedsSecret)
                return completion->end(fail(secret.error()));
            if (secret) {
                completion->config.secrets.insert(field, *secret);
                completion->kept << field;
            }
            askNext(vault, workspaceId, completion);
        });
}

} // namespace

Future<AccountConfig> withGenerated(Vault& vault, const ProviderPtr& provider, const QString& workspaceId,
                                    const AccountConfig& config)
{
    auto completion = std::make_shared<Completion>(Completion{provider, config, {}, {}, {}});
    for (const ProviderField& field : provider->description().fields) {
        if (field.generated && config.accountId != 0 && !config.secrets.contains(field.key))
            completion->asked << field.key;
    }
    completion->promise.start();
    const Future<AccountConfig> answer = completion->promise.future();
    askNext(vault, workspaceId, completion);
    return answer;
}

} // namespace carillon
