// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/LintRules.h"
#include "engine/content/NearestName.h"
#include "engine/content/TemplateParts.h"

#include <QJsonArray>

#include <algorithm>

// Rules about variables: those that nobody has, those that may be empty, and those that nobody reads.
namespace carillon::lint {

namespace {

using liquid::Token;
using liquid::VariableUse;

QString rootOf(const VariableUse& use)
{
    return QString::fromStdString(use.root);
}

// "items[]" of "data.items[].title".
QString memberOf(const VariableUse& use)
{
    return QString::fromStdString(use.path).section(u'.', 1, 1).section(u'[', 0, 0);
}

QString didYouMean(const QString& wrong, const QStringList& known)
{
    const QString nearest = nearestName(wrong, known);
    return nearest.isEmpty() ? QString() : tr("Did you mean “%1”?").arg(nearest);
}

void unknownVariable(const Part& part, Report& report)
{
    const QStringList roots = rootVariables();
    for (const VariableUse& use : part.variables) {
        const QString root = rootOf(use);
        const QString member = memberOf(use);
        const QStringList members = root == u"contact" ? QStringList() : membersOf(root);
        const Span place = part.source.spanOf(use.place);
        if (!roots.contains(root))
            report.add(part, place, tr("There is no variable “%1”: nothing will stand here.").arg(root),
                       didYouMean(root, roots));
        else if (!members.isEmpty() && !member.isEmpty() && !members.contains(member))
            report.add(part, place,
                       tr("“%1” has no “%2”. It has: %3.").arg(root, member, members.join(QStringLiteral(", "))),
                       didYouMean(member, members));
    }
}

void unknownAttribute(const Part& part, Report& report)
{
    const QStringList attributes = part.view.input().attributes;
    if (attributes.isEmpty())
        return;
    const QStringList known = membersOf(QStringLiteral("contact")) + attributes;
    for (const VariableUse& use : part.variables) {
        const QString member = memberOf(use);
        if (rootOf(use) == u"contact" && !member.isEmpty() && !known.contains(member))
            report.add(part, part.source.spanOf(use.place),
                       tr("No contact has an attribute “%1”: nothing will stand here.").arg(member),
                       didYouMean(member, known));
    }
}

// The first step of a path that the campaign's data lack; empty when all are there, or when it cannot be known.
QString lackingStep(const QJsonObject& data, const QString& path, QStringList& known)
{
    QJsonValue value(data);
    const QStringList steps = path.split(u'.').mid(1);
    for (const QString& step : steps) {
        if (!value.isObject())
            return {}; // "size", "first" and what else texts and lists know
        const QString name = step.section(u'[', 0, 0);
        const QJsonObject object = value.toObject();
        if (!object.contains(name)) {
            known = object.keys();
            return name == u"size" ? QString() : name;
        }
        value = object.value(name);
        if (step.contains(u'[') && value.isArray())
            value = value.toArray().at(0);
    }
    return {};
}

void unknownData(const Part& part, Report& report)
{
    const QJsonObject& data = part.view.input().data;
    if (data.isEmpty())
        return;
    for (const VariableUse& use : part.variables) {
        QStringList known;
        const QString lacking
            = rootOf(use) == u"data" ? lackingStep(data, QString::fromStdString(use.path), known) : QString();
        if (!lacking.isEmpty())
            report.add(part, part.source.spanOf(use.place),
                       tr("The campaign's data have no “%1”: nothing will stand here.").arg(lacking),
                       didYouMean(lacking, known));
    }
}

// The conditions that stand around a place, as they are written.
class Conditions {
public:
    explicit Conditions(const Source& source)
        : m_source(source)
    {
    }

    bool mention(const QString& path, qsizetype position)
    {
        for (; m_next < m_source.tags().size() && m_source.tags()[m_next].place.position < position; ++m_next)
            take(m_source.tags()[m_next]);
        return std::any_of(m_open.begin(), m_open.end(), [&](const QStringList& block) { return block.contains(path); });
    }

private:
    void take(const Tag& tag)
    {
        const bool opens = tag.name == u"if" || tag.name == u"unless" || tag.name == u"case";
        if (opens && m_open.size() < std::size_t(liquid::Program::maxNesting))
            m_open.emplace_back();
        if ((opens || tag.name == u"elsif") && !m_open.empty())
            m_open.back() += pathsIn(tag);
        else if ((tag.name == u"endif" || tag.name == u"endunless" || tag.name == u"endcase") && !m_open.empty())
            m_open.pop_back();
    }

    // "contact.city" of {% if contact.city == "Oslo" %}
    static QStringList pathsIn(const Tag& tag)
    {
        QStringList paths;
        for (std::size_t i = 0; i + 2 < tag.tokens.size(); ++i) {
            if (tag.tokens[i].kind == Token::Word && tag.tokens[i + 1].is("."))
                paths << textOf(tag.tokens[i]) + u'.' + textOf(tag.tokens[i + 2]);
        }
        return paths;
    }

