// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/security/JwtSigner.h"

#include "engine/base/Json.h"
#include "engine/security/Hmac.h"

#include <QCoreApplication>

#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <cstring>

namespace carillon {

namespace {

constexpr int MinSecretBytes = 32; // RFC 7518 section 3.2
constexpr int MinRsaBits = 2048; // section 3.3
constexpr int MaxRsaBits = 8192; // beyond, a signature costs more than the request
constexpr int Es256Octets = 32; // of r, and of s: section 3.4

QString tr(const char* text)
{
    return QCoreApplication::translate("JwtSigner", text);
}

tl::unexpected<Error> unusable(const QString& sentence)
{
    return fail(ErrorCode::InvalidInput, sentence);
}

QString nameOf(JwtAlgorithm algorithm)
{
    switch (algorithm) {
    case JwtAlgorithm::Hs256: return QStringLiteral("HS256");
    case JwtAlgorithm::Rs256: return QStringLiteral("RS256");
    case JwtAlgorithm::Es256: return QStringLiteral("ES256");
    }
    return {};
}

// Called when the key is encrypted; OpenSSL would ask at the terminal.
int noPassphrase(char*, int, int, void* asked)
{
    *static_cast<bool*>(asked) = true;
    return -1;
}

Result<std::shared_ptr<EVP_PKEY>> readPem(const QByteArray& pem)
{
    bool isProtected = false;
    const std::unique_ptr<BIO, decltype(&BIO_free)> source(BIO_new_mem_buf(pem.constData(), int(pem.size())), BIO_free);
    EVP_PKEY* key = source ? PEM_read_bio_PrivateKey(source.get(), nullptr, noPassphrase, &isProtected) : nullptr;
    ERR_clear_error(); // the queue is the thread's, and TLS looks into it
    if (isProtected)
        return unusable(tr("The key is protected by a passphrase. Store it without one: the vault protects it."));
    if (!key)
        return unusable(tr("This is no private key. It is the whole text of the key's file, which begins with "
                           "\"-----BEGIN PRIVATE KEY-----\"."));
    return std::shared_ptr<EVP_PKEY>(key, EVP_PKEY_free);
}

Status checkRsa(const EVP_PKEY* key)
{
    if (EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA)
        return unusable(tr("This is a key of another kind. An RSA key is needed."));
    const int bits = EVP_PKEY_get_bits(key);
    if (bits < MinRsaBits || bits > MaxRsaBits)
        return unusable(
            tr("The RSA key has %1 bits. It must have from %2 to %3.").arg(bits).arg(MinRsaBits).arg(MaxRsaBits));
    return {};
}

Status checkP256(const EVP_PKEY* key)
{
    char group[32] = {};
    if (EVP_PKEY_get_base_id(key) != EVP_PKEY_EC || EVP_PKEY_get_group_name(key, group, sizeof group, nullptr) != 1
        || std::strcmp(group, SN_X9_62_prime256v1) != 0) {
        ERR_clear_error();
        return unusable(tr("This is a key of another kind. An elliptic curve key on P-256 is needed."));
    }
    return {};
}

// OpenSSL gives both numbers in DER; a token has them side by side (RFC 7518 section 3.4).
QByteArray rawEcdsa(const QByteArray& der)
{
    const auto* octets = reinterpret_cast<const unsigned char*>(der.constData());
    const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> both(d2i_ECDSA_SIG(nullptr, &octets, der.size()),
                                                                     ECDSA_SIG_free);
    QByteArray raw(2 * qsizetype(Es256Octets), '\0');
    auto* out = reinterpret_cast<unsigned char*>(raw.data());
    if (!both || BN_bn2binpad(ECDSA_SIG_get0_r(both.get()), out, Es256Octets) < 0
        || BN_bn2binpad(ECDSA_SIG_get0_s(both.get()), out + Es256Octets, Es256Octets) < 0)
        return {};
    return raw;
}

QByteArray signBy(EVP_PKEY* key, const QByteArray& data)
{
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    std::size_t size = std::size_t(EVP_PKEY_get_size(key));
    QByteArray signature(qsizetype(size), '\0');
    if (!context || EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key) != 1
        || EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                          reinterpret_cast<const unsigned char*>(data.constData()), std::size_t(data.size()))
            != 1) {
        ERR_clear_error();
        return {};
    }
    signature.truncate(qsizetype(size));
    return signature;
}

} // namespace

Result<JwtSigner> JwtSigner::make(JwtAlgorithm algorithm, const Secret& key)
{
    JwtSigner signer;
    signer.m_algorithm = algorithm;
    if (algorithm == JwtAlgorithm::Hs256) {
        if (key.reveal().size() < MinSecretBytes)
            return unusable(tr("A signing secret needs at least %1 bytes.").arg(MinSecretBytes));
        signer.m_secret = key;
        return signer;
    }
    const auto read = readPem(key.reveal());
    if (!read)
        return fail(read.error());
    signer.m_key = *read;
    const Status fits = algorithm == JwtAlgorithm::Rs256 ? checkRsa(read->get()) : checkP256(read->get());
    return fits ? Result<JwtSigner>(std::move(signer)) : fail(fits.error());
}

Result<QByteArray> JwtSigner::sign(QJsonObject header, const QJsonObject& claims) const
{
    header.insert(QStringLiteral("alg"), nameOf(m_algorithm));
    header.insert(QStringLiteral("typ"), QStringLiteral("JWT"));
    const QByteArray body = toBase64Url(compactJson(header)) + '.' + toBase64Url(compactJson(claims));
    const Result<QByteArray> signature = signatureOf(body);
    return signature ? Result<QByteArray>(body + '.' + toBase64Url(*signature)) : signature;
}

Result<QByteArray> JwtSigner::signatureOf(const QByteArray& data) const
{
    if (m_algorithm == JwtAlgorithm::Hs256)
        return hmacSha256(m_secret, data);
    QByteArray signature = signBy(m_key.get(), data);
    if (m_algorithm == JwtAlgorithm::Es256)
        signature = rawEcdsa(signature);
    if (signature.isEmpty())
        return fail(ErrorCode::Internal, tr("The token could not be signed."));
    return signature;
}

} // namespace carillon
