// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Secret.h"

#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>

namespace carillon {

// The private half in PEM form, encrypted when there is a passphrase.
inline Secret pemOf(EVP_PKEY* key, const char* passphrase = nullptr)
{
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> owner(key, EVP_PKEY_free);
    const std::unique_ptr<BIO, decltype(&BIO_free)> sink(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio_PKCS8PrivateKey(sink.get(), key, passphrase ? EVP_aes_128_cbc() : nullptr, passphrase,
                                  passphrase ? int(qstrlen(passphrase)) : 0, nullptr, nullptr);
    char* text = nullptr;
    const long size = BIO_get_mem_data(sink.get(), &text);
    return Secret(QByteArray(text, qsizetype(size)));
}

inline Secret newRsaPem(int bits = 2'048)
{
    return pemOf(EVP_RSA_gen(unsigned(bits)));
}

inline Secret newEd25519Pem()
{
    return pemOf(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
}

} // namespace carillon
