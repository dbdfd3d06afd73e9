// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/LintRules.h"
#include "engine/content/TemplateParts.h"

#include <QCoreApplication>

#include <algorithm>

namespace carillon::lint {

namespace {

bool isBlankText(const QString& text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.isSpace(); });
}

bool holds(const Template& content, QStringView words)
{
    return std::any_of(content.parts.cbegin(), content.parts.cend(),
                       [&](const QString& text) { return text.contains(words); });
}

} // namespace

QString tr(const char* text)
{
    return QCoreApplication::translate("Lint", text);
}

QString textOf(const liquid::Token& token)
{
    return QString::fromUtf8(token.text.data(), qsizetype(token.text.size()));
}

QString snippetIn(const Tag& tag)
{
    const bool puts = tag.name == u"render" || tag.name == u"include";
    return puts && !tag.tokens.empty() && tag.tokens.front().kind == liquid::Token::String ? textOf(tag.tokens.front())
                                                                                           : QString();
}

View::View(const LintInput& input)
    : m_input(input)
    , m_nothing{*this, {}, PartFormat::Text, Source({}), {}, {}, {}}
{
    const Template& source = input.source;
    QStringList names;
    if (source.scope == TemplateScope::Topic || source.scope == TemplateScope::Category) {
        for (const ChannelPart& part : channelOf(source.channel).parts)
            names << part.name;
    }
    for (auto part = source.parts.cbegin(); part != source.parts.cend(); ++part) {
        if (!names.contains(part.key()))
            names << part.key();
    }
    for (const QString& name : qAsConst(names)) {
        const QString text = source.parts.value(name);
        if (!isBlankText(text))
            addPart(name, formatOf(source.channel, name), text);
    }
    for (qsizetype i = 0; i < m_snippets.size(); ++i) {
        for (const QString& body : m_snippets.at(i)->parts)
            addSnippets(Source(body));
    }
    if (!m_parts.empty())
        m_nothing.name = m_parts.front().name;
    else if (!names.isEmpty())
        m_nothing.name = names.front();
}

void View::addPart(const QString& name, PartFormat format, const QString& text)
{
    Part& part = m_parts.emplace_back(Part{*this, name, format, Source(text), {}, {}, {}});
    if (format == PartFormat::Html)
        part.outline.emplace(part.source);
    const std::string& utf8 = part.source.utf8();
    const auto program = liquid::Program::compile(utf8, {escapeFor(channel(), name, settings())});
    if (program) {
        part.variables = program->variables();
    } else {
        for (const liquid::Problem& problem : program.error()) {
            part.problems << part.source.problemAt(part.source.spanOf(problem.place));
            part.problems.last().message = QString::fromStdString(problem.sentence);
        }
    }
    addSnippets(part.source);
}

// Each snippet is there once, however often it is put in and whatever it puts in itself.
void View::addSnippets(const Source& source)
{
    for (const Tag& tag : source.tags()) {
        const Template* found = snippet(snippetIn(tag));
        if (found && !m_snippets.contains(found))
            m_snippets << found;
    }
}

const Part* View::part(QStringView name) const
{
    const auto found = std::find_if(m_parts.begin(), m_parts.end(), [&](const Part& part) { return part.name == name; });
    return found == m_parts.end() ? nullptr : &*found;
}

const Part& View::mainPart() const
{
    const auto found
        = std::find_if(m_parts.begin(), m_parts.end(), [](const Part& part) { return part.format != PartFormat::Line; });
    return found != m_parts.end() ? *found : m_parts.empty() ? m_nothing : m_parts.front();
}

bool View::isMarketing() const
{
    if (source().scope == TemplateScope::Category)
        return source().key == u"marketing";
    return m_input.content.topic.category == Category::Marketing;
}

QList<const Template*> View::otherLocales() const
{
    QList<const Template*> others;
    for (const Template& other : m_input.content.templates) {
        const bool isKin = other.scope == source().scope && other.channel == source().channel && other.key == source().key
            && other.topicId == source().topicId && other.brandId == source().brandId && other.variant == source().variant;
        if (isKin && other.locale != source().locale)
            others << &other;
    }
    return others;
}

const Template* View::snippet(const QString& name) const
{
    const QList<Template>& templates = m_input.content.templates;
    const auto found = std::find_if(templates.begin(), templates.end(), [&](const Template& candidate) {
        return candidate.scope == TemplateScope::Snippet && candidate.key == name;
    });
    return found == templates.end() ? nullptr : &*found;
}

bool View::mentions(const Part& part, QStringView words) const
{
    return part.source.text().contains(words)
        || std::any_of(m_snippets.begin(), m_snippets.end(), [&](const Template* used) { return holds(*used, words); });
}

bool View::mentions(QStringView words) const
{
    return std::any_of(m_parts.begin(), m_parts.end(), [&](const Part& part) { return mentions(part, words); });
}

void Report::begin(const Rule& rule)
{
    m_rule = &rule;
    m_counts.clear();
}

void Report::addReady(const Part& part, const TemplateProblem& ready)
{
    int& count = m_counts[part.name];
    if (++count > maxPerRule)
        return;
    TemplateProblem problem = ready;
    problem.part = part.name;
    problem.rule = QString::fromLatin1(m_rule->id);
    m_problems << problem;
}

void Report::add(const Part& part, Span span, Severity severity, const QString& message, const QString& fix)
{
    if (m_counts.value(part.name) >= maxPerRule)
        return;
    TemplateProblem problem = part.source.problemAt(span);
    problem.severity = severity;
    problem.message = message;
    problem.fix = fix.isEmpty() ? tr(m_rule->fix) : fix;
    addReady(part, problem);
}

void Report::add(const Part& part, Span span, const QString& message, const QString& fix)
{
    add(part, span, m_rule->severity, message, fix);
}

// The first word of the part stands for all of it.
void Report::addWhole(const Part& part, const QString& message, const QString& fix)
{
    const QString& text = part.source.text();
    qsizetype start = 0;
    while (start < text.size() && text.at(start).isSpace())
        ++start;
    qsizetype end = start;
    while (end < text.size() && !text.at(end).isSpace())
        ++end;
    add(part, {start, end - start}, message, fix);
}

} // namespace carillon::lint
