// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/MimeWriter.h"

#include "engine/content/QuotedPrintable.h"

#include <algorithm>
#include <cstdint>

namespace carillon {

namespace {

// FNV-1a, 64 bit. The boundary only has to be the same for the same seed: "=_" keeps it out of any encoded text.
std::uint64_t hashOf(std::string_view text)
{
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return hash;
}

std::string boundaryFor(std::string_view seed)
{
    static constexpr char digits[] = "0123456789abcdef";
    std::string result = "=_carillon_";
    const std::uint64_t hash = hashOf(seed);
    for (int shift = 60; shift >= 0; shift -= 4)
        result.push_back(digits[(hash >> shift) & 15]);
    return result;
}

// Quoted-printable triples what is not ASCII, base64 adds a third to everything.
bool isShorterInBase64(std::string_view text)
{
    const auto beyondAscii
        = std::count_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    return std::size_t(beyondAscii) * 6 > text.size();
}

} // namespace

MimeWriter::MimeWriter(std::string& out, std::string_view seed)
    : m_out(out)
    , m_boundary(boundaryFor(seed))
{
    m_out.append("MIME-Version: 1.0\r\n");
}

void MimeWriter::beginAlternative()
{
    m_isMultipart = true;
    m_out.append("Content-Type: multipart/alternative;\r\n boundary=\"").append(m_boundary).append("\"\r\n\r\n");
}

void MimeWriter::text(std::string_view subtype, std::string_view utf8)
{
    if (m_isMultipart)
        m_out.append("--").append(m_boundary).append("\r\n");
    const bool inBase64 = isShorterInBase64(utf8);
    m_out.append("Content-Type: text/").append(subtype).append("; charset=utf-8\r\nContent-Transfer-Encoding: ");
    m_out.append(inBase64 ? "base64\r\n\r\n" : "quoted-printable\r\n\r\n");
    if (utf8.empty())
        m_out.append("\r\n"); // else the boundary would swallow the blank line behind the headers
    else if (inBase64)
        appendBase64(utf8, m_out);
    else
        appendQuotedPrintable(utf8, m_out);
}

void MimeWriter::end()
{
    if (m_isMultipart)
        m_out.append("--").append(m_boundary).append("--\r\n");
}

} // namespace carillon
