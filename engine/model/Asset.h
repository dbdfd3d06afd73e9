// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace carillon {

// A file that templates refer to: an attachment or an inline image. Immutable; its name is the hash of what is in it.
struct Asset {
    static constexpr qsizetype maxBytes = 10 << 20;

    QString hash; // SHA-256, hex
    QByteArray data;

    friend bool operator==(const Asset&, const Asset&) = default;
};

} // namespace carillon
