// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Secret.h"

#include <QByteArrayView>

#include <optional>

namespace carillon {

// The hash inside an HMAC.
enum class HmacHash { Sha1, Sha256, Sha512 };

// The keyed hash (RFC 2104), on OpenSSL: 20, 32 or 64 bytes. SHA-1 is for platforms that sign with nothing else.
QByteArray hmacOf(HmacHash hash, const Secret& key, QByteArrayView data);
// The one under our own tokens and webhook signatures.
QByteArray hmacSha256(const Secret& key, QByteArrayView data);

// Compares without telling by its duration where the difference is. Unequal lengths are unequal at once.
bool equalInConstantTime(QByteArrayView a, QByteArrayView b);

// Base64 with the URL alphabet and no padding (RFC 4648 section 5). Decoding takes exactly what encoding gives: no blanks,
// no padding, no stray bits in the last character, so that one value has one spelling.
QByteArray toBase64Url(QByteArrayView bytes);
std::optional<QByteArray> fromBase64Url(QByteArrayView text);

} // namespace carillon
