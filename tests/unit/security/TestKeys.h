// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Secret.h"

#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>

namespace carillon {

// A key pair made for one test, both halves in PEM form.
struct TestKey {
    Secret privatePem;
    QByteArray publicPem;

    static TestKey rsa(unsigned bits = 2048) { return TestKey(EVP_RSA_gen(bits)); }
    static TestKey curve(const char* name = "P-256") { return TestKey(EVP_EC_gen(name)); }
    static TestKey protectedRsa() { return TestKey(EVP_RSA_gen(2048), "passphrase"); }

private:
    explicit TestKey(EVP_PKEY* made, const char* passphrase = nullptr)
    {
        const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(made, EVP_PKEY_free);
        const std::unique_ptr<BIO, decltype(&BIO_free)> sink(BIO_new(BIO_s_mem()), BIO_free);
        PEM_write_bio_PKCS8PrivateKey(sink.get(), key.get(), passphrase ? EVP_aes_128_cbc() : nullptr, passphrase,
                                      passphrase ? int(qstrlen(passphrase)) : 0, nullptr, nullptr);
        privatePem = Secret(contentOf(sink.get()));
        BIO_reset(sink.get());
        PEM_write_bio_PUBKEY(sink.get(), key.get());
        publicPem = contentOf(sink.get());
    }

    static QByteArray contentOf(BIO* sink)
    {
        char* text = nullptr;
        const long size = BIO_get_mem_data(sink, &text);
        return QByteArray(text, qsizetype(size));
    }
};

} // namespace carillon
