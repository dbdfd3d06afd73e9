// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Clock.h"
#include "engine/base/Random.h"
#include "engine/security/Vault.h"

#include <QObject>

namespace QKeychain {
class Job;
}

namespace carillon {

// The operating system's keychain (Secret Service, KWallet, macOS, Windows), through QtKeychain. There is no fallback to
// plain text: without a keychain probe() says so and every call fails.
//
// QtKeychain runs one job at a time for the whole process and is not thread-safe: all vaults of this class must live in one
// thread, and that thread must have an event loop (with GLib's on Linux, Qt's default there). An unlock dialog may be shown
// to the person; a call that nobody answers ends with Timeout.
class KeychainVault final : public QObject, public Vault {
    Q_OBJECT

public:
    static constexpr qint64 TimeoutMs = 120'000; // long enough to find and type the keychain's password

    // `service` is the application's name in the keychain. Clock and random must outlive the vault.
    KeychainVault(QString service, Clock& clock, Random& random, QObject* parent = nullptr);

    // Writes, reads back and deletes a random value: QtKeychain's error codes do not tell a missing keychain from a locked
    // one.
    QFuture<Status> probe() override;
    QFuture<Result<Secret>> read(const QString& key) override;
    QFuture<Status> write(const QString& key, const Secret& secret) override;
    QFuture<Status> remove(const QString& key) override;
    QString place() const override;

private:
    template <typename Value, typename Job>
    QFuture<Value> run(Job* job, const QString& key, Value (*result)(Job&));
    QFuture<Status> probeReadBack(const QString& key, const Secret& expected);

    QString m_service;
    Clock& m_clock;
    Random& m_random;
};

} // namespace carillon
