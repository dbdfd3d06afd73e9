// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/security/KeychainVault.h"

#include <QCoreApplication>
#include <QPromise>

#include <qt6keychain/keychain.h>

namespace carillon {

namespace {

// A promise that is kept once, whatever happens: with Cancelled when it dies before its value came.
template <typename Value>
class Answer {
public:
    Answer() { m_promise.start(); }
    ~Answer()
    {
        give(
            fail(ErrorCode::Cancelled, QCoreApplication::translate("Vault", "The keychain was closed before it answered.")));
    }

    QFuture<Value> future() { return m_promise.future(); }

    void give(Value value)
    {
        if (m_given)
            return;
        m_given = true;
        m_promise.addResult(std::move(value));
        m_promise.finish();
    }

private:
    QPromise<Value> m_promise;
    bool m_given = false;
};

Error errorOf(const QKeychain::Job& job)
{
    switch (job.error()) {
    case QKeychain::EntryNotFound: return missingSecret();
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return {ErrorCode::Forbidden, QCoreApplication::translate("Vault", "The keychain refused access."), {}};
    default:
        return {ErrorCode::Storage,
                QCoreApplication::translate("Vault",
                                            "The system's keychain cannot be used: %1. Unlock or start it, or give "
                                            "the secret by the environment.")
                    .arg(job.errorString()),
                {}};
    }
}

Error silentKeychain()
{
    return {
        ErrorCode::Timeout,
        QCoreApplication::translate("Vault", "The system's keychain did not answer. See whether it waits for a password."),
        {}};
}

Status doneBy(QKeychain::Job& job)
{
    return job.error() == QKeychain::NoError ? Status() : Status(fail(errorOf(job)));
}

} // namespace

KeychainVault::KeychainVault(QString service, Clock& clock, Random& random, QObject* parent)
    : QObject(parent)
    , m_service(std::move(service))
    , m_clock(clock)
    , m_random(random)
{
}

template <typename Value, typename Job>
QFuture<Value> KeychainVault::run(Job* job, const QString& key, Value (*result)(Job&))
{
    // The job's connection owns the answer: when the vault and with it the job dies, the answer says so.
    auto answer = std::make_shared<Answer<Value>>();
    connect(job, &QKeychain::Job::finished, this, [job, answer, result] { answer->give(result(*job)); });
    m_clock.after(TimeoutMs, job, [weak = std::weak_ptr(answer)] {
        if (const auto late = weak.lock())
            late->give(fail(silentKeychain()));
    });
    job->setKey(key);
    QFuture<Value> future = answer->future();
    job->start();
    return future;
}

QFuture<Result<Secret>> KeychainVault::read(const QString& key)
{
    return run<Result<Secret>, QKeychain::ReadPasswordJob>(
        new QKeychain::ReadPasswordJob(m_service, this), key, [](QKeychain::ReadPasswordJob& job) {
            return job.error() == QKeychain::NoError ? Result<Secret>(Secret(job.binaryData())) : fail(errorOf(job));
        });
}

QFuture<Status> KeychainVault::write(const QString& key, const Secret& secret)
{
    auto* job = new QKeychain::WritePasswordJob(m_service, this);
    job->setBinaryData(secret.reveal());
    return run<Status, QKeychain::WritePasswordJob>(job, key,
                                                    [](QKeychain::WritePasswordJob& done) { return doneBy(done); });
}

QFuture<Status> KeychainVault::remove(const QString& key)
{
    return run<Status, QKeychain::DeletePasswordJob>(
        new QKeychain::DeletePasswordJob(m_service, this), key,
        [](QKeychain::DeletePasswordJob& job) { return job.error() == QKeychain::EntryNotFound ? Status() : doneBy(job); });
}

QString KeychainVault::place() const
{
    return QCoreApplication::translate("Vault", "the system's keychain");
}

QFuture<Status> KeychainVault::probe()
{
    const QString key = QStringLiteral("probe-") + m_random.hex(8);
    const Secret value(m_random.hex(16).toLatin1());
    return write(key, value)
        .then(this,
              [this, key, value](const Status& written) {
                  return written ? probeReadBack(key, value) : QtFuture::makeReadyFuture(written);
              })
        .unwrap();
}

QFuture<Status> KeychainVault::probeReadBack(const QString& key, const Secret& expected)
{
    return read(key)
        .then(this,
              [this, key, expected](const Result<Secret>& found) {
                  const QFuture<Status> removed = remove(key);
                  if (!found)
                      return QtFuture::makeReadyFuture(Status(fail(found.error())));
                  if (*found == expected)
                      return removed;
                  return QtFuture::makeReadyFuture(
                      Status(fail(ErrorCode::Storage,
                                  QCoreApplication::translate("Vault", "The system's keychain gave back another value."))));
              })
        .unwrap();
}

} // namespace carillon
