// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/LintRules.h"
#include "engine/content/Locales.h"

#include <algorithm>

// Rules about the languages of a topic: which are missing, and in what they differ.
namespace carillon::lint {

namespace {

// The locales that there are templates for on a channel, this template's among them.
QStringList localesOf(const View& view, const QString& channel)
{
    QStringList locales;
    for (const Template& other : view.input().content.templates) {
        const bool isKin = other.scope == view.source().scope && other.topicId == view.source().topicId
            && other.key == view.source().key && other.channel == channel;
        if (isKin)
            locales << normalLocale(other.locale);
    }
    if (channel == view.channel())
        locales << normalLocale(view.source().locale);
    locales.removeDuplicates();
    return locales;
}

bool serves(const QStringList& locales, const QString& wanted)
{
    const QStringList candidates = localeCandidates(wanted, {});
    return std::any_of(candidates.begin(), candidates.end(),
                       [&](const QString& candidate) { return locales.contains(candidate); });
}

// What concerns a channel as a whole is said in one of its templates: the one for every locale, else the first one.
bool speaksForChannel(const View& view)
{
    if (view.source().locale.isEmpty())
        return true;
    const auto isFirst
        = [&](const Template* other) { return other->locale.isEmpty() || other->locale < view.source().locale; };
    const QList<const Template*> others = view.otherLocales();
    return std::none_of(others.begin(), others.end(), isFirst);
}

void missingLocale(const Part& part, Report& report)
{
    const View& view = part.view;
    if (!speaksForChannel(view))
        return;
    const QStringList locales = localesOf(view, view.channel());
    QStringList named; // "pt" and "pt-BR" are one language that is missing
    for (const QString& wanted : view.input().contactLocales) {
        const QString language = normalLocale(wanted).section(u'-', 0, 0);
        if (wanted.isEmpty() || serves(locales, wanted) || named.contains(language))
            continue;
        named << language;
        report.addWhole(part,
                        tr("Contacts have the locale “%1”, and there is no template for it: they get that of the brand's "
                           "locale, or nothing.")
                            .arg(wanted));
    }
}

void localeElsewhere(const Part& part, Report& report)
{
    const View& view = part.view;
    if (!speaksForChannel(view) || view.source().scope != TemplateScope::Topic)
        return;
    const QStringList locales = localesOf(view, view.channel());
    QStringList named;
    for (const Template& other : view.input().content.templates) {
        const bool isKin = other.scope == TemplateScope::Topic && other.topicId == view.source().topicId
            && other.channel != view.channel() && !other.locale.isEmpty();
        const QString locale = normalLocale(other.locale);
        if (!isKin || named.contains(locale) || locales.contains(locale) || locales.contains(locale.section(u'-', 0, 0)))
            continue;
        named << locale;
        report.addWhole(
            part,
            tr("The topic's %1 template has the locale “%2”, and this channel has none of it.").arg(other.channel, locale));
    }
}

// What a template reads of the contact and of the data: "contact.first_name", "data.order".
QMap<QString, Span> pathsIn(const Part& part)
{
    QMap<QString, Span> paths;
    for (const liquid::VariableUse& use : part.variables) {
        const QString path = QString::fromStdString(use.path).section(u'.', 0, 1).section(u'[', 0, 0);
        if ((use.root == "contact" || use.root == "data") && path.contains(u'.') && !paths.contains(path))
            paths.insert(path, part.source.spanOf(use.place));
    }
    return paths;
}

bool isUsedIn(const QString& text, const QString& path)
{
    return text.contains(path) || text.contains(QStringView(path).mid(path.indexOf(u'.') + 1));
}

// Told at the place that reads it, about the other template, which does not.
void differentVariables(const Part& part, Report& report)
{
    const QMap<QString, Span> paths = pathsIn(part);
    for (const Template* other : part.view.otherLocales()) {
        const QString text = other->parts.value(part.name);
        for (auto path = paths.cbegin(); path != paths.cend() && !text.isEmpty(); ++path) {
            if (!isUsedIn(text, path.key()))
                report.add(part, path.value(),
                           tr("The template for %1 does not use “%2”: its readers get to know less.")
                               .arg(other->locale.isEmpty() ? tr("every locale") : u'“' + other->locale + u'”', path.key()));
        }
    }
}

constexpr Rule rules[] = {
    {"missing-locale", Severity::Warning,
     QT_TRANSLATE_NOOP("Lint", "Locales that contacts have and that no template is for."),
     QT_TRANSLATE_NOOP("Lint", "Add a template for it, or one for every locale."), Looks::Once, missingLocale},
    {"locale-elsewhere", Severity::Hint,
     QT_TRANSLATE_NOOP("Lint", "Locales that another channel of the topic has and this one lacks."),
     QT_TRANSLATE_NOOP("Lint", "Add a template for it."), Looks::Once, localeElsewhere},
    {"different-variables", Severity::Hint,
     QT_TRANSLATE_NOOP("Lint", "Variables that one language uses and another does not."),
     QT_TRANSLATE_NOOP("Lint", "Use it in both, or in neither."), Looks::AtEachPart, differentVariables},
};

} // namespace

std::span<const Rule> localeRules()
{
    return rules;
}

} // namespace carillon::lint
