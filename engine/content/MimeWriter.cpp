// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/MimeWriter.h"

#include "engine/content/QuotedPrintable.h"
#include "engine/liquid/Utf8.h"

#include <algorithm>
#include <cstdint>

namespace carillon {

namespace {

constexpr std::size_t longestParameter = 60; // of a file name in one line

// FNV-1a, 64 bit, in hex. It only has to be the same for the same seed: "=_" keeps a boundary out of any encoded text.
std::string hashOf(std::string_view text)
{
    static constexpr char digits[] = "0123456789abcdef";
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    std::string result;
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

// A name as old programs read it: what is not plain ASCII becomes an underscore.
std::string asciiName(const QString& name)
{
    std::string result;
    for (const QChar c : name.right(qsizetype(longestParameter))) // the end has the suffix
        result.push_back(c.unicode() < 32 || c.unicode() > 126 || c == u'"' || c == u'\\' ? '_' : char(c.unicode()));
    return result;
}

bool isPlain(const QString& name)
{
    return name.size() <= qsizetype(longestParameter) && asciiName(name) == name.toStdString();
}

bool isAttributeCharacter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
        || std::string_view("!#$&+-.^_`{}~").find(c) != std::string_view::npos;
}

// RFC 2231: percent-encoded UTF-8, in several parameters when it is long; no character is split between them.
void appendEncodedName(std::string_view name, std::string& out)
{
    static constexpr char digits[] = "0123456789ABCDEF";
    std::vector<std::string> lines(1);
    for (std::size_t at = 0; at < name.size();) {
        std::size_t end = at + 1;
        while (end < name.size() && liquid::utf8::isContinuation(name[end]))
            ++end;
        std::string character;
        for (; at < end; ++at) {
            const auto byte = static_cast<unsigned char>(name[at]);
            if (isAttributeCharacter(name[at]))
                character.push_back(name[at]);
            else
                character.append({'%', digits[byte >> 4], digits[byte & 15]});
        }
        if (lines.back().size() + character.size() > longestParameter - 10)
            lines.emplace_back();
        lines.back() += character;
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
        out.append(";\r\n filename*");
        if (lines.size() > 1)
            out.append(std::to_string(i)).append("*");
        out.append(i == 0 ? "=UTF-8''" : "=").append(lines[i]);
    }
}

} // namespace

MimeWriter::MimeWriter(std::string& out, std::string_view seed)
    : m_out(out)
    , m_hash(hashOf(seed))
{
    m_out.append("MIME-Version: 1.0\r\n");
}

void MimeWriter::startPart()
{
    if (!m_boundaries.empty())
        m_out.append("--").append(m_boundaries.back()).append("\r\n");
}

void MimeWriter::begin(std::string_view subtype)
{
    startPart();
    m_boundaries.push_back("=_carillon" + std::to_string(m_count++) + "_" + m_hash);
    m_out.append("Content-Type: multipart/").append(subtype);
    if (subtype == "related")
        m_out.append("; type=\"text/html\""); // RFC 2387
    m_out.append(";\r\n boundary=\"").append(m_boundaries.back()).append("\"\r\n\r\n");
}

void MimeWriter::text(std::string_view subtype, std::string_view utf8)
{
    startPart();
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

void MimeWriter::file(const MailFile& file)
{
    startPart();
    m_out.append("Content-Type: ").append(file.type.constData(), std::size_t(file.type.size()));
    m_out.append(";\r\n name=\"").append(asciiName(file.name)).append("\"\r\nContent-Transfer-Encoding: base64\r\n");
    m_out.append("Content-Disposition: ").append(file.contentId.isEmpty() ? "attachment" : "inline");
    if (isPlain(file.name))
        m_out.append(";\r\n filename=\"").append(file.name.toStdString()).append("\"");
    else
        appendEncodedName(file.name.toStdString(), m_out);
    m_out.append("\r\n");
    if (!file.contentId.isEmpty())
        m_out.append("Content-ID: <").append(file.contentId.toStdString()).append(">\r\n");
    m_out.append("\r\n");
    if (file.data.isEmpty())
        m_out.append("\r\n");
    else
        appendBase64Data(file.data, m_out);
}

void MimeWriter::end()
{
    m_out.append("--").append(m_boundaries.back()).append("--\r\n");
    m_boundaries.pop_back();
}

} // namespace carillon
