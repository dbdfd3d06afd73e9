// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/security/VaultProxy.h"

#include <QPromise>
#include <QThread>

namespace carillon {

VaultProxy::VaultProxy(std::unique_ptr<Vault> vault, QList<QObject*> threadBound)
    : m_vault(std::move(vault))
    , m_threadBound(std::move(threadBound))
{
}

void VaultProxy::move(QThread* thread)
{
    moveToThread(thread);
    for (QObject* object : std::as_const(m_threadBound))
        object->moveToThread(thread);
}

template <typename Answer, typename Ask>
QFuture<Answer> VaultProxy::carry(Ask ask)
{
    auto promise = std::make_shared<QPromise<Answer>>();
    promise->start();
    QMetaObject::invokeMethod(
        this,
        [this, promise, ask = std::move(ask)] {
            ask(*m_vault).then([promise](const Answer& answer) {
                promise->addResult(answer);
                promise->finish();
            });
        },
        Qt::QueuedConnection);
    return promise->future();
}

QFuture<Status> VaultProxy::probe()
{
    return carry<Status>([](Vault& vault) { return vault.probe(); });
}

QFuture<Result<Secret>> VaultProxy::read(const QString& key)
{
    return carry<Result<Secret>>([key](Vault& vault) { return vault.read(key); });
}

QFuture<Status> VaultProxy::write(const QString& key, const Secret& secret)
{
    return carry<Status>([key, secret](Vault& vault) { return vault.write(key, secret); });
}

QFuture<Status> VaultProxy::remove(const QString& key)
{
    return carry<Status>([key](Vault& vault) { return vault.remove(key); });
}

} // namespace carillon
