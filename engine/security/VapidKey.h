// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/security/P256Key.h"

#include <QString>

namespace carillon {

// The key by which push services know us (VAPID, RFC 8292). A browser's subscription is bound to its public part: with
// another key all subscriptions are lost. Immutable, cheap to copy, thread-safe.
//
//     const Result<VapidKey> key = VapidKey::fromText(secret);
//     header = key->authorization(u"https://push.example.net"_qs, u"mailto:ops@example.org"_qs, now + 12 h);
class VapidKey {
public:
    static constexpr qint64 MaxLifetimeMs = 24 * 3'600'000; // push services refuse longer ones (section 2)

    static Result<VapidKey> generate();
    // The private key in base64url, as text() gives it and `web-push generate-vapid-keys` prints it. InvalidInput, which
    // repeats nothing of it, for anything else.
    static Result<VapidKey> fromText(const Secret& text);

    Secret text() const;
    QByteArray publicText() const; // base64url: the applicationServerKey of a browser's subscribe()
    QByteArray publicPoint() const { return m_key.publicPoint(); }

    // The value of the field Authorization: "vapid t=<token>, k=<public key>". `audience`: the origin of the endpoint;
    // `subject`: whom the push service may write to, mailto: or https:; `expiresAt`: UTC milliseconds.
    Result<QByteArray> authorization(const QString& audience, const QString& subject, qint64 expiresAt) const;

private:
    explicit VapidKey(P256Key key)
        : m_key(std::move(key))
    {
    }

    P256Key m_key;
};

} // namespace carillon
