// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace carillon {

// Writes the body of a mail (RFC 2045, 2046) into a string: text parts, alone or as alternatives.
//
//     MimeWriter mime(out, messageId);
//     mime.beginAlternative();
//     mime.text("plain", text);
//     mime.text("html", html);
//     mime.end();
//
// The boundary is made of `seed` alone: the same message is the same bytes at every attempt.
class MimeWriter {
public:
    MimeWriter(std::string& out, std::string_view seed);

    void beginAlternative(); // the headers of multipart/alternative; the poorest part comes first
    void text(std::string_view subtype, std::string_view utf8); // one part; without beginAlternative() the whole body
    void end();

private:
    std::string& m_out;
    std::string m_boundary;
    bool m_isMultipart = false;
};

} // namespace carillon
