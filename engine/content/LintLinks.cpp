// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/LintRules.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

// Rules about where links lead.
namespace carillon::lint {

namespace {

bool isHref(const HtmlElement& element)
{
    return element.name == u"a" || element.name == u"area";
}

template <typename Check>
void forLinks(const Part& part, const Check& check)
{
    for (const HtmlElement& element : part.outline->elements()) {
        const HtmlAttribute* link = isHref(element) ? element.attribute(u"href") : nullptr;
        if (link)
            check(element, *link);
    }
}

// The starts that a value can have: itself, or that of each arm of a condition that stands at its start. What Liquid puts
// out may be anything.
std::vector<Span> startsOf(const HtmlAttribute& attribute)
{
    std::vector<Span> starts;
    const QStringView value = attribute.value;
    if (!value.trimmed().startsWith(Source::tagMark))
        return {attribute.valuePlace};
    qsizetype at = 0;
    while (at < value.size()) {
        while (at < value.size() && (value[at] == Source::tagMark || value[at].isSpace()))
            ++at;
        qsizetype end = at;
        while (end < value.size() && value[end] != Source::tagMark)
            ++end;
        if (end > at)
            starts.push_back({attribute.valuePlace.position + at, end - at});
        at = end;
    }
    return starts;
}

void httpLink(const Part& part, Report& report)
{
    static constexpr std::array<QStringView, 6> names{u"href", u"src", u"background", u"action", u"poster", u"srcset"};
    const QStringView lower = part.source.lower();
    for (const HtmlElement& element : part.outline->elements()) {
        for (const HtmlAttribute& attribute : element.attributes) {
            if (std::find(names.begin(), names.end(), attribute.name) == names.end())
                continue;
            for (const Span& start : startsOf(attribute)) {
                if (lower.mid(start.position, start.length).trimmed().startsWith(u"http://"))
                    report.add(
                        part, start,
                        tr("The address is not encrypted: programs warn of it or block it, and everyone on the way can "
                           "read and change what it leads to."));
            }
        }
    }
}

void brokenAnchor(const Part& part, Report& report)
{
    QSet<QStringView> names;
    for (const HtmlElement& element : part.outline->elements()) {
        for (const HtmlAttribute& attribute : element.attributes) {
            if (attribute.name != u"id" && (attribute.name != u"name" || element.name != u"a"))
                continue;
            if (attribute.isDynamic())
                return; // it may be any
            names.insert(attribute.value);
        }
    }
    const auto puts = [](const Tag& tag) { return tag.name == u"render" || tag.name == u"include"; };
    if (std::any_of(part.source.tags().begin(), part.source.tags().end(), puts))
        return; // the snippet may have it
    forLinks(part, [&](const HtmlElement&, const HtmlAttribute& link) {
        if (link.value.size() > 1 && link.value.startsWith(u'#') && !link.isDynamic() && !names.contains(link.value.mid(1)))
            report.add(part, link.valuePlace, tr("There is no element with the id “%1”.").arg(link.value.mid(1)));
    });
}

void emptyLink(const Part& part, Report& report)
{
    for (const HtmlElement& element : part.outline->elements()) {
        if (element.name != u"a")
            continue;
        const HtmlAttribute* link = element.attribute(u"href");
        const bool isAnchor = element.has(u"name") || element.has(u"id");
        if (link && (link->value.trimmed().isEmpty() || link->value.trimmed() == u"#"))
            report.add(part, link->place, tr("The link leads nowhere."));
        else if (!link && !isAnchor && element.attributes.empty())
            report.add(part, element.namePlace(), tr("The link has no address."));
    }
}

void unsafeLink(const Part& part, Report& report)
{
    static constexpr std::array<QStringView, 5> schemes{u"javascript:", u"vbscript:", u"data:", u"file:", u"blob:"};
    const QStringView lower = part.source.lower();
    forLinks(part, [&](const HtmlElement&, const HtmlAttribute& link) {
        for (const Span& start : startsOf(link)) {
            const QStringView value = lower.mid(start.position, start.length).trimmed();
            const auto isIt = [&](QStringView scheme) { return value.startsWith(scheme); };
            const auto found = std::find_if(schemes.begin(), schemes.end(), isIt);
            if (found != schemes.end())
                report.add(part, start, tr("Mail programs take links with “%1” away, and filters fear them.").arg(*found));
        }
    });
}

void relativeLink(const Part& part, Report& report)
{
    static const QRegularExpression scheme(QStringLiteral("^[a-zA-Z][a-zA-Z0-9+.-]{0,30}:"));
    const auto check = [&](const HtmlAttribute& link) {
        const QStringView value = link.value.trimmed();
        const bool isKnown = value.isEmpty() || value[0] == u'#' || value[0] == Source::outputMark
            || value[0] == Source::tagMark || scheme.match(value.left(40).toString()).hasMatch();
        if (isKnown)
            return;
        const bool isPage = value.startsWith(u"www.", Qt::CaseInsensitive);
        report.add(part, link.valuePlace, tr("A mail is no page of a site: this address leads nowhere."),
                   isPage || value.startsWith(u"//") ? tr("Write https:// before it.") : QString());
    };
    forLinks(part, [&](const HtmlElement&, const HtmlAttribute& link) { check(link); });
    for (const HtmlElement& element : part.outline->elements()) {
        const HtmlAttribute* source = element.name == u"img" ? element.attribute(u"src") : nullptr;
        if (source)
            check(*source);
    }
}

// The host of a written address; empty when Liquid makes it.
QString hostOf(QStringView address)
{
    const qsizetype start = address.indexOf(u"://");
    if (start < 0)
        return {};
    const QStringView rest = address.mid(start + 3);
    const auto end = std::find_if(rest.begin(), rest.end(),
                                  [](QChar c) { return c == u'/' || c == u'?' || c == u'#' || c == u':' || c == u'"'; });
    const QStringView host = rest.first(end - rest.begin());
    const bool isDynamic = host.contains(Source::outputMark) || host.contains(Source::tagMark);
    return isDynamic ? QString() : host.mid(host.lastIndexOf(u'@') + 1).toString().toLower();
}

void shortenedLink(const Part& part, Report& report)
{
    static const QStringList hosts{QStringLiteral("bit.ly"),  QStringLiteral("tinyurl.com"), QStringLiteral("goo.gl"),
                                   QStringLiteral("t.co"),    QStringLiteral("ow.ly"),       QStringLiteral("is.gd"),
                                   QStringLiteral("buff.ly"), QStringLiteral("rebrand.ly"),  QStringLiteral("cutt.ly")};
    forLinks(part, [&](const HtmlElement&, const HtmlAttribute& link) {
        const QString host = hostOf(link.value);
        if (hosts.contains(host))
            report.add(part, link.valuePlace,
                       tr("Spam filters distrust links shortened by %1: they hide where they lead.").arg(host));
    });
}

void privateLink(const Part& part, Report& report)
{
    static const QRegularExpression inside(QStringLiteral(
        "^(?:localhost|127\\.|10\\.|192\\.168\\.|172\\.(?:1[6-9]|2\\d|3[01])\\.|.{1,200}\\.(?:local|internal|test|lan)$)"));
    static const QRegularExpression number(QStringLiteral("^(?:\\d{1,3}\\.){3}\\d{1,3}$"));
    forLinks(part, [&](const HtmlElement&, const HtmlAttribute& link) {
        const QString host = hostOf(link.value);
        if (inside.match(host).hasMatch())
            report.add(part, link.valuePlace, tr("“%1” can be reached from inside your network only.").arg(host));
        else if (number.match(host).hasMatch())
            report.add(part, link.valuePlace, tr("Spam filters distrust addresses in numbers, such as %1.").arg(host));
    });
}

void blankInLink(const Part& part, Report& report)
{
    forLinks(part, [&](const HtmlElement&, const HtmlAttribute& link) {
        const QStringView value = link.value.trimmed();
        const bool isWeb = value.startsWith(u"http") && !value.contains(Source::tagMark);
        const bool hasBlank = std::any_of(value.begin(), value.end(), [](QChar c) { return c.isSpace(); });
        if (isWeb && hasBlank)
            report.add(part, link.valuePlace, tr("The address has a blank or a line break: programs cut it there."));
    });
}

// {{ contact.name }} behind "?name=": a blank or an & in it would change the address.
void unencodedInLink(const Part& part, Report& report)
{
    static const QStringList safe{QStringLiteral("contact.id"), QStringLiteral("contact.locale")};
    static const QStringList encoders{QStringLiteral("url_encode"), QStringLiteral("url_param_escape"),
                                      QStringLiteral("json"), QStringLiteral("size")};
    const QStringView masked = part.source.masked();
    forLinks(part, [&](const HtmlElement&, const HtmlAttribute& link) {
        const qsizetype query = link.value.indexOf(u'?');
        for (qsizetype at = query; at > 0 && at < link.value.size(); ++at) {
            const qsizetype position = link.valuePlace.position + at;
            const Output* output = masked[position] == Source::outputMark ? part.source.outputAt(position) : nullptr;
            const bool isText = output && (output->path.startsWith(u"contact.") || output->path.startsWith(u"data."));
            const auto encodes = [&](const UsedFilter& filter) { return encoders.contains(filter.name); };
            if (isText && masked[position - 1] == u'=' && !safe.contains(output->path)
                && std::none_of(output->filters.begin(), output->filters.end(), encodes))
                report.add(part, output->head, tr("A blank or an “&” in “%1” would break this address.").arg(output->path));
        }
    });
}

constexpr Rule rules[] = {
    {"http-link", Severity::Warning, QT_TRANSLATE_NOOP("Lint", "Links and images that are not encrypted (http)."),
     QT_TRANSLATE_NOOP("Lint", "Write https:// where the site has it."), Looks::AtHtml, httpLink},
    {"broken-anchor", Severity::Warning, QT_TRANSLATE_NOOP("Lint", "Links to a place of the mail that is not there."),
     QT_TRANSLATE_NOOP("Lint", "Give the place that id, or correct the link."), Looks::AtHtml, brokenAnchor},
    {"empty-link", Severity::Warning, QT_TRANSLATE_NOOP("Lint", "Links without an address, and links to “#”."),
     QT_TRANSLATE_NOOP("Lint", "Fill in the address."), Looks::AtHtml, emptyLink},
    {"unsafe-link", Severity::Warning, QT_TRANSLATE_NOOP("Lint", "Links that would run a script or open a file."),
     QT_TRANSLATE_NOOP("Lint", "Link to a page."), Looks::AtHtml, unsafeLink},
    {"relative-link", Severity::Warning, QT_TRANSLATE_NOOP("Lint", "Addresses without https:// and a host."),
     QT_TRANSLATE_NOOP("Lint", "Write the address in full, with https:// and the host."), Looks::AtHtml, relativeLink},
    {"shortened-link", Severity::Hint, QT_TRANSLATE_NOOP("Lint", "Links of public shorteners: spammers use them, too."),
     QT_TRANSLATE_NOOP("Lint", "Link to your own site."), Looks::AtHtml, shortenedLink},
    {"private-link", Severity::Warning,
     QT_TRANSLATE_NOOP("Lint", "Links to hosts that nobody else can reach, or to numbers."),
     QT_TRANSLATE_NOOP("Lint", "Use the public name of the host."), Looks::AtHtml, privateLink},
    {"blank-in-link", Severity::Warning, QT_TRANSLATE_NOOP("Lint", "Addresses with blanks in them."),
     QT_TRANSLATE_NOOP("Lint", "Write %20 for a blank."), Looks::AtHtml, blankInLink},
    {"unencoded-in-link", Severity::Hint, QT_TRANSLATE_NOOP("Lint", "Data put into the query of an address as they are."),
     QT_TRANSLATE_NOOP("Lint", "Add the filter url_encode."), Looks::AtHtml, unencodedInLink},
};

} // namespace

std::span<const Rule> linkRules()
{
    return rules;
}

} // namespace carillon::lint
