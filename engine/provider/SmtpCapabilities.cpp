// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/SmtpCapabilities.h"

namespace carillon {

SmtpCapabilities parseCapabilities(const SmtpReply& ehlo)
{
    SmtpCapabilities offered;
    const QByteArrayList lines = ehlo.text.split('\n');
    for (const QByteArray& line : lines.mid(1)) { // the first line is the server's name
        const QByteArrayList words = line.simplified().toUpper().split(' ');
        const QByteArray& keyword = words.first();
        if (keyword.isEmpty())
            continue;
        offered.keywords += line.simplified();
        offered.pipelining |= keyword == "PIPELINING";
        offered.eightBitMime |= keyword == "8BITMIME";
        offered.smtpUtf8 |= keyword == "SMTPUTF8";
        offered.startTls |= keyword == "STARTTLS";
        offered.dsn |= keyword == "DSN";
        if (keyword == "SIZE") {
            offered.size = true;
            offered.maxSize = words.size() > 1 ? qMax<qint64>(0, words[1].toLongLong()) : 0;
        } else if (keyword == "AUTH") {
            offered.auth = words.mid(1);
        }
    }
    offered.smtpUtf8 &= offered.eightBitMime;
    return offered;
}

} // namespace carillon
