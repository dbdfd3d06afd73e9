// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/AccountConfigReader.h"

#include "engine/security/Vault.h"

namespace carillon {

namespace {

struct Reading {
    QString workspaceId;
    AccountConfig config;
    QStringList fields; // still to be asked for
    QPromise<Result<AccountConfig>> promise;
};

void readNext(Vault& vault, const std::shared_ptr<Reading>& reading)
{
    if (reading->fields.isEmpty()) {
        reading->promise.addResult(reading->config);
        reading->promise.finish();
        return;
    }
    const QString field = reading->fields.takeFirst();
    vault.read(secretKey(reading->workspaceId, reading->config.accountId, field))
        .then([&vault, reading, field](const Result<Secret>& secret) {
            if (secret)
                reading->config.secrets.insert(field, *secret);
            readNext(vault, reading);
        });
}

} // namespace

Future<AccountConfig> readAccountConfig(Vault& vault, const QString& workspaceId, const ProviderDescription& description,
                                        const Account& account)
{
    auto reading = std::make_shared<Reading>();
    reading->workspaceId = workspaceId;
    reading->config = {account.id, account.settings, {}, {}};
    for (const ProviderField& field : description.fields) {
        if (field.secret)
            reading->fields << field.key;
    }
    reading->promise.start();
    const Future<AccountConfig> answer = reading->promise.future();
    readNext(vault, reading);
    return answer;
}

} // namespace carillon
