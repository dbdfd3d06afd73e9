// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/base/Secret.h"
#include "engine/model/Topic.h"

namespace carillon {

// Makes the addresses under which platforms call us back, one for each account:
// "https://<public address>/hooks/<account>/<token>".
//
// The token is base64url of a truncated HMAC-SHA256 (128 bits, RFC 2104 section 5) of the account, so nobody can guess it,
// and nothing of it is stored. An account that was removed and one that got its number later have different ones. Immutable,
// thread-safe.
class HookKey {
public:
    static constexpr int MinKeyBytes = 32;

    // InvalidInput when the secret is shorter than MinKeyBytes.
    static Result<HookKey> fromSecret(const Secret& secret);

    QByteArray tokenOf(const Account& account) const;
    // Takes any bytes; in constant time.
    bool opens(const QByteArray& token, const Account& account) const;

    // The whole address; empty without a public one.
    QString urlOf(const QString& publicUrl, const Account& account) const;

private:
    explicit HookKey(Secret secret)
        : m_secret(std::move(secret))
    {
    }

    Secret m_secret;
};

// `publicUrl` and an absolute path, with one slash between them.
QString publicAddress(const QString& publicUrl, const QString& path);

} // namespace carillon
