// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/base/Secret.h"

#include <openssl/types.h>

#include <memory>

namespace carillon {

// A private key that signs mail (RFC 6376 3.3, RFC 8463): RSA of 1024 to 8192 bits, or Ed25519. Immutable, cheap to copy,
// thread-safe.
class DkimKey {
public:
    enum class Kind { Rsa, Ed25519 };

    // Reads a private key in PEM form (PKCS#8, or PKCS#1 for RSA), not protected by a passphrase. The errors say what is
    // wrong with it and repeat nothing of it.
    static Result<DkimKey> fromPem(const Secret& pem);

    Kind kind() const { return m_kind; }
    int bits() const { return m_bits; }
    QByteArray algorithm() const; // as a= names it: "rsa-sha256"

    // The signature of the SHA-256 of `data`, not encoded.
    Result<QByteArray> sign(const QByteArray& data) const;

    // What the DNS must say of it: "v=DKIM1; k=rsa; p=MIIB...".
    QByteArray record() const;

private:
    DkimKey() = default;

    std::shared_ptr<EVP_PKEY> m_key;
    Kind m_kind = Kind::Rsa;
    int m_bits = 0;
};

} // namespace carillon
