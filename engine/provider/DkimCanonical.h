// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

namespace carillon {

// One header field as DKIM's "relaxed" form has it (RFC 6376 3.4.2).
struct DkimField {
    QByteArray name; // lower case, without blanks around it
    QByteArray line; // "name:value\r\n", unfolded, each run of blanks one space
};

// A mail as DKIM hashes it: relaxed/relaxed.
struct DkimText {
    QList<DkimField> fields; // from top to bottom; lines that are no field are left out
    QByteArray body; // RFC 6376 3.4.4; empty for a mail without a body
};

// A bare CR or LF counts as a line end, as it will on the wire (see dotStuff()).
DkimText dkimCanonical(const QByteArray& content);

// `field` is "Name: value", folded or not.
DkimField dkimRelaxedField(QByteArrayView field);

} // namespace carillon
