// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/CompiledContent.h"

#include "engine/content/BuiltInContent.h"
#include "engine/content/TemplateCheck.h"
#include "engine/content/TemplateParts.h"

#include <QCoreApplication>

#include <algorithm>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Composer", text);
}

QString nameOfTemplate(const Template& source)
{
    return source.locale.isEmpty() ? source.channel : source.channel + u' ' + source.locale;
}

bool isCandidate(const Template& source)
{
    return source.scope == TemplateScope::Topic || source.scope == TemplateScope::Category;
}

} // namespace

std::shared_ptr<const CompiledContent> CompiledContent::compile(const ContentSet& content, const CompiledContent* previous)
{
    return std::shared_ptr<const CompiledContent>(new CompiledContent(content, previous));
}

CompiledContent::CompiledContent(const ContentSet& content, const CompiledContent* previous)
    : m_content(content)
    , m_ownCount(content.templates.size())
    , m_snippets(snippetsOf(content, previous))
    , m_texts(textsOf(content, previous))
{
    compileOwn(previous);
    m_problems << m_snippets->problems();
    append(builtInTemplates(content.topic.key), compiledBuiltIns(content.topic.key), TemplateLevel::BuiltIn);
    if (content.topic.category != Category::Marketing)
        append(emergencyTemplates(), compiledEmergency(), TemplateLevel::Emergency);
    m_resolver = std::make_unique<TemplateResolver>(m_content.templates, m_candidates, m_content.brand);
}

std::shared_ptr<const SnippetLibrary> CompiledContent::snippetsOf(const ContentSet& content, const CompiledContent* previous)
{
    if (previous && previous->m_snippets->isMadeOf(content.templates, content.brand))
        return previous->m_snippets;
    return std::make_shared<SnippetLibrary>(content.templates, content.brand);
}

std::shared_ptr<const TextLibrary> CompiledContent::textsOf(const ContentSet& content, const CompiledContent* previous)
{
    if (previous && previous->m_texts->isMadeOf(content.templates, content.brand))
        return previous->m_texts;
    return std::make_shared<TextLibrary>(content.templates, content.brand);
}

void CompiledContent::compileOwn(const CompiledContent* previous)
{
    for (int index = 0; index < m_content.templates.size(); ++index) {
        const Template& source = m_content.templates.at(index);
        Compiled compiled;
        if (isCandidate(source)) {
            for (auto part = source.parts.cbegin(); part != source.parts.cend(); ++part) {
                if (!part->isEmpty())
                    compiled.parts.push_back(partOf(source, part.key(), previous));
            }
            const TemplateLevel level
                = source.scope == TemplateScope::Topic ? TemplateLevel::Topic : TemplateLevel::Category;
            m_candidates.push_back({index, level, problemOf(compiled)});
        }
        for (const auto& part : compiled.parts) {
            for (const TemplateProblem& problem : part->problems)
                m_problems << CompileProblem{source.id, source.channel, source.locale, part->name, problem, source.scope};
        }
        m_compiled.push_back(std::move(compiled));
    }
}

std::shared_ptr<const CompiledContent::Part> CompiledContent::partOf(const Template& source, const QString& name,
                                                                     const CompiledContent* previous) const
{
    const QString& text = source.parts.constFind(name).value();
    const liquid::Escape escape = escapeFor(source.channel, name, source.settings);
    for (std::size_t i = 0; previous && i < previous->m_compiled.size(); ++i) {
        for (const auto& known : previous->m_compiled[i].parts) {
            if (known->escape == escape && known->name == name && known->source == text
                && (!known->usesSnippets || previous->m_snippets == m_snippets))
                return known;
        }
    }
    return compilePart(source, name, m_snippets.get());
}

std::shared_ptr<const CompiledContent::Part> CompiledContent::compilePart(const Template& source, const QString& name,
                                                                          const SnippetLibrary* snippets)
{
    auto part = std::make_shared<Part>();
    part->name = name;
    part->source = source.parts.value(name);
    part->escape = escapeFor(source.channel, name, source.settings);
    const QByteArray utf8 = part->source.toUtf8();
    const auto compileFor = [&](int view) {
        const liquid::Options options{.escape = part->escape, .partials = snippets ? snippets->partials(view) : nullptr};
        return liquid::Program::compile({utf8.constData(), std::size_t(utf8.size())}, options);
    };
    auto program = compileFor(0);
    if (!program) {
        for (const liquid::Problem& problem : program.error())
            part->problems << toTemplateProblem(problem, utf8);
        return part;
    }
    part->programs.push_back(*program);
    part->usesSnippets = !program->partials().empty();
    if (!part->usesSnippets || !snippets)
        return part;
    part->problems = snippets->unknownIn(*program, utf8);
    for (int view = 1; view < snippets->views(); ++view)
        part->programs.push_back(*compileFor(view)); // the same source: it compiles as well
    return part;
}

