// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/security/Hmac.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

namespace carillon {

namespace {

constexpr auto Base64Url = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

struct HashProperties {
    const char* name; // as OpenSSL calls it
    qsizetype size; // bytes
};

HashProperties propertiesOf(HmacHash hash)
{
    switch (hash) {
    case HmacHash::Sha1: return {"SHA1", 20};
    case HmacHash::Sha512: return {"SHA512", 64};
    case HmacHash::Sha256: break;
    }
    return {"SHA256", 32};
}

} // namespace

QByteArray hmacOf(HmacHash hash, const Secret& key, QByteArrayView data)
{
    const auto [name, size] = propertiesOf(hash);
    QByteArray mac(size, Qt::Uninitialized);
    size_t length = 0;
    const auto* made = EVP_Q_mac(nullptr, "HMAC", nullptr, name, nullptr, key.reveal().constData(),
                                 static_cast<size_t>(key.reveal().size()),
                                 reinterpret_cast<const unsigned char*>(data.constData()), static_cast<size_t>(data.size()),
                                 reinterpret_cast<unsigned char*>(mac.data()), static_cast<size_t>(mac.size()), &length);
    // Only a broken OpenSSL or no memory at all comes here; going on with a wrong hash would be worse than stopping.
    if (!made || length != static_cast<size_t>(size))
        qFatal("OpenSSL cannot compute an HMAC.");
    return mac;
}

QByteArray hmacSha256(const Secret& key, QByteArrayView data)
{
    return hmacOf(HmacHash::Sha256, key, data);
}

bool equalInConstantTime(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.constData(), b.constData(), static_cast<size_t>(a.size())) == 0;
}

QByteArray toBase64Url(QByteArrayView bytes)
{
    return QByteArray::fromRawData(bytes.constData(), bytes.size()).toBase64(Base64Url);
}

std::optional<QByteArray> fromBase64Url(QByteArrayView text)
{
    const QByteArray encoded = QByteArray::fromRawData(text.constData(), text.size());
    const auto decoded = QByteArray::fromBase64Encoding(encoded, Base64Url | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.toBase64(Base64Url) != encoded)
        return std::nullopt;
    return decoded.decoded;
}

} // namespace carillon
