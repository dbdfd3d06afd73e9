// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/TextLayout.h"

#include "engine/liquid/Utf8.h"

#include <algorithm>

namespace carillon {

namespace {

namespace utf8 = liquid::utf8;

constexpr int maxBreaks = 2; // more than one blank line never helps
constexpr std::size_t longestUnderline = 70;
constexpr std::string_view noBreakSpace = "\xc2\xa0";
constexpr std::string_view zeroWidth[]
    = {"\xc2\xad", "\xe2\x80\x8b", "\xe2\x80\x8c", "\xe2\x80\x8d", "\xef\xbb\xbf"}; // shy, zwsp, zwnj, zwj, bom

// How many bytes at the front count as a blank (an ASCII one or a no-break space).
std::size_t blankLength(std::string_view text)
{
    return utf8::isBlank(text.front()) ? 1 : text.starts_with(noBreakSpace) ? noBreakSpace.size() : 0;
}

bool startsBlank(char c)
{
    return utf8::isBlank(c) || c == noBreakSpace.front();
}

// Padding that mail templates put behind their preheaders.
bool isPadding(std::string_view word)
{
    return std::find(std::begin(zeroWidth), std::end(zeroWidth), word) != std::end(zeroWidth);
}

} // namespace

void TextLayout::flushBreaks()
{
    if (m_out.empty())
        m_breaks = 0;
    const bool startsLine = m_breaks > 0 || m_out.empty();
    for (; m_breaks > 0; --m_breaks) {
        m_out.push_back('\n');
        if (m_breaks > 1) {
            for (const std::string_view prefix : m_prefixes)
                m_out.append(utf8::trimRight(prefix));
        }
    }
    if (startsLine) {
        for (const std::string_view prefix : m_prefixes)
            m_out.append(prefix);
        m_blank = false;
        m_lineIsEmpty = true;
    }
}

void TextLayout::text(std::string_view text)
{
    if (m_isPreformatted)
        return preformatted(text);
    while (!text.empty()) {
        if (const std::size_t blank = blankLength(text)) {
            m_blank = true;
            text.remove_prefix(blank);
            continue;
        }
        const auto next = std::find_if(text.begin() + 1, text.end(), startsBlank);
        const std::string_view word = text.substr(0, std::size_t(next - text.begin()));
        text.remove_prefix(word.size());
        if (isPadding(word))
            continue;
        flushBreaks();
        if (m_blank && !m_lineIsEmpty)
            m_out.push_back(' ');
        m_blank = false;
        m_out.append(word);
        m_lineIsEmpty = false;
    }
}

void TextLayout::preformatted(std::string_view text)
{
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        verbatim(text.substr(0, end));
        if (end < text.size())
            newLine();
        text.remove_prefix(std::min(text.size(), end + 1));
    }
}

void TextLayout::verbatim(std::string_view text)
{
    if (text.empty())
        return;
    flushBreaks();
    m_out.append(text);
    m_lineIsEmpty = false;
}

void TextLayout::lineBreak()
{
    m_breaks = std::max(m_breaks, 1);
}

void TextLayout::paragraphBreak()
{
    m_breaks = std::max(m_breaks, maxBreaks);
}

void TextLayout::newLine()
{
    m_breaks = std::min(m_breaks + 1, maxBreaks);
}

void TextLayout::cell()
{
    if (m_breaks == 0 && !m_lineIsEmpty) {
        m_out.append("  ");
        m_blank = false;
        m_lineIsEmpty = true; // no further blank before the cell's first word
    }
}

void TextLayout::bullet(std::string_view mark)
{
    verbatim(mark);
    m_blank = false;
    m_lineIsEmpty = true;
}

void TextLayout::beginHeading()
{
    paragraphBreak();
    m_headingStart = m_out.size();
}

void TextLayout::endHeading(char underline)
{
    const std::string_view written = utf8::trimLeft(since(m_headingStart));
    const std::size_t width = utf8::length(written.substr(std::min(written.rfind('\n') + 1, written.size())));
    if (width > 0 && m_breaks == 0) {
        lineBreak();
        verbatim(std::string(std::min(width, longestUnderline), underline));
    }
    paragraphBreak();
    m_headingStart = m_out.size();
}

void TextLayout::indent(std::string_view prefix)
{
    if (++m_indents <= maxIndents)
        m_prefixes.push_back(prefix);
}

void TextLayout::outdent()
{
    if (m_indents > 0 && --m_indents < m_prefixes.size())
        m_prefixes.pop_back();
}

std::string_view TextLayout::since(std::size_t position) const
{
    return std::string_view(m_out).substr(std::min(position, m_out.size()));
}

std::string TextLayout::take()
{
    m_out.resize(utf8::trimRight(m_out).size());
    if (!m_out.empty())
        m_out.push_back('\n');
    return std::move(m_out);
}

} // namespace carillon
