// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/content/LintSource.h"

#include <QStringView>

#include <optional>
#include <vector>

namespace carillon::lint {

// "color: #333" of a style. Views point into Source::lower().
struct CssDeclaration {
    QStringView property;
    QStringView value; // without "!important"
    Span place; // from the property to the end of the value
    Span valuePlace;

    bool isDynamic() const { return value.contains(Source::outputMark) || value.contains(Source::tagMark); }
};

struct CssRule {
    QStringView selector; // as written
    Span selectorPlace;
    bool isConditional = false; // within @media or @supports
    std::vector<CssDeclaration> declarations;
};

// What stands in a style attribute or between { and }.
std::vector<CssDeclaration> declarationsIn(const Source& source, Span style);

// What stands in <style>. Both are forgiving, take any text, and need time by its length alone.
std::vector<CssRule> rulesIn(const Source& source, Span style);

struct Color {
    int red = 0;
    int green = 0;
    int blue = 0;

    friend bool operator==(const Color&, const Color&) = default;
};

// "#fff", "#a1b2c3", "rgb(1, 2, 3)", "navy"; nothing when it is no colour, see-through, or one that is not known here.
std::optional<Color> colorOf(QStringView text);

// How well one can be read on the other, from 1 to 21 (WCAG 2.1, contrast ratio).
double contrast(Color a, Color b);

} // namespace carillon::lint
