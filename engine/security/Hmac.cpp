// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/security/Hmac.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

namespace carillon {

namespace {

constexpr auto Base64Url = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

} // namespace

QByteArray hmacSha256(const Secret& key, QByteArrayView data)
{
    QByteArray mac(32, Qt::Uninitialized);
    size_t length = 0;
    const auto* made = EVP_Q_mac(nullptr, "HMAC", nullptr, "SHA256", nullptr, key.reveal().constData(),
                                 static_cast<size_t>(key.reveal().size()),
                                 reinterpret_cast<const unsigned char*>(data.constData()), static_cast<size_t>(data.size()),
                                 reinterpret_cast<unsigned char*>(mac.data()), static_cast<size_t>(mac.size()), &length);
    // Only a broken OpenSSL or no memory at all comes here; going on with a wrong hash would be worse than stopping.
    if (!made || length != 32)
        qFatal("OpenSSL cannot compute HMAC-SHA256.");
    return mac;
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