std::vector<CompiledContent::Compiled> CompiledContent::compileConstants(const QList<Template>& templates)
{
    std::vector<Compiled> all;
    for (const Template& source : templates) {
        Compiled compiled;
        for (const QString& part : source.parts.keys())
            compiled.parts.push_back(compilePart(source, part, nullptr));
        all.push_back(std::move(compiled));
    }
    return all;
}

// A constant of the program, as the templates themselves.
const std::vector<CompiledContent::Compiled>& CompiledContent::compiledEmergency()
{
    static const std::vector<Compiled> compiled = compileConstants(emergencyTemplates());
    return compiled;
}

std::vector<CompiledContent::Compiled> CompiledContent::compiledBuiltIns(const QString& topicKey)
{
    static const std::map<QString, std::vector<Compiled>> compiled = [] {
        std::map<QString, std::vector<Compiled>> all;
        for (const BuiltInTopic& topic : builtInTopics())
            all.emplace(topic.key, compileConstants(topic.templates));
        return all;
    }();
    const auto found = compiled.find(topicKey);
    return found == compiled.end() ? std::vector<Compiled>() : found->second;
}

void CompiledContent::append(const QList<Template>& templates, std::vector<Compiled> compiled, TemplateLevel level)
{
    for (qsizetype i = 0; i < templates.size(); ++i) {
        m_candidates.push_back({int(m_content.templates.size()), level, {}});
        m_content.templates << templates[i];
        m_compiled.push_back(std::move(compiled[std::size_t(i)]));
    }
}

QString CompiledContent::problemOf(const Compiled& compiled)
{
    for (const auto& part : compiled.parts) {
        if (part->problems.isEmpty())
            continue;
        const TemplateProblem& first = part->problems.first();
        return tr("does not compile: %1, line %2, column %3: %4")
            .arg(part->name)
            .arg(first.line)
            .arg(first.column)
            .arg(first.message);
    }
    return {};
}

Error CompiledContent::renderError(const Template& source, const QString& part, const liquid::Problem& problem)
{
    const QString sentence = tr("The part “%1” of the template “%2” failed in line %3, column %4: %5")
                                 .arg(part, nameOfTemplate(source))
                                 .arg(problem.line)
                                 .arg(problem.column)
                                 .arg(QString::fromStdString(problem.sentence));
    return {ErrorCode::InvalidInput, sentence, part};
}

Result<RenderedParts> CompiledContent::render(int index, const RenderInput& input, QList<MissingVariable>* missing) const
{
    const Template& source = m_content.templates[index];
    const QString locale = messageLocale(source.locale, input.contact.locale, m_content.brand.locale);
    const QString& zone = input.contact.timeZone.isEmpty() ? m_content.brand.timeZone : input.contact.timeZone;
    const std::string localeName = locale.toStdString();
    const std::string zoneName = zone.toStdString();
    std::vector<liquid::MissingVariable> notThere;
    liquid::RenderOptions options;
    options.now = input.now;
    options.locale = localeName;
    options.timeZone = zoneName;
    options.texts = m_texts->textsFor(locale);
    if (missing)
        options.missing = &notThere;
    RenderedParts parts;
    for (const auto& part : m_compiled[std::size_t(index)].parts) {
        const std::size_t view = part->programs.size() > 1 ? std::size_t(m_snippets->viewOf(locale)) : 0;
        notThere.clear();
        auto text = part->programs[view].render(input.root, options);
        if (!text)
            return fail(renderError(source, part->name, text.error()));
        parts.emplace(part->name, *std::move(text));
        for (const liquid::MissingVariable& variable : notThere)
            *missing << MissingVariable{part->name, QString::fromStdString(variable.path)};
    }
    return parts;
}

} // namespace carillon
