// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/security/Vault.h"

#include <QProcessEnvironment>

namespace carillon {

// Secrets that the service manager hands to a server; read-only. One process serves one workspace, so the workspace's id is
// not part of the names. For the field "password" of account 3, in this order:
//
//     $CREDENTIALS_DIRECTORY/carillon-account-3-password   systemd: LoadCredential=carillon-account-3-password:/etc/...
//     CARILLON_SECRET_ACCOUNT_3_PASSWORD                   an environment variable
//
// A file's last line end is not part of the secret. Files are at most 1 MiB, systemd's own limit.
class EnvironmentVault final : public Vault {
public:
    static constexpr qint64 MaxFileBytes = 1024 * 1024;

    explicit EnvironmentVault(QProcessEnvironment environment)
        : m_environment(std::move(environment))
    {
    }

    QFuture<Status> probe() override;
    QFuture<Result<Secret>> read(const QString& key) override;
    QFuture<Status> write(const QString& key, const Secret& secret) override;
    QFuture<Status> remove(const QString& key) override;
    bool isReadOnly() const override { return true; }
    QString place() const override;

    // The names above for a key, for the message that says what to set.
    static QString variableName(const QString& key);
    static QString credentialName(const QString& key);

private:
    Result<Secret> readCredential(const QString& key) const;

    QProcessEnvironment m_environment;
};

} // namespace carillon
