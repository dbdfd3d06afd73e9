// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/DkimKey.h"

#include <QList>

namespace carillon {

// A key, and the name under which the DNS holds its public half.
struct DkimSelector {
    QByteArray name; // "s1" of s1._domainkey.example.org
    DkimKey key;
};

// Signs mail for one domain: a DKIM-Signature for each key, relaxed/relaxed (RFC 6376, 8463). Immutable and thread-safe. A
// signature with RSA-2048 takes about half a millisecond, one with Ed25519 a twentieth of that: keep it off the engine's
// thread.
//
// Signed is what a reader sees and what its program acts on; From, Subject and To are listed once more than they occur, so
// that nobody can add a second one (RFC 6376 8.15).
class DkimSigner {
public:
    // `domain` and the names of the selectors are ASCII and checked by the caller.
    DkimSigner(QByteArray domain, QList<DkimSelector> selectors);

    // The header fields to be put before `content`, each with its CRLF. `content` is a whole mail, not dot-stuffed;
    // `unixTime` in seconds. InvalidInput for a mail without From, which no signature can cover.
    Result<QByteArray> sign(const QByteArray& content, qint64 unixTime) const;

    // What the DNS must hold, for people: for each selector a line "s1._domainkey.example.org TXT v=DKIM1; k=rsa; p=...". A
    // long key has blanks in it, which the DNS may keep (RFC 6376 3.6.1) and a narrow window needs.
    QString dkimRecord() const;

private:
    Result<QByteArray> signWith(const DkimSelector& selector, const QByteArray& names, const QByteArray& fields,
                                const QByteArray& bodyHash, qint64 unixTime) const;

    const QByteArray m_domain;
    const QList<DkimSelector> m_selectors;
};

} // namespace carillon