    const Source& m_source;
    std::size_t m_next = 0;
    std::vector<QStringList> m_open;
};

// What each contact has, or what nobody would put into a sentence.
bool isAlwaysThere(const QString& path)
{
    static const QStringList paths{QStringLiteral("contact.id"), QStringLiteral("contact.external_id"),
                                   QStringLiteral("contact.email"), QStringLiteral("contact.locale"),
                                   QStringLiteral("contact.time_zone")};
    return paths.contains(path);
}

void missingDefault(const Part& part, Report& report)
{
    Conditions conditions(part.source);
    QStringList seen;
    for (const Output& output : part.source.outputs()) {
        const bool isDoubtful
            = output.path.startsWith(u"contact.") && !isAlwaysThere(output.path) && !output.has(u"default");
        if (!isDoubtful || seen.contains(output.path) || conditions.mention(output.path, output.place.position))
            continue;
        seen << output.path;
        report.add(part, output.head, tr("Where a contact has no “%1”, nothing will stand here.").arg(output.path.mid(8)));
    }
}

// The name that a tag makes; nothing when it makes none.
const Token* madeBy(const Tag& tag)
{
    const bool makes = tag.name == u"assign" || tag.name == u"capture";
    return makes && !tag.tokens.empty() && tag.tokens.front().kind == Token::Word ? &tag.tokens.front() : nullptr;
}

// Every word of the Liquid but the names that are just being made.
QSet<QStringView> wordsRead(const Source& source, const QStringView text)
{
    QSet<QStringView> words;
    const auto note = [&](Span span) {
        for (qsizetype at = span.position; at < span.end();) {
            const qsizetype start = at;
            while (at < span.end() && (text[at].isLetterOrNumber() || text[at] == u'_' || text[at] == u'-'))
                ++at;
            if (at > start)
                words.insert(text.mid(start, at - start));
            at += at == start;
        }
    };
    for (const Output& output : source.outputs())
        note(output.place);
    for (const Tag& tag : source.tags()) {
        const Token* made = madeBy(tag);
        const qsizetype from = made ? source.spanOf(made->place).end() : tag.place.position;
        note({from, tag.place.end() - from});
    }
    return words;
}

void unusedVariable(const Part& part, Report& report)
{
    if (part.view.source().scope == TemplateScope::Snippet)
        return; // "include" hands them on
    const auto includes = [](const Tag& tag) { return tag.name == u"include"; };
    if (std::any_of(part.source.tags().begin(), part.source.tags().end(), includes))
        return; // the piece may read it
    const QSet<QStringView> read = wordsRead(part.source, part.source.text());
    for (const Tag& tag : part.source.tags()) {
        const Token* made = madeBy(tag);
        if (made && !read.contains(textOf(*made)))
            report.add(part, part.source.spanOf(made->place), tr("“%1” is never used.").arg(textOf(*made)));
    }
}

// Whether any template of the topic could read the key: its name stands somewhere, or the data are taken as a whole.
bool isRead(const View& view, const QString& key)
{
    for (const Template& content : view.input().content.templates) {
        for (const QString& text : content.parts) {
            if (text.contains(key))
                return true;
        }
    }
    return std::any_of(view.parts().begin(), view.parts().end(), [&](const Part& part) {
        return part.source.text().contains(key)
            || std::any_of(part.variables.begin(), part.variables.end(), [](const VariableUse& use) {
                   return use.root == "data" && !QString::fromStdString(use.path).contains(u'.');
               });
    });
}

void unusedData(const Part& part, Report& report)
{
    const QStringList keys = part.view.input().data.keys();
    for (const QString& key : keys) {
        if (!isRead(part.view, key))
            report.addWhole(part, tr("The campaign gives “%1”, and no template of the topic uses it.").arg(key));
    }
}

constexpr Rule rules[] = {
    {"unknown-variable", Severity::Warning,
     QT_TRANSLATE_NOOP("Lint", "Variables that no message has: nothing stands where they are put out."),
     QT_TRANSLATE_NOOP("Lint", "Use contact, data, topic, brand, unsubscribe_url or message_id."), Looks::AtEachPart,
     unknownVariable},
    {"unknown-attribute", Severity::Warning,
     QT_TRANSLATE_NOOP("Lint", "Attributes that no contact has: nothing stands where they are put out."),
     QT_TRANSLATE_NOOP("Lint", "Correct its name, or import the attribute."), Looks::AtLiquid, unknownAttribute},
    {"unknown-data", Severity::Warning,
     QT_TRANSLATE_NOOP("Lint", "Data that the campaign does not give: nothing stands where they are put out."),
     QT_TRANSLATE_NOOP("Lint", "Correct its name, or add it to the campaign's data."), Looks::AtLiquid, unknownData},
    {"missing-default", Severity::Hint,
     QT_TRANSLATE_NOOP("Lint",
                       "Attributes put out without a default: where a contact has none, a hole is left (“Hello ,”)."),
     QT_TRANSLATE_NOOP("Lint", "Add what to say instead, for example: | default: \"friend\"."), Looks::AtEachPart,
     missingDefault},
    {"unused-variable", Severity::Hint,
     QT_TRANSLATE_NOOP("Lint", "Variables that are assigned or captured and never used: often a name is misspelled."),
     QT_TRANSLATE_NOOP("Lint", "Remove it, or correct the name where it should be used."), Looks::AtEachPart,
     unusedVariable},
    {"unused-data", Severity::Hint, QT_TRANSLATE_NOOP("Lint", "Data of the campaign that no template uses."),
     QT_TRANSLATE_NOOP("Lint", "Put it into the template, or leave it out of the campaign."), Looks::Once, unusedData},
};

} // namespace

std::span<const Rule> variableRules()
{
    return rules;
}

} // namespace carillon::lint
