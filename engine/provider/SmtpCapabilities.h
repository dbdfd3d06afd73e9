// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/provider/SmtpReply.h"

#include <QByteArrayList>

namespace carillon {

// What a server offers, from its answer to EHLO (RFC 5321 4.1.1.1). Nothing of it survives STARTTLS.
struct SmtpCapabilities {
    bool pipelining = false; // RFC 2920
    bool eightBitMime = false; // RFC 6152
    bool smtpUtf8 = false; // RFC 6531; only together with 8BITMIME, as 3.1 there demands
    bool startTls = false; // RFC 3207
    bool dsn = false; // RFC 3461
    bool size = false; // RFC 1870: takes SIZE= on MAIL
    qint64 maxSize = 0; // 0: none declared
    QByteArrayList auth; // mechanisms, upper case
    QByteArrayList keywords; // all of them, as they came
};

SmtpCapabilities parseCapabilities(const SmtpReply& ehlo);

} // namespace carillon
