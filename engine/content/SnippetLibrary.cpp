// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/SnippetLibrary.h"

#include "engine/content/TemplateCheck.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>

namespace carillon {

namespace {

const QString body = QStringLiteral("body");

QString tr(const char* text)
{
    return QCoreApplication::translate("Composer", text);
}

QList<Template> snippetsFor(const Brand& brand, const QList<Template>& templates)
{
    QList<Template> snippets;
    for (const Template& one : templates) {
        if (one.scope == TemplateScope::Snippet && (one.brandId == 0 || one.brandId == brand.id))
            snippets << one;
    }
    return snippets;
}

std::string_view viewOfBytes(const QByteArray& bytes)
{
    return {bytes.constData(), std::size_t(bytes.size())};
}

} // namespace

bool namesSnippet(const Template& source, const QString& name)
{
    for (const QString& part : source.parts) {
        if (!part.contains(name)) // most do not: only the others are compiled
            continue;
        const auto program = liquid::Program::compile(part.toStdString());
        const std::string wanted = name.toStdString();
        if (program && std::any_of(program->partials().begin(), program->partials().end(), [&](const auto& use) {
                return use.name == wanted;
            }))
            return true;
    }
    return false;
}

// The snippets of one view. They are rendered with the options of the template that puts them in, so they are the same for
// every way of escaping.
class SnippetLibrary::Set : public liquid::Partials {
public:
    std::map<std::string, std::shared_ptr<const liquid::Program>, std::less<>> programs;

    const liquid::Program* find(std::string_view name) const override
    {
        const auto found = programs.find(name);
        return found == programs.end() ? nullptr : found->second.get();
    }
};

SnippetLibrary::SnippetLibrary(const QList<Template>& templates, const Brand& brand)
    : m_sources(snippetsFor(brand, templates))
    , m_brand(brand)
{
    QStringList locales;
    for (const Template& source : std::as_const(m_sources)) {
        compile(source);
        locales << normalLocale(source.locale);
    }
    m_views = LocaleViews(locales, brand.locale);
    for (int view = 0; view < m_views.count(); ++view)
        m_sets.push_back(setOf(view));
    for (const Snippet& snippet : m_snippets) {
        if (!snippet.program)
            continue;
        for (const TemplateProblem& problem : unknownIn(*snippet.program, snippet.source.parts.value(body).toUtf8()))
            noteProblem(snippet.source, problem);
    }
}

bool SnippetLibrary::isMadeOf(const QList<Template>& templates, const Brand& brand) const
{
    return m_brand.id == brand.id && m_brand.locale == brand.locale && m_sources == snippetsFor(brand, templates);
}

void SnippetLibrary::compile(const Template& source)
{
    const QByteArray text = source.parts.value(body).toUtf8();
    auto program = liquid::Program::compile(viewOfBytes(text));
    if (program) {
        m_snippets.push_back({source, std::make_shared<const liquid::Program>(*std::move(program))});
        return;
    }
    m_snippets.push_back({source, nullptr});
    for (const liquid::Problem& problem : program.error())
        noteProblem(source, toTemplateProblem(problem, text));
}

void SnippetLibrary::noteProblem(const Template& source, const TemplateProblem& problem)
{
    m_problems << CompileProblem{source.id, {}, source.locale, body, problem, source.scope};
}

std::shared_ptr<const SnippetLibrary::Set> SnippetLibrary::setOf(int view) const
{
    auto set = std::make_shared<Set>();
    for (const Snippet& one : m_snippets) {
        const Snippet* best = pick(one.source.key, view);
        if (best && best->program)
            set->programs.insert_or_assign(one.source.key.toStdString(), best->program);
    }
    return set;
}

// The brand's in the best locale, else anybody's.
const SnippetLibrary::Snippet* SnippetLibrary::pick(const QString& name, int view) const
{
    for (const bool ofBrand : {true, false}) {
        for (const QString& locale : m_views.chain(view)) {
            for (const Snippet& one : m_snippets) {
                if (one.source.key == name && (one.source.brandId != 0) == ofBrand
                    && sameLocale(normalLocale(one.source.locale), locale))
                    return &one;
            }
        }
    }
    return nullptr;
}

std::shared_ptr<const liquid::Partials> SnippetLibrary::partials(int view) const
{
    return m_sets[std::size_t(view)];
}

QList<TemplateProblem> SnippetLibrary::unknownIn(const liquid::Program& program, const QByteArray& source) const
{
    QList<TemplateProblem> problems;
    for (const liquid::PartialUse& use : program.partials()) {
        const QString name = QString::fromStdString(use.name);
        const auto isNamed = [&](const Snippet& one) { return one.source.key == name; };
        const auto isUsable = [&](const Snippet& one) { return isNamed(one) && one.program; };
        if (name.isEmpty() || std::any_of(m_snippets.begin(), m_snippets.end(), isUsable))
            continue;
        const QString sentence = std::any_of(m_snippets.begin(), m_snippets.end(), isNamed)
            ? tr("The snippet “%1” does not compile.").arg(name)
            : tr("There is no snippet “%1”.").arg(name);
        problems << toTemplateProblem(liquid::makeProblem(viewOfBytes(source), use.place, sentence.toStdString()), source);
    }
    return problems;
}

} // namespace carillon
