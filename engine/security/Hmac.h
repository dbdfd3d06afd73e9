// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Secret.h"

#include <QByteArrayView>

#include <optional>

namespace carillon {

// The keyed hash under our tokens and webhook signatures (RFC 2104 with SHA-256), on OpenSSL. 32 bytes.
QByteArray hmacSha256(const Secret& key, QByteArrayView data);

// Compares without telling by its duration where the difference is. Unequal lengths are unequal at once.
bool equalInConstantTime(QByteArrayView a, QByteArrayView b);

// Base64 with the URL alphabet and no padding (RFC 4648 section 5). Decoding takes exactly what encoding gives: no blanks,
// no padding, no stray bits in the last character, so that one value has one spelling.
QByteArray toBase64Url(QByteArrayView bytes);
std::optional<QByteArray> fromBase64Url(QByteArrayView text);

} // namespace carillon
