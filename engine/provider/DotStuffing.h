// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace carillon {

// The body of a DATA command, ready for the wire but for its closing dot.
struct DotStuffed {
    QByteArray octets; // ends with CRLF
    qint64 size = 0; // as RFC 1870 counts: line ends as CRLF, without the stuffed dots
};

// Makes content safe for DATA: each line ends with CRLF (a bare CR or LF counts as a line end, so that no two servers can
// disagree on where the mail ends) and a line that starts with a dot gets a second one (RFC 5321 4.5.2). Content that needs
// neither is not copied.
DotStuffed dotStuff(const QByteArray& content);

} // namespace carillon
