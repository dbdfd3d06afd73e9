// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/LintRules.h"
#include "engine/content/Locales.h"
#include "engine/content/TemplateParts.h"
#include "engine/liquid/Filter.h"

#include <QRegularExpression>

#include <algorithm>

// Rules about what Liquid does: what it cannot, the pieces it puts in, and how its output is escaped.
namespace carillon::lint {

namespace {

using liquid::Token;

void compileProblems(const Part& part, Report& report)
{
    for (const TemplateProblem& problem : part.problems)
        report.addReady(part, problem);
}

void unknownSnippet(const Part& part, Report& report)
{
    for (const Tag& tag : part.source.tags()) {
        const QString name = snippetIn(tag);
        if (!name.isEmpty() && !part.view.snippet(name))
            report.add(part, part.source.spanOf(tag.tokens.front().place),
                       tr("There is no snippet “%1”: nothing can be put in here.").arg(name));
    }
}

// "items" and, where there is a text for each plural, "items.one" and "items.other".
bool hasText(const Template& texts, const QString& key)
{
    const QString plural = key + u'.';
    const auto next = texts.parts.lowerBound(plural);
    return texts.parts.contains(key) || (next != texts.parts.cend() && next.key().startsWith(plural));
}

QStringList localesWith(const View& view, const QString& key)
{
    QStringList locales;
    for (const Template& texts : view.input().content.templates) {
        if (texts.scope == TemplateScope::Texts && hasText(texts, key))
            locales << normalLocale(texts.locale);
    }
    return locales;
}

bool isTextKey(const Output& output)
{
    return output.isString && output.has(u"t");
}

void unknownText(const Part& part, Report& report)
{
    for (const Output& output : part.source.outputs()) {
        if (isTextKey(output) && localesWith(part.view, output.text).isEmpty())
            report.add(part, output.head, tr("There is no text “%1” in any language.").arg(output.text));
    }
}

void untranslatedText(const Part& part, Report& report)
{
    const QString& locale = part.view.source().locale;
    const QStringList wanted = localeCandidates(locale, {});
    for (const Output& output : part.source.outputs()) {
        const QStringList locales = isTextKey(output) ? localesWith(part.view, output.text) : QStringList();
        const auto isThere = [&](const QString& candidate) { return locales.contains(candidate); };
        if (!locale.isEmpty() && !locales.isEmpty() && std::none_of(wanted.begin(), wanted.end(), isThere))
            report.add(part, output.head, tr("The text “%1” is not translated into %2.").arg(output.text, locale));
    }
}

bool isFromOutside(const Output& output)
{
    return output.path.startsWith(u"contact.") || output.path.startsWith(u"data.");
}

void rawOutput(const Part& part, Report& report)
{
    if (part.format == PartFormat::Text || part.format == PartFormat::Url)
        return;
    for (const Output& output : part.source.outputs()) {
        if (isFromOutside(output) && !output.filters.empty() && output.filters.back().name == u"raw")
            report.add(part, output.filters.back().place,
                       tr("“%1” is put in as it is: whoever can change it can put markup and links into your message.")
                           .arg(output.path));
    }
}

// Filters that work on the text as it is shown make plain text of what was escaped: it is escaped once more.
bool readsText(const UsedFilter& used)
{
    const liquid::Filter* filter = liquid::findFilter(used.name.toStdString());
    return !filter || filter->markup == liquid::Markup::Reads;
}

void checkEscape(const Part& part, Report& report, bool wantsDoubled)
{
    const View& view = part.view;
    const bool isHtml = escapeFor(view.channel(), part.name, view.settings()) == liquid::Escape::Html;
    for (const Output& output : part.source.outputs()) {
        const auto escape = std::find_if(output.filters.begin(), output.filters.end(), [](const UsedFilter& filter) {
            return filter.name == u"escape" || filter.name == u"h";
        });
        if (escape == output.filters.end())
            continue;
        const bool isDoubled = !isHtml || std::any_of(escape + 1, output.filters.end(), readsText);
        if (isDoubled == wantsDoubled)
            report.add(part, escape->place,
                       isDoubled
                           ? tr("People will see “&amp;” where “&” is meant: each output is escaped for its place already, "
                                "and this escapes it for HTML before.")
                           : tr("Each output of this part is escaped already: “escape” changes nothing."));
    }
}

void doubleEscape(const Part& part, Report& report)
{
    checkEscape(part, report, true);
}

void needlessEscape(const Part& part, Report& report)
{
    checkEscape(part, report, false);
}

// What the campaign gives for "data.order.date"; nothing beyond lists.
QJsonValue dataAt(const QJsonObject& data, const QString& path)
{
    QJsonValue value(data);
    const QStringList steps = path.split(u'.').mid(1);
    for (const QString& step : steps)
        value = value.toObject().value(step);
    return value;
}

void dateAsWritten(const Part& part, Report& report)
{
    static const QRegularExpression moment(QStringLiteral("^\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d"));
    if (part.format == PartFormat::Json)
        return;
    for (const Output& output : part.source.outputs()) {
        if (!output.path.startsWith(u"data.") || !output.filters.empty())
            continue;
        const QString value = dataAt(part.view.input().data, output.path).toString();
        if (moment.match(value).hasMatch())
            report.add(part, output.head, tr("“%1” is put out as it is stored: %2.").arg(output.path, value.left(40)));
    }
}

constexpr Rule rules[] = {
    {"liquid", Severity::Error, QT_TRANSLATE_NOOP("Lint", "Liquid that cannot be understood: no message can be made of it."),
     "", Looks::AtLiquid, compileProblems},
    {"unknown-snippet", Severity::Error,
     QT_TRANSLATE_NOOP("Lint", "Snippets that do not exist: the message fails where they are put in."),
     QT_TRANSLATE_NOOP("Lint", "Make the snippet, or correct its name."), Looks::AtLiquid, unknownSnippet},
    {"unknown-text", Severity::Warning,
     QT_TRANSLATE_NOOP("Lint", "Keys of translations that do not exist: people would see the key."),
     QT_TRANSLATE_NOOP("Lint", "Add the text to the translations, or correct its key."), Looks::AtLiquid, unknownText},
    {"untranslated-text", Severity::Hint,
     QT_TRANSLATE_NOOP("Lint", "Texts that the template's language lacks: people would read another language in between."),
     QT_TRANSLATE_NOOP("Lint", "Add its translation."), Looks::AtLiquid, untranslatedText},
    {"raw-output", Severity::Warning,
     QT_TRANSLATE_NOOP("Lint",
                       "Data put in with “raw”: whoever fills in a form could put markup and links into your message."),
     QT_TRANSLATE_NOOP("Lint", "Leave “raw” out, unless the value is markup of your own making."), Looks::AtLiquid,
     rawOutput},
    {"double-escape", Severity::Warning,
     QT_TRANSLATE_NOOP("Lint", "Data escaped by hand and then once more for its place: people see “&amp;”."),
     QT_TRANSLATE_NOOP("Lint", "Leave “escape” out."), Looks::AtEachPart, doubleEscape},
    {"needless-escape", Severity::Hint,
     QT_TRANSLATE_NOOP("Lint", "“escape” where outputs are escaped anyway: it changes nothing."),
     QT_TRANSLATE_NOOP("Lint", "Leave “escape” out."), Looks::AtEachPart, needlessEscape},
    {"date-as-stored", Severity::Hint,
     QT_TRANSLATE_NOOP("Lint", "Moments put out as they are stored, such as 2026-04-01T12:00:00Z: hard to read for people."),
     QT_TRANSLATE_NOOP("Lint", "Add a date filter, for example: | date: \"%-d %B %Y\"."), Looks::AtEachPart, dateAsWritten},
};

} // namespace

std::span<const Rule> liquidRules()
{
    return rules;
}

} // namespace carillon::lint
