// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/LintRules.h"

#include <algorithm>
#include <array>

// Rules about styles that mail programs do not know or take away.
namespace carillon::lint {

namespace {

// Each declaration of the part, in style attributes and <style>.
template <typename Check>
void forDeclarations(const Part& part, const Check& check)
{
    for (const HtmlElement& element : part.outline->elements()) {
        for (const CssDeclaration& declaration : element.style)
            check(declaration);
    }
    for (const Span& style : part.outline->styles()) {
        for (const CssRule& rule : rulesIn(part.source, style)) {
            for (const CssDeclaration& declaration : rule.declarations)
                check(declaration);
        }
    }
}

bool isUnknownToOutlook(const CssDeclaration& declaration)
{
    static constexpr std::array<QStringView, 7> layouts{u"flex",   u"inline-flex", u"grid",    u"inline-grid",
                                                        u"sticky", u"fixed",       u"absolute"};
    static constexpr std::array<QStringView, 5> properties{u"transform", u"animation", u"filter", u"clip-path",
                                                           u"object-fit"};
    if (declaration.property == u"display" || declaration.property == u"position")
        return std::find(layouts.begin(), layouts.end(), declaration.value) != layouts.end();
    const bool computes = declaration.value.contains(u"calc(") || declaration.value.contains(u"var(--");
    return computes || std::find(properties.begin(), properties.end(), declaration.property) != properties.end();
}

void unknownToOutlook(const Part& part, Report& report)
{
    forDeclarations(part, [&](const CssDeclaration& declaration) {
        if (isUnknownToOutlook(declaration))
            report.add(
                part, declaration.place,
                tr("Outlook and some others do not know “%1: %2”.").arg(declaration.property, declaration.value.left(30)));
    });
}

void importedStyles(const Part& part, Report& report)
{
    const QStringView lower = part.source.lower();
    for (const Span& style : part.outline->styles()) {
        const QStringView text = lower.mid(style.position, style.length);
        for (qsizetype at = text.indexOf(u"@import"); at >= 0; at = text.indexOf(u"@import", at + 7))
            report.add(part, {style.position + at, 7}, tr("Gmail and Outlook import no styles."));
    }
}

void largeStyles(const Part& part, Report& report)
{
    constexpr qsizetype most = 8192;
    qsizetype length = 0;
    for (const Span& style : part.outline->styles()) {
        length += style.length;
        if (length > most)
            return report.add(
                part, {std::max(style.position, style.end() - (length - most)), 1},
                tr("The styles have more than %1 characters: Gmail drops what comes behind this place, and often "
                   "all of them.")
                    .arg(most));
    }
}

void tinyText(const Part& part, Report& report)
{
    constexpr double least = 10;
    forDeclarations(part, [&](const CssDeclaration& declaration) {
        if (declaration.property != u"font-size" || !declaration.value.endsWith(u"px"))
            return;
        bool isNumber = false;
        const double pixels = declaration.value.chopped(2).trimmed().toDouble(&isNumber);
        if (isNumber && pixels > 2 && pixels < least) // 0 to 2: made to be hidden
            report.add(part, declaration.place, tr("Letters of %1 pixels are hard to read.").arg(pixels));
    });
}

constexpr Rule rules[] = {
    {"outlook-style", Severity::Hint,
     QT_TRANSLATE_NOOP("Lint", "Styles that Outlook does not know: flex, grid, position and so on."),
     QT_TRANSLATE_NOOP("Lint", "Use a table where the layout depends on it."), Looks::AtHtml, unknownToOutlook},
    {"imported-styles", Severity::Warning, QT_TRANSLATE_NOOP("Lint", "Styles that would have to be loaded (@import)."),
     QT_TRANSLATE_NOOP("Lint", "Put the styles into the mail itself."), Looks::AtHtml, importedStyles},
    {"large-styles", Severity::Warning, QT_TRANSLATE_NOOP("Lint", "More styles than Gmail takes: 8,192 characters."),
     QT_TRANSLATE_NOOP("Lint", "Remove rules that nothing uses."), Looks::AtHtml, largeStyles},
    {"tiny-text", Severity::Hint, QT_TRANSLATE_NOOP("Lint", "Letters of less than 10 pixels."),
     QT_TRANSLATE_NOOP("Lint", "Use 12 pixels or more."), Looks::AtHtml, tinyText},
};

} // namespace

std::span<const Rule> styleRules()
{
    return rules;
}

} // namespace carillon::lint
