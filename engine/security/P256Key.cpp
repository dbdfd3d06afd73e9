// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/security/P256Key.h"

#include <QCoreApplication>

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>

namespace carillon {

namespace {

template <auto Free>
struct Freed {
    template <typename T>
    void operator()(T* pointer) const
    {
        Free(pointer);
    }
};

using Number = std::unique_ptr<BIGNUM, Freed<BN_clear_free>>;
using Group = std::unique_ptr<EC_GROUP, Freed<EC_GROUP_free>>;
using Point = std::unique_ptr<EC_POINT, Freed<EC_POINT_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Sink = std::unique_ptr<BIO, Freed<BIO_free>>;

tl::unexpected<Error> refused(ErrorCode code, const QString& sentence)
{
    ERR_clear_error(); // the queue is the thread's, and TLS looks into it
    return fail(code, sentence);
}

QString tr(const char* text)
{
    return QCoreApplication::translate("P256Key", text);
}

const unsigned char* octetsOf(QByteArrayView bytes)
{
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

// The public point that belongs to the number; empty when the number is 0 or not below the curve's order.
QByteArray pointOf(const BIGNUM* scalar)
{
    const Group group(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
    const Point point(group ? EC_POINT_new(group.get()) : nullptr);
    if (!point || BN_is_zero(scalar) || BN_cmp(scalar, EC_GROUP_get0_order(group.get())) >= 0
        || EC_POINT_mul(group.get(), point.get(), scalar, nullptr, nullptr, nullptr) != 1)
        return {};
    QByteArray octets(P256Key::PointOctets, '\0');
    EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED,
                       reinterpret_cast<unsigned char*>(octets.data()), std::size_t(octets.size()), nullptr);
    return octets;
}

// A key of its parts; without `scalar` only the public one. nullptr when the point is not on the curve.
Key keyOf(QByteArrayView point, const BIGNUM* scalar)
{
    const Builder builder(OSSL_PARAM_BLD_new());
    if (!builder || OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, SN_X9_62_prime256v1, 0) != 1
        || OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), std::size_t(point.size()))
            != 1
        || (scalar && OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, scalar) != 1))
        return nullptr;
    const Params params(OSSL_PARAM_BLD_to_param(builder.get()));
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY* key = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1
        || EVP_PKEY_fromdata(context.get(), &key, scalar ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, params.get()) != 1)
        return nullptr;
    return Key(key);
}

} // namespace

P256Key::P256Key(EVP_PKEY* key)
    : m_key(key, EVP_PKEY_free)
{
}

Result<P256Key> P256Key::generate()
{
    EVP_PKEY* key = EVP_EC_gen("P-256");
    if (!key)
        return refused(ErrorCode::Internal, tr("No key could be made."));
    return P256Key(key);
}

Result<P256Key> P256Key::fromScalar(const Secret& scalar)
{
    const QString sentence = tr("This is no private key on the curve P-256.");
    if (scalar.reveal().size() != ScalarOctets)
        return refused(ErrorCode::InvalidInput, sentence);
    const Number number(BN_bin2bn(octetsOf(scalar.reveal()), ScalarOctets, nullptr));
    const QByteArray point = number ? pointOf(number.get()) : QByteArray();
    Key key = point.isEmpty() ? nullptr : keyOf(point, number.get());
    if (!key)
        return refused(ErrorCode::InvalidInput, sentence);
    return P256Key(key.release());
}

Secret P256Key::scalar() const
{
    BIGNUM* number = nullptr;
    EVP_PKEY_get_bn_param(m_key.get(), OSSL_PKEY_PARAM_PRIV_KEY, &number);
    const Number owned(number);
    QByteArray octets(ScalarOctets, '\0');
    BN_bn2binpad(number, reinterpret_cast<unsigned char*>(octets.data()), ScalarOctets);
    return Secret(octets);
}

Secret P256Key::pem() const
{
    const Sink sink(BIO_new(BIO_s_mem()));
    PEM_write_bio_PKCS8PrivateKey(sink.get(), m_key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    char* text = nullptr;
    const long size = BIO_get_mem_data(sink.get(), &text);
    return Secret(QByteArray(text, qsizetype(size)));
}

QByteArray P256Key::publicPoint() const
{
    QByteArray octets(PointOctets, '\0');
    std::size_t size = 0;
    EVP_PKEY_get_octet_string_param(m_key.get(), OSSL_PKEY_PARAM_PUB_KEY, reinterpret_cast<unsigned char*>(octets.data()),
                                    std::size_t(octets.size()), &size);
    return octets;
}

Result<Secret> P256Key::agree(QByteArrayView otherPoint) const
{
    const bool looksRight = otherPoint.size() == PointOctets && otherPoint.front() == '\x04';
    const Key other = looksRight ? keyOf(otherPoint, nullptr) : nullptr;
    if (!other)
        return refused(ErrorCode::InvalidInput, tr("This is no public key on the curve P-256."));
    const KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, m_key.get(), nullptr));
    QByteArray shared(ScalarOctets, '\0');
    std::size_t size = std::size_t(shared.size());
    if (!context || EVP_PKEY_derive_init(context.get()) != 1 || EVP_PKEY_derive_set_peer(context.get(), other.get()) != 1
        || EVP_PKEY_derive(context.get(), reinterpret_cast<unsigned char*>(shared.data()), &size) != 1
        || size != std::size_t(ScalarOctets))
        return refused(ErrorCode::InvalidInput, tr("The two keys cannot be combined."));
    return Secret(shared);
}

} // namespace carillon
