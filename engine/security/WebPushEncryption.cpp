// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/security/WebPushEncryption.h"

#include "engine/security/Hmac.h"

#include <QCoreApplication>
#include <QtEndian>

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

namespace carillon::WebPushEncryption {

namespace {

constexpr int keyOctets = 16;
constexpr int nonceOctets = 12;
constexpr int tagOctets = 16;
constexpr quint32 recordSize = 4'096;
constexpr char firstBlock = '\x01'; // of HKDF (RFC 5869 section 2.3)
constexpr char lastRecord = '\x02'; // the delimiter of the last record (RFC 8188 section 2)

QString tr(const char* text)
{
    return QCoreApplication::translate("WebPushEncryption", text);
}

// HKDF with SHA-256 for what fits one block (RFC 5869): all that is needed here.
Secret derived(const Secret& salt, const Secret& input, const QByteArray& info)
{
    const Secret extracted(hmacSha256(salt, input.reveal()));
    return Secret(hmacSha256(extracted, QByteArray(info + firstBlock)));
}

// A name as RFC 8188 puts it into the derivation: its octets and one NUL.
QByteArray infoOf(const char* name)
{
    return QByteArray(name) + '\0';
}

Result<QByteArray> seal(const Secret& key, const QByteArray& nonce, const QByteArray& plaintext)
{
    const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    QByteArray sealed(plaintext.size() + tagOctets, '\0');
    auto* const out = reinterpret_cast<unsigned char*>(sealed.data());
    const auto octets = [](const QByteArray& bytes) { return reinterpret_cast<const unsigned char*>(bytes.constData()); };
    int length = 0;
    int rest = 0;
    if (!context || EVP_EncryptInit_ex(context.get(), EVP_aes_128_gcm(), nullptr, octets(key.reveal()), octets(nonce)) != 1
        || EVP_EncryptUpdate(context.get(), out, &length, octets(plaintext), int(plaintext.size())) != 1
        || EVP_EncryptFinal_ex(context.get(), out + length, &rest) != 1
        || EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tagOctets, out + plaintext.size()) != 1) {
        ERR_clear_error();
        return fail(ErrorCode::Internal, tr("The message could not be encrypted."));
    }
    return sealed;
}

} // namespace

Result<QByteArray> encrypt(const QByteArray& plaintext, const PushReceiver& receiver)
{
    const Result<P256Key> sender = P256Key::generate();
    if (!sender)
        return fail(sender.error());
    QByteArray salt(SaltOctets, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char*>(salt.data()), SaltOctets) != 1)
        return fail(ErrorCode::Internal, tr("The system has no randomness to give."));
    return encrypt(plaintext, receiver, *sender, salt);
}

Result<QByteArray> encrypt(const QByteArray& plaintext, const PushReceiver& receiver, const P256Key& sender,
                           const QByteArray& salt)
{
    if (plaintext.size() > MaxPlaintext)
        return fail(
            ErrorCode::InvalidInput,
            tr("The message has %1 bytes; a push message takes at most %2.").arg(plaintext.size()).arg(MaxPlaintext));
    if (receiver.auth.size() != AuthOctets)
        return fail(ErrorCode::InvalidInput, tr("The subscription's authentication secret has not 16 bytes."));
    const Result<Secret> shared = sender.agree(receiver.point);
    if (!shared)
        return fail(shared.error());
    const QByteArray point = sender.publicPoint();
    const Secret input = derived(Secret(receiver.auth), *shared, infoOf("WebPush: info") + receiver.point + point);
    const Secret key(derived(Secret(salt), input, infoOf("Content-Encoding: aes128gcm")).reveal().left(keyOctets));
    const QByteArray nonce = derived(Secret(salt), input, infoOf("Content-Encoding: nonce")).reveal().left(nonceOctets);
    const Result<QByteArray> sealed = seal(key, nonce, plaintext + lastRecord);
    if (!sealed)
        return sealed;
    QByteArray size(4, '\0');
    qToBigEndian(recordSize, size.data());
    return salt + size + char(point.size()) + point + *sealed;
}

} // namespace carillon::WebPushEncryption
