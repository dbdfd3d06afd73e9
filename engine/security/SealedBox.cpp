// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/security/SealedBox.h"

#include <QCoreApplication>
#include <QtEndian>

#include <new>

#include <sodium.h>

namespace carillon {

namespace {

constexpr char Magic[] = "CARILLON SEALED\n";
constexpr qsizetype MagicSize = sizeof(Magic) - 1;
constexpr quint32 Version = 1;
constexpr qsizetype SaltSize = crypto_pwhash_SALTBYTES;
constexpr qsizetype NonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr qsizetype HeadSize = MagicSize + 3 * 4 + SaltSize;
constexpr qsizetype TagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;

QString tr(const char* text)
{
    return QCoreApplication::translate("Vault", text);
}

const unsigned char* octets(const QByteArray& bytes)
{
    return reinterpret_cast<const unsigned char*>(bytes.constData());
}

unsigned char* octets(QByteArray& bytes)
{
    return reinterpret_cast<unsigned char*>(bytes.data());
}

// Safe to be called often and from any thread.
bool sodiumIsReady()
{
    return sodium_init() >= 0;
}

QByteArray number(quint32 value)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

quint32 numberAt(const QByteArray& bytes, qsizetype at)
{
    return qFromBigEndian<quint32>(bytes.constData() + at);
}

} // namespace

LockedBytes::LockedBytes(qsizetype size)
    : m_size(size)
{
    m_bytes.reset(sodiumIsReady() ? static_cast<unsigned char*>(sodium_malloc(static_cast<size_t>(size))) : nullptr);
    if (!m_bytes)
        throw std::bad_alloc();
}

void LockedBytes::Free::operator()(unsigned char* bytes) const
{
    sodium_free(bytes); // wipes first
}

SealedBox::SealedBox(QByteArray head, LockedBytes key)
    : m_head(std::move(head))
    , m_key(std::make_shared<const LockedBytes>(std::move(key)))
{
}

Result<SealedBox> SealedBox::derive(const Secret& passphrase, const QByteArray& head)
{
    LockedBytes key(crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
    const quint64 memory = quint64(numberAt(head, MagicSize + 8)) * 1024;
    const int derived
        = crypto_pwhash(key.data(), static_cast<size_t>(key.size()), passphrase.reveal().constData(),
                        static_cast<unsigned long long>(passphrase.reveal().size()), octets(head) + HeadSize - SaltSize,
                        numberAt(head, MagicSize + 4), memory, crypto_pwhash_ALG_ARGON2ID13);
    if (derived != 0)
        return fail(ErrorCode::Busy,
                    tr("There is not enough memory to open the sealed file: %1 MiB are needed for a moment.")
                        .arg(memory / (1024 * 1024)));
    return SealedBox(head, std::move(key));
}

Result<SealedBox> SealedBox::make(const Secret& passphrase, const Cost& cost)
{
    if (passphrase.reveal().size() < MinPassphrase)
        return fail(ErrorCode::InvalidInput,
                    tr("The passphrase of a sealed file needs at least %1 characters.").arg(MinPassphrase));
    QByteArray salt(SaltSize, '\0');
    randombytes_buf(salt.data(), SaltSize);
    return derive(passphrase,
                  QByteArray(Magic, MagicSize) + number(Version) + number(cost.passes) + number(cost.memoryKiB) + salt);
}

Result<SealedBox> SealedBox::of(const QByteArray& sealed, const Secret& passphrase)
{
    if (sealed.size() < HeadSize + NonceSize + TagSize || !sealed.startsWith(Magic))
        return fail(ErrorCode::StorageDamaged, tr("This is no sealed file of Carillon, or it was cut off."));
    if (numberAt(sealed, MagicSize) != Version)
        return fail(ErrorCode::StorageTooNew, tr("This sealed file was written by a newer Carillon."));
    const quint32 passes = numberAt(sealed, MagicSize + 4);
    const quint32 memory = numberAt(sealed, MagicSize + 8);
    if (passes < crypto_pwhash_OPSLIMIT_MIN || passes > MaxPasses || memory < crypto_pwhash_MEMLIMIT_MIN / 1024
        || memory > MaxMemoryKiB)
        return fail(ErrorCode::StorageDamaged, tr("The head of the sealed file is damaged."));
    return derive(passphrase, sealed.first(HeadSize));
}

Result<LockedBytes> SealedBox::open(const QByteArray& sealed) const
{
    const Error refused{
        ErrorCode::Forbidden, tr("The passphrase does not open the sealed file, or somebody has changed the file."), {}};
    if (sealed.size() < HeadSize + NonceSize + TagSize || !isOf(sealed))
        return fail(refused);
    const QByteArray head = sealed.first(HeadSize + NonceSize);
    LockedBytes plain(sealed.size() - head.size() - TagSize);
    const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
        plain.data(), nullptr, nullptr, octets(sealed) + head.size(),
        static_cast<unsigned long long>(sealed.size() - head.size()), octets(head),
        static_cast<unsigned long long>(head.size()), octets(head) + HeadSize, m_key->data());
    if (opened != 0)
        return fail(refused);
    return plain;
}

QByteArray SealedBox::seal(const LockedBytes& plain) const
{
    QByteArray sealed = m_head + QByteArray(NonceSize, '\0');
    randombytes_buf(octets(sealed) + HeadSize, NonceSize);
    const QByteArray head = sealed;
    sealed.resize(head.size() + plain.size() + TagSize);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        octets(sealed) + head.size(), nullptr, plain.data(), static_cast<unsigned long long>(plain.size()), octets(head),
        static_cast<unsigned long long>(head.size()), nullptr, octets(head) + HeadSize, m_key->data());
    return sealed;
}

} // namespace carillon
