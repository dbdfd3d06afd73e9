// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/security/Vault.h"

#include <QObject>

#include <memory>

namespace carillon {

// A vault that may be asked from any thread: carries each call into the thread of the vault behind it, which it owns. Its
// futures finish in that thread. Make it in any thread, then move() it; destroy it in the vault's thread or after that
// thread has ended.
class VaultProxy final : public QObject, public Vault {
    Q_OBJECT

public:
    // `threadBound`: the parts of the vault that are QObjects, to be moved along.
    VaultProxy(std::unique_ptr<Vault> vault, QList<QObject*> threadBound);

    void move(QThread* thread);

    QFuture<Status> probe() override;
    QFuture<Result<Secret>> read(const QString& key) override;
    QFuture<Status> write(const QString& key, const Secret& secret) override;
    QFuture<Status> remove(const QString& key) override;
    bool isReadOnly() const override { return m_vault->isReadOnly(); }
    QString place() const override { return m_vault->place(); }

private:
    template <typename Answer, typename Ask>
    QFuture<Answer> carry(Ask ask);

    std::unique_ptr<Vault> m_vault;
    QList<QObject*> m_threadBound; // inside m_vault
};

} // namespace carillon
