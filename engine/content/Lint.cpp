// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/Lint.h"

#include "engine/content/LintRules.h"

#include <algorithm>

namespace carillon {

namespace {

using namespace lint;

std::vector<const Rule*> allRules()
{
    std::vector<const Rule*> rules;
    for (const auto theme : {liquidRules(), variableRules(), leftoverRules(), mailRules(), textRules(), structureRules(),
                             htmlRules(), imageRules(), styleRules(), colorRules(), linkRules(), linkTextRules(),
                             localeRules(), smsRules(), chatRules(), cardRules(), jsonRules()}) {
        for (const Rule& rule : theme)
            rules.push_back(&rule);
    }
    return rules;
}

bool looksAt(const Rule& rule, const Part& part)
{
    switch (rule.looks) {
    case Looks::AtEachPart:
    case Looks::AtLiquid: return true;
    case Looks::AtHtml: return part.outline.has_value();
    case Looks::AtLines: return part.format == PartFormat::Line;
    case Looks::AtJson: return part.format == PartFormat::Json;
    case Looks::Once: return false;
    }
    return false;
}

// Pieces are looked at as far as they are Liquid: what surrounds them is known to nobody here.
bool appliesTo(const Rule& rule, const Template& source)
{
    const bool isWhole = source.scope == TemplateScope::Topic || source.scope == TemplateScope::Category;
    return (isWhole || rule.looks == Looks::AtLiquid) && (!rule.channel || source.channel == QLatin1String(rule.channel));
}

// What does not compile first; then by part and place, the graver first.
void sortProblems(QList<TemplateProblem>& problems, const View& view)
{
    const auto rank = [&](const TemplateProblem& problem) {
        const auto found = std::find_if(view.parts().begin(), view.parts().end(),
                                        [&](const Part& part) { return part.name == problem.part; });
        return std::tuple(problem.rule != u"liquid", found - view.parts().begin(), problem.position, -int(problem.severity));
    };
    std::stable_sort(problems.begin(), problems.end(),
                     [&](const TemplateProblem& a, const TemplateProblem& b) { return rank(a) < rank(b); });
}

} // namespace

QList<TemplateProblem> lintTemplate(const LintInput& input)
{
    const View view(input);
    Report report;
    for (const Rule* rule : allRules()) {
        if (!appliesTo(*rule, input.source))
            continue;
        report.begin(*rule);
        if (rule->looks == Looks::Once)
            rule->check(view.mainPart(), report);
        for (const Part& part : view.parts()) {
            if (looksAt(*rule, part))
                rule->check(part, report);
        }
    }
    QList<TemplateProblem> problems = report.take();
    sortProblems(problems, view);
    return problems;
}

QList<TemplateProblem> lintContent(const ContentSet& content, const QStringList& attributes,
                                   const QStringList& contactLocales, const QJsonObject& data)
{
    QList<TemplateProblem> all;
    for (const Template& source : content.templates) {
        if (source.scope != TemplateScope::Topic || source.topicId != content.topic.id)
            continue;
        for (TemplateProblem problem : lintTemplate({content, source, attributes, contactLocales, data})) {
            problem.channel = source.channel;
            problem.locale = source.locale;
            all << problem;
        }
    }
    return all;
}

QList<LintRule> lintRules()
{
    QList<LintRule> rules;
    for (const Rule* rule : allRules())
        rules << LintRule{QString::fromLatin1(rule->id), rule->severity, lint::tr(rule->sentence)};
    return rules;
}

} // namespace carillon
