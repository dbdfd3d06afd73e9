// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Secret.h"

#include <QList>
#include <QString>

namespace carillon {

// Takes secrets out of what a platform said, so that it can be stored and shown: as they are, and in the spellings in which
// a platform may repeat them (percent-encoded, base64 alone or within more, inside JSON). Immutable, thread-safe.
class Redactor {
public:
    static constexpr qsizetype MaxReason = 300; // characters

    static constexpr qsizetype MaxAnswer = 4'000; // characters

    explicit Redactor(const QList<Secret>& secrets);

    // One line of at most MaxReason characters without secrets. `cutOff`: the text was cut off somewhere, and may end in the
    // middle of a secret.
    QString reason(QByteArray text, bool cutOff = false) const;

    // The text as it is, without secrets.
    QString cleaned(const QString& text) const;

    // The same with its lines as they are, and at most MaxAnswer characters.
    QString whole(QByteArray text, bool cutOff = false) const;

private:
    QString withoutSecrets(QByteArray text, bool cutOff) const;

    QByteArrayList m_spellings; // longest first, each once
};

} // namespace carillon
