// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/LintRules.h"

#include <QRegularExpression>

#include <algorithm>

// Rules about the words of links.
namespace carillon::lint {

namespace {

template <typename Check>
void forLinks(const Part& part, const Check& check)
{
    for (const HtmlElement& element : part.outline->elements()) {
        const HtmlAttribute* link = element.name == u"a" ? element.attribute(u"href") : nullptr;
        if (link)
            check(element, *link);
    }
}

// Whether anything but text tells what the link is: an image, a title, or what a snippet puts in.
bool hasOtherWords(const Part& part, const HtmlElement& link)
{
    if (link.has(u"title") || link.has(u"aria-label"))
        return true;
    const QStringView inside
        = QStringView(part.source.lower()).mid(link.content.position, std::min<qsizetype>(link.content.length, 2000));
    return inside.contains(u"<img") || inside.contains(Source::tagMark);
}

void linkWithoutText(const Part& part, Report& report)
{
    forLinks(part, [&](const HtmlElement& element, const HtmlAttribute&) {
        if (!hasOtherWords(part, element) && part.outline->textIn(element).remove(QChar::Nbsp).trimmed().isEmpty())
            report.add(part, element.namePlace(), tr("The link has no words: nobody sees it."));
    });
}

void vagueText(const Part& part, Report& report)
{
    static const QSet<QString> vague{
        QStringLiteral("click here"),  QStringLiteral("click"), QStringLiteral("here"),          QStringLiteral("link"),
        QStringLiteral("this link"),   QStringLiteral("more"),  QStringLiteral("read more"),     QStringLiteral("hier"),
        QStringLiteral("klick hier"),  QStringLiteral("mehr"),  QStringLiteral("hier klicken"),  QStringLiteral("ici"),
        QStringLiteral("cliquez ici"), QStringLiteral("aquí"),  QStringLiteral("haga clic aquí")};
    forLinks(part, [&](const HtmlElement& element, const HtmlAttribute&) {
        QString text = part.outline->textIn(element, 40).toLower();
        while (!text.isEmpty() && !text.back().isLetterOrNumber() && text.back() != Source::outputMark)
            text.chop(1);
        if (vague.contains(text) && !element.has(u"aria-label"))
            report.add(
                part, element.content.length > 0 ? element.content : element.tag,
                tr("“%1” does not say where the link leads: screen readers list links by their words alone.").arg(text));
    });
}

QString withoutWww(QString host)
{
    host = host.toLower();
    return host.startsWith(u"www.") ? host.mid(4) : host;
}

// "https://bank.example" that leads to another host: what phishing does, and what filters look for.
void misleadingText(const Part& part, Report& report)
{
    static const QRegularExpression shown(
        QStringLiteral("^(?:https?://)?((?:[a-z0-9-]{1,63}\\.){1,4}[a-z]{2,24})(?:[/?#:].{0,200})?$"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression target(QStringLiteral("^https?://((?:[a-z0-9-]{1,63}\\.){1,4}[a-z]{2,24})(?:[/?#:]|$)"),
                                           QRegularExpression::CaseInsensitiveOption);
    forLinks(part, [&](const HtmlElement& element, const HtmlAttribute& link) {
        const auto words = shown.match(part.outline->textIn(element));
        const auto leads = target.match(link.value.left(200).toString());
        if (!words.hasMatch() || !leads.hasMatch())
            return;
        const QString said = withoutWww(words.captured(1));
        const QString real = withoutWww(leads.captured(1));
        if (said != real && !real.endsWith(u'.' + said) && !said.endsWith(u'.' + real))
            report.add(part, element.content,
                       tr("The words say %1, and the link leads to %2: that is what phishing looks like.").arg(said, real));
    });
}

constexpr Rule rules[] = {
    {"link-without-text", Severity::Warning, QT_TRANSLATE_NOOP("Lint", "Links without words or an image."),
     QT_TRANSLATE_NOOP("Lint", "Say what it leads to."), Looks::AtHtml, linkWithoutText},
    {"vague-link-text", Severity::Hint, QT_TRANSLATE_NOOP("Lint", "Links whose words say nothing, such as “click here”."),
     QT_TRANSLATE_NOOP("Lint", "Name what it leads to: “See your order”."), Looks::AtHtml, vagueText},
    {"misleading-link", Severity::Warning, QT_TRANSLATE_NOOP("Lint", "Links whose words are the address of another site."),
     QT_TRANSLATE_NOOP("Lint", "Use words instead of an address."), Looks::AtHtml, misleadingText},
};

} // namespace

std::span<const Rule> linkTextRules()
{
    return rules;
}

} // namespace carillon::lint
