// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/LintRules.h"

// Rules about how HTML is put together: tags, quotes, comments and ids.
namespace carillon::lint {

namespace {

template <typename Message>
void addFaults(const Part& part, Report& report, HtmlFault::Kind kind, const Message& message)
{
    for (const HtmlFault& fault : part.outline->faults()) {
        if (fault.kind == kind)
            report.add(part, fault.place, message(fault.name.toString()));
    }
}

void unclosedTag(const Part& part, Report& report)
{
    addFaults(part, report, HtmlFault::Unclosed, [](const QString& name) {
        return tr("<%1> is not closed where it should be: mail programs guess where it ends, each in its own way.")
            .arg(name);
    });
}

void strayEndTag(const Part& part, Report& report)
{
    addFaults(part, report, HtmlFault::Stray,
              [](const QString& name) { return tr("</%1> closes nothing that is open here.").arg(name); });
}

void unclosedQuote(const Part& part, Report& report)
{
    addFaults(part, report, HtmlFault::Quote, [](const QString& name) {
        return tr("The quote of “%1” is not closed where it should be: what follows is taken for its value.").arg(name);
    });
}

void brokenTag(const Part& part, Report& report)
{
    addFaults(part, report, HtmlFault::Tag, [](const QString& name) {
        return name.isEmpty() ? tr("This is never closed with “>”: nothing behind it is shown.")
                              : tr("The tag “<%1” is never closed with “>”.").arg(name);
    });
}

void unclosedComment(const Part& part, Report& report)
{
    addFaults(part, report, HtmlFault::Comment,
              [](const QString&) { return tr("The comment is never closed with “-->”: nothing behind it is shown."); });
}

void duplicateId(const Part& part, Report& report)
{
    QHash<QStringView, const HtmlElement*> seen;
    for (const HtmlElement& element : part.outline->elements()) {
        const HtmlAttribute* id = element.attribute(u"id");
        if (!id || id->value.isEmpty() || id->isDynamic())
            continue;
        const HtmlElement*& first = seen[id->value];
        if (first && part.source.canMeet(first->arm, element.arm))
            report.add(part, id->valuePlace,
                       tr("The id “%1” is there already, in line %2.")
                           .arg(id->value.toString(), QString::number(part.source.problemAt(first->tag).line)));
        if (!first)
            first = &element;
    }
}

constexpr Rule rules[] = {
    {"unclosed-tag", Severity::Warning,
     QT_TRANSLATE_NOOP("Lint", "Tags that are not closed, or not in the order they were opened."),
     QT_TRANSLATE_NOOP("Lint", "Add its end tag."), Looks::AtHtml, unclosedTag},
    {"stray-end-tag", Severity::Warning, QT_TRANSLATE_NOOP("Lint", "End tags that close nothing."),
     QT_TRANSLATE_NOOP("Lint", "Remove it, or open what it should close."), Looks::AtHtml, strayEndTag},
    {"unclosed-quote", Severity::Warning, QT_TRANSLATE_NOOP("Lint", "Quotes of attributes that are never closed."),
     QT_TRANSLATE_NOOP("Lint", "Close the quote behind the value."), Looks::AtHtml, unclosedQuote},
    {"broken-tag", Severity::Warning, QT_TRANSLATE_NOOP("Lint", "Tags without their “>”."),
     QT_TRANSLATE_NOOP("Lint", "Add the “>”, or write &lt; where a “<” is meant."), Looks::AtHtml, brokenTag},
    {"unclosed-comment", Severity::Warning, QT_TRANSLATE_NOOP("Lint", "Comments that hide the rest of the mail."),
     QT_TRANSLATE_NOOP("Lint", "Close it with “-->”."), Looks::AtHtml, unclosedComment},
    {"duplicate-id", Severity::Warning,
     QT_TRANSLATE_NOOP("Lint", "Ids that are there twice: links and styles find the first one only."),
     QT_TRANSLATE_NOOP("Lint", "Give each element an id of its own."), Looks::AtHtml, duplicateId},
};

} // namespace

std::span<const Rule> structureRules()
{
    return rules;
}

} // namespace carillon::lint
