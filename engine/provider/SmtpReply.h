// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <QByteArray>

#include <optional>

namespace carillon {

// One whole reply of an SMTP server (RFC 5321 4.2): decisions are made by the first digit and the enhanced code, never by
// the words.
struct SmtpReply {
    int code = 0; // 200 to 599
    QByteArray text; // what follows the code, one line of the reply a line

    int digit() const { return code / 100; }
};

// "5.1.1" of RFC 3463: what the basic code leaves open.
struct EnhancedCode {
    int kind = 0; // 2, 4 or 5, equal to the reply's first digit
    int subject = 0;
    int detail = 0;
};

// The enhanced code that leads the text; nothing when there is none, or when it contradicts the basic code.
std::optional<EnhancedCode> enhancedCode(const SmtpReply& reply);

// "550 5.1.1", or "550" when there is no enhanced code.
QString codeOf(const SmtpReply& reply);

// The server's words for people and the log: without codes, on one line, printable, at most 500 characters.
QString wordsOf(const SmtpReply& reply);

// Cuts a stream of octets into replies. Line ends may be LF alone; a line may have 12,288 octets (RFC 4954 4), a reply 100
// lines.
//
//     parser.feed(bytes);
//     while (true) {
//         Result<std::optional<SmtpReply>> next = parser.next();
//         if (!next) ...            // not SMTP: give the connection up
//         if (!next->has_value())   // wait for more octets
//             break;
//     }
class SmtpReplyParser {
public:
    void feed(QByteArrayView octets);
    Result<std::optional<SmtpReply>> next();
    // Forgets what has been fed: before TLS starts, so that nothing sent in the clear counts afterwards (RFC 3207 6).
    void clear();

private:
    std::optional<QByteArrayView> takeLine();
    Status addLine(QByteArrayView line, bool& last);

    QByteArray m_buffer;
    qsizetype m_read = 0; // octets of m_buffer that are done with
    qsizetype m_searched = 0; // octets of m_buffer known to hold no further line end
    SmtpReply m_partial;
    int m_lines = 0;
};

} // namespace carillon
