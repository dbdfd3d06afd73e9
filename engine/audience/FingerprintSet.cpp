// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/audience/FingerprintSet.h"

#include <QCryptographicHash>

#include <cstring>
#include <utility>

namespace carillon {

namespace {

constexpr size_t firstSlots = 1024;

} // namespace

FingerprintSet::FingerprintSet()
    : m_slots(firstSlots)
{
}

bool FingerprintSet::contains(const QString& text) const
{
    const Fingerprint fingerprint = fingerprintOf(text);
    return m_slots[slotOf(fingerprint)] == fingerprint;
}

bool FingerprintSet::insert(const QString& text)
{
    const Fingerprint fingerprint = fingerprintOf(text);
    Fingerprint& slot = m_slots[slotOf(fingerprint)];
    if (slot == fingerprint)
        return false;
    slot = fingerprint;
    if (size_t(++m_size) * 4 > m_slots.size() * 3)
        grow();
    return true;
}

FingerprintSet::Fingerprint FingerprintSet::fingerprintOf(const QString& text)
{
    const QByteArray hash = QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Blake2b_160);
    Fingerprint fingerprint;
    std::memcpy(fingerprint.data(), hash.constData(), sizeof fingerprint);
    if (fingerprint == Fingerprint{})
        fingerprint[0] = 1;
    return fingerprint;
}

// Where the fingerprint is, or the free slot where it belongs.
size_t FingerprintSet::slotOf(const Fingerprint& fingerprint) const
{
    const size_t mask = m_slots.size() - 1;
    size_t slot = fingerprint[0] & mask;
    while (m_slots[slot] != Fingerprint{} && m_slots[slot] != fingerprint)
        slot = (slot + 1) & mask;
    return slot;
}

void FingerprintSet::grow()
{
    const std::vector<Fingerprint> old = std::exchange(m_slots, std::vector<Fingerprint>(m_slots.size() * 2));
    for (const Fingerprint& fingerprint : old) {
        if (fingerprint != Fingerprint{})
            m_slots[slotOf(fingerprint)] = fingerprint;
    }
}

} // namespace carillon
