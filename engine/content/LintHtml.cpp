// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/LintRules.h"

#include <algorithm>
#include <array>

// Rules about elements and attributes: what mail programs take away, and what screen readers and they need to know.
namespace carillon::lint {

namespace {

void blockedElement(const Part& part, Report& report)
{
    static constexpr std::array<QStringView, 12> names{u"script", u"iframe", u"object", u"embed", u"applet", u"frame",
                                                       u"video",  u"audio",  u"canvas", u"svg",   u"math",   u"dialog"};
    for (const HtmlElement& element : part.outline->elements()) {
        const bool isData = element.name == u"script" && element.value(u"type") == u"application/ld+json"; // Gmail's markup
        if (!isData && std::find(names.begin(), names.end(), element.name) != names.end())
            report.add(part, element.namePlace(), tr("Mail programs take <%1> away.").arg(element.name));
    }
}

void formElement(const Part& part, Report& report)
{
    static constexpr std::array<QStringView, 5> names{u"form", u"input", u"select", u"textarea", u"button"};
    for (const HtmlElement& element : part.outline->elements()) {
        if (std::find(names.begin(), names.end(), element.name) != names.end())
            report.add(part, element.namePlace(),
                       tr("Most mail programs take <%1> away or warn of it: it does not work there.").arg(element.name));
    }
}

void eventHandler(const Part& part, Report& report)
{
    for (const HtmlElement& element : part.outline->elements()) {
        for (const HtmlAttribute& attribute : element.attributes) {
            if (attribute.name.size() > 4 && attribute.name.startsWith(u"on") && attribute.valuePlace.length > 0)
                report.add(part, {attribute.place.position, attribute.name.size()},
                           tr("Mail programs run no scripts: “%1” does nothing.").arg(attribute.name));
        }
    }
}

void externalStyles(const Part& part, Report& report)
{
    for (const HtmlElement& element : part.outline->elements()) {
        if (element.name == u"link" && element.value(u"rel").compare(u"stylesheet", Qt::CaseInsensitive) == 0)
            report.add(part, element.namePlace(),
                       tr("Gmail and Outlook load no style sheets: the mail will lack this one."));
    }
}

void missingLanguage(const Part& part, Report& report)
{
    const HtmlElement* html = part.outline->first(u"html");
    if (html && html->value(u"lang").isEmpty())
        report.add(part, html->namePlace(),
                   tr("The mail does not say in which language it is: screen readers guess how to pronounce it."));
}

// "de" of "de-AT".
QStringView languageOf(QStringView locale)
{
    const auto end = std::find_if(locale.begin(), locale.end(), [](QChar c) { return c == u'-' || c == u'_'; });
    return locale.first(end - locale.begin());
}

void wrongLanguage(const Part& part, Report& report)
{
    const QString& locale = part.view.source().locale;
    const HtmlElement* html = part.outline->first(u"html");
    const HtmlAttribute* lang = html ? html->attribute(u"lang") : nullptr;
    if (locale.isEmpty() || !lang || lang->value.isEmpty() || lang->isDynamic())
        return;
    if (languageOf(lang->value).compare(languageOf(locale), Qt::CaseInsensitive) != 0)
        report.add(
            part, lang->valuePlace,
            tr("This template is for %1, and the mail says that it is “%2”: mail programs will offer to translate it.")
                .arg(locale, lang->value.toString()));
}

void missingCharset(const Part& part, Report& report)
{
    const HtmlElement* head = part.outline->first(u"head");
    if (!head)
        return;
    const auto& elements = part.outline->elements();
    const bool isThere = std::any_of(elements.begin(), elements.end(), [](const HtmlElement& element) {
        return element.name == u"meta"
            && (element.has(u"charset") || element.value(u"content").contains(u"charset", Qt::CaseInsensitive));
    });
    if (!isThere)
        report.add(part, head->namePlace(),
                   tr("The encoding is not named: forwarded or saved, the mail shows wrong letters in some programs."));
}

void missingDoctype(const Part& part, Report& report)
{
    const HtmlElement* html = part.outline->first(u"html");
    if (html && !part.outline->hasDoctype())
        report.add(part, html->namePlace(),
                   tr("Without <!DOCTYPE html> mail programs fall back to the layout rules of 1999."));
}

void missingViewport(const Part& part, Report& report)
{
    const auto& elements = part.outline->elements();
    const bool isThere = std::any_of(elements.begin(), elements.end(), [](const HtmlElement& element) {
        return element.name == u"meta" && element.value(u"name").compare(u"viewport", Qt::CaseInsensitive) == 0;
    });
    for (const Span& style : part.outline->styles()) {
        const qsizetype media = QStringView(part.source.lower()).mid(style.position, style.length).indexOf(u"@media");
        if (!isThere && media >= 0)
            return report.add(part, {style.position + media, 6},
                              tr("Phones that are not told the width of the screen do not use these rules."));
    }
}

// A table that lays out, not one that has headings or a caption.
void layoutTable(const Part& part, Report& report)
{
    const auto& elements = part.outline->elements();
    std::vector<bool> isData(elements.size());
    for (const HtmlElement& element : elements) {
        const bool tells = element.name == u"th" || element.name == u"caption" || element.name == u"thead";
        int parent = tells ? element.parent : -1;
        for (int steps = 0; parent >= 0 && elements[std::size_t(parent)].name != u"table" && steps < 4; ++steps)
            parent = elements[std::size_t(parent)].parent;
        if (parent >= 0)
            isData[std::size_t(parent)] = true;
    }
    for (std::size_t i = 0; i < elements.size(); ++i) {
        if (elements[i].name == u"table" && !isData[i] && !elements[i].has(u"role"))
            report.add(part, elements[i].namePlace(), tr("Screen readers read this table out cell by cell."));
    }
}

void baseElement(const Part& part, Report& report)
{
    if (const HtmlElement* base = part.outline->first(u"base"))
        report.add(part, base->namePlace(), tr("Mail programs ignore <base>: links that rely on it lead nowhere."));
}

constexpr Rule rules[] = {
    {"blocked-element", Severity::Warning,
     QT_TRANSLATE_NOOP("Lint", "Elements that mail programs take away: scripts, frames, videos and the like."),
     QT_TRANSLATE_NOOP("Lint", "Use an image that links to a page instead."), Looks::AtHtml, blockedElement},
    {"form", Severity::Warning,
     QT_TRANSLATE_NOOP("Lint", "Forms: they work in hardly any mail program, and filters fear them."),
     QT_TRANSLATE_NOOP("Lint", "Link to a page that has the form."), Looks::AtHtml, formElement},
    {"event-handler", Severity::Warning, QT_TRANSLATE_NOOP("Lint", "Attributes that would run a script, such as onclick."),
     QT_TRANSLATE_NOOP("Lint", "Remove it; use a link."), Looks::AtHtml, eventHandler},
    {"external-styles", Severity::Warning, QT_TRANSLATE_NOOP("Lint", "Style sheets that would have to be loaded."),
     QT_TRANSLATE_NOOP("Lint", "Put the styles into the mail itself."), Looks::AtHtml, externalStyles},
    {"missing-language", Severity::Warning, QT_TRANSLATE_NOOP("Lint", "Mail that does not say its language."),
     QT_TRANSLATE_NOOP("Lint", "Write it into the tag, for example: <html lang=\"en\">."), Looks::AtHtml, missingLanguage},
    {"wrong-language", Severity::Warning, QT_TRANSLATE_NOOP("Lint", "Mail that says another language than its template's."),
     QT_TRANSLATE_NOOP("Lint", "Correct the attribute lang."), Looks::AtHtml, wrongLanguage},
    {"missing-charset", Severity::Hint, QT_TRANSLATE_NOOP("Lint", "Mail whose HTML does not name its encoding."),
     QT_TRANSLATE_NOOP("Lint", "Add <meta charset=\"utf-8\"> to the head."), Looks::AtHtml, missingCharset},
    {"missing-doctype", Severity::Hint, QT_TRANSLATE_NOOP("Lint", "HTML that does not say that it is HTML 5."),
     QT_TRANSLATE_NOOP("Lint", "Begin with <!DOCTYPE html>."), Looks::AtHtml, missingDoctype},
    {"missing-viewport", Severity::Hint, QT_TRANSLATE_NOOP("Lint", "Media queries without the viewport that they need."),
     QT_TRANSLATE_NOOP("Lint", "Add <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"> to the head."),
     Looks::AtHtml, missingViewport},
    {"layout-table", Severity::Hint, QT_TRANSLATE_NOOP("Lint", "Tables for layout that screen readers take for data."),
     QT_TRANSLATE_NOOP("Lint", "Add role=\"presentation\"; give a table of data its <th>."), Looks::AtHtml, layoutTable},
    {"base-element", Severity::Warning, QT_TRANSLATE_NOOP("Lint", "The element <base>, which mail programs ignore."),
     QT_TRANSLATE_NOOP("Lint", "Write each address in full."), Looks::AtHtml, baseElement},
};

} // namespace

std::span<const Rule> htmlRules()
{
    return rules;
}

} // namespace carillon::lint
