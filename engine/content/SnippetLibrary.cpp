// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/SnippetLibrary.h"

#include "engine/content/TemplateCheck.h"

namespace carillon {

namespace {

const QString body = QStringLiteral("body");

QList<Template> snippetsFor(const Brand& brand, const QList<Template>& templates)
{
    QList<Template> snippets;
    for (const Template& one : templates) {
        if (one.scope == TemplateScope::Snippet && (one.brandId == 0 || one.brandId == brand.id))
            snippets << one;
    }
    return snippets;
}

} // namespace

// The snippets of one view, compiled for one way of escaping. They may put in each other, so each is bound to the set that
// holds it; the set outlives them.
class SnippetLibrary::Set : public liquid::Partials {
public:
    void add(std::string name, liquid::Program program) { m_programs.insert_or_assign(std::move(name), std::move(program)); }

    const liquid::Program* find(std::string_view name) const override
    {
        const auto found = m_programs.find(name);
        return found == m_programs.end() ? nullptr : &found->second;
    }

private:
    std::map<std::string, liquid::Program, std::less<>> m_programs;
};

SnippetLibrary::SnippetLibrary(const QList<Template>& templates, const Brand& brand, const std::set<liquid::Escape>& modes)
    : m_snippets(snippetsFor(brand, templates))
    , m_brand(brand)
    , m_modes(modes)
{
    QStringList names;
    QStringList locales;
    for (const Template& one : std::as_const(m_snippets)) {
        noteProblems(one);
        locales << normalLocale(one.locale);
        if (!names.contains(one.key))
            names << one.key;
    }
    if (m_snippets.isEmpty())
        return;
    m_views = LocaleViews(locales, brand.locale);
    for (const liquid::Escape mode : modes) {
        for (int view = 0; view < m_views.count(); ++view)
            m_sets.emplace(std::pair(mode, view), compileSet(names, mode, view));
    }
}

std::shared_ptr<const SnippetLibrary::Set> SnippetLibrary::compileSet(const QStringList& names, liquid::Escape mode,
                                                                      int view) const
{
    auto set = std::make_shared<Set>();
    const std::shared_ptr<const liquid::Partials> itself(std::shared_ptr<void>(), set.get());
    for (const QString& name : names) {
        const Template* snippet = pick(name, view);
        if (!snippet)
            continue;
        auto program
            = liquid::Program::compile(snippet->parts.value(body).toStdString(), {.escape = mode, .partials = itself});
        if (program)
            set->add(name.toStdString(), *std::move(program));
    }
    return set;
}

void SnippetLibrary::noteProblems(const Template& snippet)
{
    const QByteArray source = snippet.parts.value(body).toUtf8();
    const auto program = liquid::Program::compile({source.constData(), std::size_t(source.size())});
    if (program)
        return;
    for (const liquid::Problem& problem : program.error())
        m_problems << CompileProblem{snippet.id,   {}, snippet.locale, body, toTemplateProblem(problem, source),
                                     snippet.scope};
}

// The brand's in the best locale, else anybody's.
const Template* SnippetLibrary::pick(const QString& name, int view) const
{
    for (const bool ofBrand : {true, false}) {
        for (const QString& locale : m_views.chain(view)) {
            for (const Template& one : m_snippets) {
                if (one.key == name && (one.brandId != 0) == ofBrand && sameLocale(normalLocale(one.locale), locale))
                    return &one;
            }
        }
    }
    return nullptr;
}

std::shared_ptr<const liquid::Partials> SnippetLibrary::partials(liquid::Escape mode, int view) const
{
    const auto found = m_sets.find({mode, view});
    return found == m_sets.end() ? nullptr : found->second;
}

bool SnippetLibrary::isMadeOf(const QList<Template>& templates, const Brand& brand,
                              const std::set<liquid::Escape>& modes) const
{
    return m_brand.id == brand.id && m_brand.locale == brand.locale && m_modes == modes
        && m_snippets == snippetsFor(brand, templates);
}

} // namespace carillon
