// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/DkimKey.h"

#include <QCoreApplication>
#include <QCryptographicHash>

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace carillon {

namespace {

constexpr int minRsaBits = 1'024; // RFC 8301 3.2
constexpr int maxRsaBits = 8'192; // beyond, a signature costs more than all else of a mail
constexpr std::size_t ed25519Octets = 32;

QString tr(const char* text)
{
    return QCoreApplication::translate("Dkim", text);
}

// Called when the key is encrypted; OpenSSL would ask at the terminal.
int noPassphrase(char*, int, int, void* asked)
{
    *static_cast<bool*>(asked) = true;
    return -1;
}

std::shared_ptr<EVP_PKEY> readPem(const QByteArray& pem, bool& isProtected)
{
    const std::unique_ptr<BIO, decltype(&BIO_free)> source(BIO_new_mem_buf(pem.constData(), int(pem.size())), BIO_free);
    EVP_PKEY* key = source ? PEM_read_bio_PrivateKey(source.get(), nullptr, noPassphrase, &isProtected) : nullptr;
    ERR_clear_error(); // the queue is the thread's, and TLS looks into it
    return {key, EVP_PKEY_free};
}

tl::unexpected<Error> unusable(const QString& reason)
{
    return fail(ErrorCode::InvalidInput, reason);
}

} // namespace

Result<DkimKey> DkimKey::fromPem(const Secret& pem)
{
    bool isProtected = false;
    DkimKey key;
    key.m_key = readPem(pem.reveal(), isProtected);
    if (isProtected)
        return unusable(tr("The key is protected by a passphrase. Store it without one: the keychain protects it."));
    if (!key.m_key)
        return unusable(tr("This is no private key in PEM form. It begins with \"-----BEGIN PRIVATE KEY-----\"."));
    key.m_bits = EVP_PKEY_get_bits(key.m_key.get());
    switch (EVP_PKEY_get_base_id(key.m_key.get())) {
    case EVP_PKEY_ED25519: key.m_kind = Kind::Ed25519; return key;
    case EVP_PKEY_RSA: key.m_kind = Kind::Rsa; break;
    default: return unusable(tr("This is a key of a kind that DKIM does not know. An RSA or Ed25519 key is needed."));
    }
    if (key.m_bits < minRsaBits || key.m_bits > maxRsaBits)
        return unusable(tr("The RSA key has %1 bits. It must have from %2 to %3; 2048 is recommended.")
                            .arg(key.m_bits)
                            .arg(minRsaBits)
                            .arg(maxRsaBits));
    return key;
}

QByteArray DkimKey::algorithm() const
{
    return m_kind == Kind::Rsa ? "rsa-sha256" : "ed25519-sha256";
}

Result<QByteArray> DkimKey::sign(const QByteArray& data) const
{
    const QByteArray hash = QCryptographicHash::hash(data, QCryptographicHash::Sha256);
    // Ed25519 signs the hash as its message (RFC 8463 3); RSA hashes by itself.
    const QByteArray& message = m_kind == Kind::Rsa ? data : hash;
    const EVP_MD* const digest = m_kind == Kind::Rsa ? EVP_sha256() : nullptr;
    const auto* const octets = reinterpret_cast<const unsigned char*>(message.constData());
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    std::size_t size = std::size_t(EVP_PKEY_get_size(m_key.get()));
    QByteArray signature(qsizetype(size), '\0');
    if (!context || EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, m_key.get()) != 1
        || EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, octets,
                          std::size_t(message.size()))
            != 1) {
        ERR_clear_error();
        return fail(ErrorCode::Internal, tr("The mail could not be signed with the DKIM key."));
    }
    signature.truncate(qsizetype(size));
    return signature;
}

QByteArray DkimKey::record() const
{
    if (m_kind == Kind::Ed25519) {
        QByteArray raw(ed25519Octets, '\0');
        std::size_t size = ed25519Octets;
        EVP_PKEY_get_raw_public_key(m_key.get(), reinterpret_cast<unsigned char*>(raw.data()), &size);
        return "v=DKIM1; k=ed25519; p=" + raw.toBase64();
    }
    QByteArray info(i2d_PUBKEY(m_key.get(), nullptr), '\0');
    auto* into = reinterpret_cast<unsigned char*>(info.data());
    i2d_PUBKEY(m_key.get(), &into);
    return "v=DKIM1; k=rsa; p=" + info.toBase64();
}

} // namespace carillon
