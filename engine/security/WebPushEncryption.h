// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/security/P256Key.h"

namespace carillon {

// Whom a push message is encrypted for: the keys of a browser's subscription, decoded.
struct PushReceiver {
    QByteArray point; // p256dh: P256Key::PointOctets
    QByteArray auth; // the authentication secret: 16 octets
};

// The body of a push message: aes128gcm (RFC 8188) with keys agreed as RFC 8291 says, in one record.
namespace WebPushEncryption {

inline constexpr int SaltOctets = 16;
inline constexpr int AuthOctets = 16;
inline constexpr qsizetype MaxBody = 4'096; // what every push service takes (RFC 8291 section 4)
inline constexpr qsizetype Overhead = 86 + 1 + 16; // header, delimiter, tag
inline constexpr qsizetype MaxPlaintext = MaxBody - Overhead; // 3,993

// With a new key and salt, as each message must have. InvalidInput when the text is too long or the receiver's keys are
// none.
Result<QByteArray> encrypt(const QByteArray& plaintext, const PushReceiver& receiver);

// With given ones: the same input gives the same body. `salt` has SaltOctets.
Result<QByteArray> encrypt(const QByteArray& plaintext, const PushReceiver& receiver, const P256Key& sender,
                           const QByteArray& salt);

} // namespace WebPushEncryption

} // namespace carillon
