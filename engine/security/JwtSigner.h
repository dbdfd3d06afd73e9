// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/base/Secret.h"

#include <QJsonObject>

#include <memory>

typedef struct evp_pkey_st EVP_PKEY; // OpenSSL's, for the few who include its headers

namespace carillon {

enum class JwtAlgorithm { Hs256, Rs256, Es256 }; // RFC 7518 section 3.1

// Signs the tokens by which platforms know us: Google, Apple, Vonage. For tokens of our own making, which we also verify,
// see JwtKey. Immutable, thread-safe.
//
//     Result<JwtSigner> signer = JwtSigner::make(JwtAlgorithm::Es256, key); // the text of a .p8 file
//     Result<QByteArray> token = signer->sign({{u"kid"_qs, u"ABC123DEFG"_qs}}, {{u"iss"_qs, u"DEF123GHIJ"_qs}, {u"iat"_qs,
//     now / 1000}});
class JwtSigner {
public:
    // RS256 and ES256 take a private key in PEM form without a passphrase, RSA of 2048 to 8192 bits or EC on P-256; HS256
    // takes a secret of at least 32 bytes. InvalidInput says what is wrong with another, and repeats nothing of it.
    static Result<JwtSigner> make(JwtAlgorithm algorithm, const Secret& key);

    // "alg" and "typ" are put into the header. Internal when OpenSSL cannot sign.
    Result<QByteArray> sign(QJsonObject header, const QJsonObject& claims) const;

private:
    JwtSigner() = default;

    Result<QByteArray> signatureOf(const QByteArray& data) const;

    JwtAlgorithm m_algorithm = JwtAlgorithm::Hs256;
    Secret m_secret; // HS256
    std::shared_ptr<EVP_PKEY> m_key; // the others
};

} // namespace carillon
