// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/VaultChoice.h"

#include "app/TerminalPrompt.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace carillon {

namespace {

constexpr qint64 MaxPassphrase = 4096; // bytes

QString tr(const char* text)
{
    return QCoreApplication::translate("VaultChoice", text);
}

Result<Secret> readPassphrase(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Storage, tr("The passphrase file %1 cannot be read: %2.").arg(path, file.errorString()));
    QByteArray text = file.read(MaxPassphrase + 1);
    if (text.size() > MaxPassphrase)
        return fail(ErrorCode::InvalidInput, tr("The passphrase file %1 is larger than 4 KiB.").arg(path));
    if (text.endsWith('\n'))
        text.chop(text.endsWith("\r\n") ? 2 : 1);
    return Secret(text);
}

Result<Secret> askPassphrase(const QString& path)
{
    const bool isNew = !QFileInfo::exists(path);
    Result<Secret> first = askSecret(isNew ? tr("New passphrase for %1: ").arg(path) : tr("Passphrase of %1: ").arg(path));
    if (!first)
        return fail(ErrorCode::NeedsSecret,
                    tr("The sealed file %1 needs its passphrase: give it by the credential carillon-vault-passphrase, by "
                       "$CARILLON_VAULT_PASSPHRASE_FILE or $CARILLON_VAULT_PASSPHRASE, or on a terminal.")
                        .arg(path));
    if (!isNew)
        return first;
    const Result<Secret> second = askSecret(tr("The same again: "));
    if (!second || *second != *first)
        return fail(ErrorCode::InvalidInput, tr("The two passphrases differ. Nothing was made."));
    return first;
}

Result<Secret> passphraseOf(const QString& path)
{
    const QString credentials = qEnvironmentVariable("CREDENTIALS_DIRECTORY");
    const QString credential = QDir(credentials).filePath(QStringLiteral("carillon-vault-passphrase"));
    if (!credentials.isEmpty() && QFileInfo::exists(credential))
        return readPassphrase(credential);
    if (const QString file = qEnvironmentVariable("CARILLON_VAULT_PASSPHRASE_FILE"); !file.isEmpty())
        return readPassphrase(file);
    if (qEnvironmentVariableIsSet("CARILLON_VAULT_PASSPHRASE"))
        return Secret(qgetenv("CARILLON_VAULT_PASSPHRASE"));
    return askPassphrase(path);
}

} // namespace

Status chooseVault(const QString& text, EngineOptions& options)
{
    const QString chosen = text.isEmpty() ? qEnvironmentVariable("CARILLON_VAULT") : text;
    const QString sealed = QStringLiteral("sealed:");
    if (chosen.isEmpty())
        return {};
    if (chosen == QStringLiteral("system")) {
        options.vault = VaultKind::System;
    } else if (chosen == QStringLiteral("environment")) {
        options.vault = VaultKind::Environment;
    } else if (chosen == QStringLiteral("memory")) {
        options.vault = VaultKind::Memory;
    } else if (chosen.startsWith(sealed) && chosen.size() > sealed.size()) {
        options.vault = VaultKind::Sealed;
        options.vaultFile = QFileInfo(chosen.mid(sealed.size())).absoluteFilePath();
        Result<Secret> passphrase = passphraseOf(options.vaultFile);
        if (!passphrase)
            return fail(passphrase.error());
        options.vaultPassphrase = *passphrase;
    } else {
        return fail(ErrorCode::InvalidInput,
                    tr("There is no vault \"%1\". Say system, environment, memory, or sealed:FILE.").arg(chosen),
                    QStringLiteral("vault"));
    }
    return {};
}

QString vaultHelp()
{
    return tr("Where secrets are kept: system (the keychain), environment, sealed:FILE, or memory; $CARILLON_VAULT when not "
              "given, else system.");
}

} // namespace carillon
