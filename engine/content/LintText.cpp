// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/LintRules.h"

#include <QRegularExpression>

#include <algorithm>

// Rules about the plain text of messages.
namespace carillon::lint {

namespace {

void noTextPart(const Part& part, Report& report)
{
    const View& view = part.view;
    if (view.part(u"html") && !view.part(u"text"))
        report.addWhole(*view.part(u"html"), tr("There is no text part: it is made from the HTML."));
}

constexpr int mostLinks = 200; // that are looked for in a text

// An address as it stands, without what trackers and editors change: "https://x.org/a/" and "http://x.org/a" are the same.
QString comparable(QStringView address)
{
    QString text = address.toString().section(u'#', 0, 0);
    text = text.section(QStringLiteral("://"), 1);
    while (text.endsWith(u'/'))
        text.chop(1);
    return text.replace(QStringLiteral("&amp;"), QStringLiteral("&"));
}

void lostLinks(const Part& part, Report& report)
{
    const Part* html = part.view.part(u"html");
    const Part* text = part.view.part(u"text");
    if (!html || !html->outline || !text)
        return;
    const QString written = text->source.text();
    QStringList lost;
    int looked = 0;
    for (const HtmlElement& element : html->outline->elements()) {
        const HtmlAttribute* link = element.name == u"a" ? element.attribute(u"href") : nullptr;
        const bool isWebLink
            = link && !link->isDynamic() && (link->value.startsWith(u"https://") || link->value.startsWith(u"http://"));
        if (isWebLink && ++looked <= mostLinks && !written.contains(comparable(link->value)))
            lost << link->value.toString();
    }
    lost.removeDuplicates();
    for (const QString& address : qAsConst(lost))
        report.addWhole(*text, tr("The text lacks a link that the HTML has: %1").arg(address.left(80)));
}

// <p>, <br/>, </a>: not "<3" nor "<ada@example.org>".
void htmlInText(const Part& part, Report& report)
{
    static const QRegularExpression pattern(
        QStringLiteral("</?(?:a|b|i|u|p|br|hr|h[1-6]|div|span|strong|em|ul|ol|li|table|tr|td|img)(?:\\s[^<>]{0,300})?/?>"),
        QRegularExpression::CaseInsensitiveOption);
    const bool isPlain = part.format == PartFormat::Text && part.name != u"image" && part.name != u"url";
    if (!isPlain)
        return;
    auto found = pattern.globalMatch(part.source.masked());
    for (int i = 0; found.hasNext() && i < Report::maxPerRule; ++i) {
        const QRegularExpressionMatch match = found.next();
        report.add(part, {match.capturedStart(), match.capturedLength()},
                   tr("This part is plain text: people will see “%1” as it stands.").arg(match.captured().left(30)));
    }
}

void httpInText(const Part& part, Report& report)
{
    static const QRegularExpression pattern(QStringLiteral("\\bhttp://(?!localhost\\b)[^\\s<>\"'()\\]|]{1,200}"));
    if (part.outline || part.format == PartFormat::Json)
        return;
    auto found = pattern.globalMatch(part.source.masked());
    for (int i = 0; found.hasNext() && i < Report::maxPerRule; ++i) {
        const QRegularExpressionMatch match = found.next();
        report.add(part, {match.capturedStart(), match.capturedLength()},
                   tr("The link is not encrypted: browsers warn of it, and everyone on the way can read and change it."));
    }
}

constexpr Rule rules[] = {
    {"no-text-part", Severity::Hint,
     QT_TRANSLATE_NOOP("Lint", "Mail with HTML alone: the text for those who read no HTML is made from it."),
     QT_TRANSLATE_NOOP("Lint", "Look at it in the preview; write your own where it does not read well."), Looks::Once,
     noTextPart, "email"},
    {"lost-links", Severity::Warning,
     QT_TRANSLATE_NOOP("Lint", "Links of the HTML that the text part lacks: who reads text cannot follow them."),
     QT_TRANSLATE_NOOP("Lint", "Add the address to the text, or leave the text part empty: it is then made from the HTML."),
     Looks::Once, lostLinks, "email"},
    {"html-in-text", Severity::Warning, QT_TRANSLATE_NOOP("Lint", "HTML in plain text: people see the tags."),
     QT_TRANSLATE_NOOP("Lint", "Write plain text."), Looks::AtEachPart, htmlInText},
    {"http-in-text", Severity::Warning, QT_TRANSLATE_NOOP("Lint", "Links in texts that are not encrypted."),
     QT_TRANSLATE_NOOP("Lint", "Write https:// where the site has it."), Looks::AtEachPart, httpInText},
};

} // namespace

std::span<const Rule> textRules()
{
    return rules;
}

} // namespace carillon::lint
