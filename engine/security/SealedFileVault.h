// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/security/SealedBox.h"
#include "engine/security/Vault.h"

namespace carillon {

// Secrets in one file that a passphrase opens: for a server without a keychain. Each call reads the file anew, so that
// several processes may use one: a writer holds a lock ("<path>.lock") while it reads, changes and replaces the file.
// Between calls nothing of it is in memory but its key, and the passphrase as long as there is no file. See SealedBox for
// the form.
//
// The file is made with the first secret, by whichever process has one first; readable by its owner only, and always
// replaced whole and synchronised to the disk. What cannot be opened (another passphrase, a damaged file) is never
// overwritten, and what cannot be looked at (a folder that is closed to us, a link that leads nowhere) is an error and not a
// vault without secrets.
class SealedFileVault final : public Vault {
public:
    static constexpr qint64 MaxFileBytes = 1024 * 1024;
    static constexpr qsizetype MaxSecretBytes = 64 * 1024;

    // Takes a moment: deriving the key is slow by design. Forbidden when the passphrase is wrong; see SealedBox::make for
    // that of a new file.
    static Result<std::unique_ptr<SealedFileVault>> open(const QString& path, const Secret& passphrase,
                                                         const SealedBox::Cost& cost = {});

    QFuture<Status> probe() override;
    QFuture<Result<Secret>> read(const QString& key) override;
    QFuture<Status> write(const QString& key, const Secret& secret) override;
    QFuture<Status> remove(const QString& key) override;
    QString place() const override;

private:
    SealedFileVault(QString path, SealedBox box, Secret untilMade);

    Result<LockedBytes> load(); // nothing inside when there is no file
    Status takeBoxOf(const QByteArray& sealed);
    Status replace(const QString& key, const Secret* secret); // null: removes it

    QString m_path;
    SealedBox m_box;
    Secret m_untilMade; // the passphrase, while there is no file: another process may make it, with a salt of its own
};

} // namespace carillon
