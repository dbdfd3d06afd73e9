// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/security/Vault.h"

#include <QCoreApplication>

namespace carillon {

namespace {

QString part(QString text)
{
    return text.replace(u'%', QStringLiteral("%25")).replace(u'/', QStringLiteral("%2F"));
}

} // namespace

QString secretKey(const QString& workspaceId, qint64 accountId, const QString& fieldKey)
{
    return part(workspaceId) + QStringLiteral("/account-") + QString::number(accountId) + u'/' + part(fieldKey);
}

QString secretKey(const QString& workspaceId, const QString& name)
{
    return part(workspaceId) + QStringLiteral("/workspace/") + part(name);
}

Error missingSecret()
{
    return {ErrorCode::NeedsSecret, QCoreApplication::translate("Vault", "No secret is stored. Enter it again."), {}};
}

Error readOnlyVault()
{
    return {ErrorCode::Forbidden,
            QCoreApplication::translate("Vault",
                                        "Secrets from the environment cannot be changed here. Change them where "
                                        "the service is configured."),
            {}};
}

} // namespace carillon
