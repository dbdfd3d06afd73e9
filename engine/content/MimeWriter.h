// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/content/MailFile.h"

#include <string>
#include <string_view>
#include <vector>

namespace carillon {

// Writes the body of a mail (RFC 2045, 2046) into a string: text parts and files, alone or in nested multiparts.
//
//     MimeWriter mime(out, messageId);
//     mime.begin("alternative");   // the poorest part comes first
//     mime.text("plain", text);
//     mime.text("html", html);
//     mime.end();
//
// The boundaries are made of `seed` alone: the same message is the same bytes at every attempt.
class MimeWriter {
public:
    MimeWriter(std::string& out, std::string_view seed);

    void begin(std::string_view subtype); // a multipart: "mixed", "alternative", "related"
    void text(std::string_view subtype, std::string_view utf8); // one part; outside of a multipart the whole body
    void file(const MailFile& file); // an attachment, or by its content id an image of the part before it
    void end(); // of the innermost multipart

private:
    void startPart();

    std::string& m_out;
    std::string m_hash; // of the seed
    std::vector<std::string> m_boundaries; // of the open multiparts, outer first
    int m_count = 0; // of the multiparts so far
};

} // namespace carillon
