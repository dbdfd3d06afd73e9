// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <array>
#include <vector>

namespace carillon {

// Remembers which texts were seen in 16 bytes each (about 30 with the free space of the table), however long they are: the
// first 128 bits of their BLAKE2b hash, so that no two texts are ever mistaken for one another. Single-threaded.
class FingerprintSet {
public:
    FingerprintSet();

    bool contains(const QString& text) const;
    // False when the text was already there.
    bool insert(const QString& text);
    qsizetype size() const { return m_size; }

private:
    using Fingerprint = std::array<quint64, 2>; // {0, 0}: a free slot

    static Fingerprint fingerprintOf(const QString& text);
    size_t slotOf(const Fingerprint& fingerprint) const;
    void grow();

    std::vector<Fingerprint> m_slots; // open addressing, a power of two, at most three quarters full
    qsizetype m_size = 0;
};

} // namespace carillon
