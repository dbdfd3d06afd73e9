// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace carillon {

// Lays out words as plain text: blanks run together, breaks are remembered and only written when text follows, lines are
// indented.
class TextLayout {
public:
    void text(std::string_view text);
    void verbatim(std::string_view text); // without touching its blanks
    void lineBreak(); // at least one
    void paragraphBreak(); // at least a blank line
    void newLine(); // one more, as <br> says
    void cell(); // two blanks between this and what stands before it on the line
    void bullet(std::string_view mark); // starts the line; always written

    void beginHeading();
    void endHeading(char underline);

    void indent(std::string_view prefix); // of every further line
    void outdent();
    void setPreformatted(bool on) { m_isPreformatted = on; }

    std::size_t size() const { return m_out.size(); }
    std::string_view since(std::size_t position) const; // what was written from there on
    std::string take(); // without blanks at the ends, with one line end

private:
    void flushBreaks();
    void preformatted(std::string_view text);

    static constexpr std::size_t maxIndents = 8;

    std::string m_out;
    std::vector<std::string_view> m_prefixes;
    std::size_t m_indents = 0; // asked for; beyond maxIndents they are only counted
    std::size_t m_headingStart = 0;
    int m_breaks = 0;
    bool m_blank = false; // one blank is due before the next word
    bool m_isPreformatted = false;
    bool m_lineIsEmpty = true;
};

} // namespace carillon
