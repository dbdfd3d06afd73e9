// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/base/Secret.h"

#include <QByteArrayView>

#include <memory>

namespace carillon {

// Bytes in memory that is locked against swapping, guarded, and wiped when it is given back. Moves, never copies.
class LockedBytes {
public:
    LockedBytes() = default;
    explicit LockedBytes(qsizetype size);

    qsizetype size() const { return m_size; }
    unsigned char* data() { return m_bytes.get(); }
    const unsigned char* data() const { return m_bytes.get(); }
    QByteArrayView view() const { return {m_bytes.get(), m_size}; }

private:
    struct Free {
        void operator()(unsigned char* bytes) const;
    };
    std::unique_ptr<unsigned char, Free> m_bytes;
    qsizetype m_size = 0;
};

// Seals bytes with a passphrase: the key by Argon2id (RFC 9106), the box by XChaCha20-Poly1305, both of libsodium. What is
// sealed begins with everything that is needed to open it, covered by the box's authentication:
//
//     "CARILLON SEALED\n", version 1 (4 octets), passes (4), memory in KiB (4), salt (16), nonce (24), the box
//
// numbers in network order. Keeps the key only, not the passphrase.
class SealedBox {
public:
    // What a guess of the passphrase costs; RFC 9106's second recommendation.
    struct Cost {
        quint32 passes = 3;
        quint32 memoryKiB = 64 * 1024;
    };
    // Of a box that somebody else may have written: more would stop this machine.
    static constexpr quint32 MaxPasses = 64;
    static constexpr quint32 MaxMemoryKiB = 1024 * 1024;
    static constexpr qsizetype MinPassphrase = 8; // octets

    // A new box. InvalidInput when the passphrase is too short.
    static Result<SealedBox> make(const Secret& passphrase, const Cost& cost);
    // The box that `sealed` was sealed with. StorageDamaged when it is not sealed so, StorageTooNew for a later version;
    // whether the passphrase is right shows at open().
    static Result<SealedBox> of(const QByteArray& sealed, const Secret& passphrase);

    // It was sealed with this box's salt and cost: another box cannot open it, whatever the passphrase.
    bool isOf(const QByteArray& sealed) const { return sealed.startsWith(m_head); }
    // Forbidden when it was sealed with another passphrase or changed by somebody: the two cannot be told apart.
    Result<LockedBytes> open(const QByteArray& sealed) const;
    QByteArray seal(const LockedBytes& plain) const;

private:
    SealedBox(QByteArray head, LockedBytes key);

    static Result<SealedBox> derive(const Secret& passphrase, const QByteArray& head);

    QByteArray m_head; // all before the nonce
    std::shared_ptr<const LockedBytes> m_key;
};

} // namespace carillon
