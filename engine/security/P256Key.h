// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/base/Secret.h"

#include <QByteArrayView>

#include <memory>

typedef struct evp_pkey_st EVP_PKEY; // OpenSSL's, for the few who include its headers

namespace carillon {

// A private key on the curve P-256, as browsers and push services exchange them: the private part is a number of 32 octets,
// the public part an uncompressed point of 65 (0x04, x, y). Immutable, cheap to copy, thread-safe.
class P256Key {
public:
    static constexpr int ScalarOctets = 32;
    static constexpr int PointOctets = 65;

    // A new one, of the system's randomness. Internal when OpenSSL cannot.
    static Result<P256Key> generate();
    // InvalidInput for anything but a number that the curve allows; the error repeats nothing of it.
    static Result<P256Key> fromScalar(const Secret& scalar);

    Secret scalar() const;
    Secret pem() const; // PKCS#8, as JwtSigner takes it
    QByteArray publicPoint() const;

    // What both sides compute of their own private and the other's public part (ECDH): 32 octets. InvalidInput for what is
    // no point of the curve.
    Result<Secret> agree(QByteArrayView otherPoint) const;

private:
    explicit P256Key(EVP_PKEY* key); // takes it

    std::shared_ptr<EVP_PKEY> m_key;
};

} // namespace carillon
