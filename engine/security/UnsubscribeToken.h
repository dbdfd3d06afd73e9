// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/base/Secret.h"

namespace carillon {

// What an unsubscribe link stands for: this address on this channel, because of this delivery.
struct Unsubscribe {
    QString channel;
    QString address;
    qint64 deliveryId = 0;

    friend bool operator==(const Unsubscribe&, const Unsubscribe&) = default;
};

// Makes and opens the token in an unsubscribe link (RFC 8058: it must identify the recipient, and be hard to forge).
//
// A token is base64url of a truncated HMAC-SHA256 (128 bits, RFC 2104 section 5) and the three values. It has no expiry: the
// law of several countries wants a link to work for as long as the mail is kept. Equal values give equal tokens. Immutable,
// thread-safe.
class UnsubscribeKey {
public:
    static constexpr int MinKeyBytes = 32;
    static constexpr int MaxTokenBytes = 1024;

    // InvalidInput when the secret is shorter than MinKeyBytes.
    static Result<UnsubscribeKey> fromSecret(const Secret& secret);

    // InvalidInput when a value has a NUL or the token would be longer than MaxTokenBytes.
    Result<QByteArray> make(const Unsubscribe& what) const;

    // InvalidInput when the token is not ours. Takes any bytes.
    Result<Unsubscribe> open(const QByteArray& token) const;

private:
    explicit UnsubscribeKey(Secret secret)
        : m_secret(std::move(secret))
    {
    }
    QByteArray macOf(QByteArrayView payload) const;

    Secret m_secret;
};

} // namespace carillon
