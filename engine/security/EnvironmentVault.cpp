// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/security/EnvironmentVault.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

namespace carillon {

namespace {

// The key without its workspace, each character that a name cannot hold replaced.
QString plainName(const QString& key, QChar filler)
{
    QString name = key.mid(key.indexOf(u'/') + 1);
    for (QChar& c : name) {
        if (!(c.isLetterOrNumber() && c.unicode() < 0x80))
            c = filler;
    }
    return name;
}

} // namespace

QString EnvironmentVault::variableName(const QString& key)
{
    return QStringLiteral("CARILLON_SECRET_") + plainName(key, u'_').toUpper();
}

QString EnvironmentVault::credentialName(const QString& key)
{
    return QStringLiteral("carillon-") + plainName(key, u'-');
}

QString EnvironmentVault::place() const
{
    return QCoreApplication::translate("Vault", "the service's credentials and environment");
}

QFuture<Status> EnvironmentVault::probe()
{
    return QtFuture::makeReadyFuture(Status());
}

QFuture<Result<Secret>> EnvironmentVault::read(const QString& key)
{
    Result<Secret> credential = readCredential(key);
    const QString name = variableName(key);
    if (!credential && credential.error().code == ErrorCode::NeedsSecret && m_environment.contains(name))
        credential = Secret(m_environment.value(name).toUtf8());
    return QtFuture::makeReadyFuture(credential);
}

Result<Secret> EnvironmentVault::readCredential(const QString& key) const
{
    const QString directory = m_environment.value(QStringLiteral("CREDENTIALS_DIRECTORY"));
    QFile file(QDir(directory).filePath(credentialName(key)));
    if (directory.isEmpty() || !file.exists())
        return fail(missingSecret());
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Storage,
                    QCoreApplication::translate("Vault", "The credential %1 cannot be read: %2.")
                        .arg(credentialName(key), file.errorString()));
    QByteArray value = file.read(MaxFileBytes + 1);
    if (value.size() > MaxFileBytes)
        return fail(
            ErrorCode::InvalidInput,
            QCoreApplication::translate("Vault", "The credential %1 is larger than 1 MiB.").arg(credentialName(key)));
    if (value.endsWith('\n'))
        value.chop(value.endsWith("\r\n") ? 2 : 1);
    return Secret(value);
}

QFuture<Status> EnvironmentVault::write(const QString&, const Secret&)
{
    return QtFuture::makeReadyFuture(Status(fail(readOnlyVault())));
}

QFuture<Status> EnvironmentVault::remove(const QString&)
{
    return QtFuture::makeReadyFuture(Status(fail(readOnlyVault())));
}

} // namespace carillon
