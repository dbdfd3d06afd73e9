// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/security/MemoryVault.h"

#include <QCoreApplication>

namespace carillon {

QString MemoryVault::place() const
{
    return QCoreApplication::translate("Vault", "memory until Carillon ends");
}

QFuture<Status> MemoryVault::probe()
{
    return QtFuture::makeReadyFuture(Status());
}

QFuture<Result<Secret>> MemoryVault::read(const QString& key)
{
    const auto found = m_secrets.constFind(key);
    return QtFuture::makeReadyFuture(found == m_secrets.cend() ? Result<Secret>(fail(missingSecret()))
                                                               : Result<Secret>(*found));
}

QFuture<Status> MemoryVault::write(const QString& key, const Secret& secret)
{
    m_secrets.insert(key, secret);
    return QtFuture::makeReadyFuture(Status());
}

QFuture<Status> MemoryVault::remove(const QString& key)
{
    m_secrets.remove(key);
    return QtFuture::makeReadyFuture(Status());
}

} // namespace carillon
