// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <string>
#include <string_view>

namespace carillon {

// Quoted-printable (RFC 2045 6.7) of text: lines end in CRLF whatever they ended in before (LF, CRLF, CR) and hold at most
// 76 characters, the last line included. A dot or "From " at the start of a line is encoded too, so that no relay needs to
// touch it.
// "=_" never appears in it: a boundary with these two cannot be met by accident.
void appendQuotedPrintable(std::string_view text, std::string& out);

// Base64 (RFC 2045 6.8) of text, lines as above before encoding: shorter where most characters are not ASCII.
void appendBase64(std::string_view text, std::string& out);

// Base64 of any bytes as they are.
void appendBase64Data(const QByteArray& data, std::string& out);

} // namespace carillon
