// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/base/Secret.h"

#include <QFuture>

namespace carillon {

// Where secrets are kept. The database has only their keys.
//
// Belongs to one thread, usually the engine's: call it there, and its futures finish there, at once or later. A future
// always finishes with a value; when the vault dies first, with Cancelled.
//
//     vault.read(secretKey(workspace, account.id, u"password"_qs)).then(this, [this](const Result<Secret>& secret) { ... });
class Vault {
public:
    virtual ~Vault() = default;

    // Success when secrets can be read here (and, unless isReadOnly(), written); otherwise why not and what to do.
    virtual QFuture<Status> probe() = 0;

    // NeedsSecret when the vault is well but has nothing under this key: ask a person, never write something in its place.
    // Any other error: the vault itself is not available.
    virtual QFuture<Result<Secret>> read(const QString& key) = 0;

    // Writes or replaces. Forbidden when the vault is read-only.
    virtual QFuture<Status> write(const QString& key, const Secret& secret) = 0;

    // Success also when there was nothing. Forbidden when the vault is read-only.
    virtual QFuture<Status> remove(const QString& key) = 0;

    virtual bool isReadOnly() const { return false; }

    // Where secrets are written to, for a sentence: "the system's keychain". Constant, from any thread.
    virtual QString place() const = 0;
};

// The key of an account's secret field: "<workspace>/account-<id>/<field>". A slash in an id or name is replaced, so that no
// two triples share a key by accident of spelling.
QString secretKey(const QString& workspaceId, qint64 accountId, const QString& fieldKey);

// The key of a secret of the workspace itself, such as its token signing key: "<workspace>/workspace/<name>".
QString secretKey(const QString& workspaceId, const QString& name);

// The error of read() when there is nothing.
Error missingSecret();

// The error of write() and remove() on a read-only vault.
Error readOnlyVault();

} // namespace carillon
