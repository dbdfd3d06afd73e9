// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace carillon {

// One stretch of HTML.
struct HtmlToken {
    enum Kind { Text, Open, Close };

    Kind kind = Text;
    std::string_view text; // Text: as written, character references included
    std::string name; // of the tag, in lower case
    std::string_view attributes; // Open: what stands behind the name

    // The value of an attribute as written; empty when it is not there.
    std::string_view attribute(std::string_view wanted) const;
};

// Cuts HTML into text and tags as browsers do, leaving out comments, declarations, and what stands in <script>, <style> and
// <title>. Takes any bytes; time grows with their number alone.
class HtmlReader {
public:
    explicit HtmlReader(std::string_view html)
        : m_rest(html)
    {
    }

    bool next(HtmlToken& token); // false at the end

private:
    bool readTag(HtmlToken& token);
    bool skipDeclaration();
    void skipRawText(std::string_view name);

    std::string_view m_rest;
};

} // namespace carillon
