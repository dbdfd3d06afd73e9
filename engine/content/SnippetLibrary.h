// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/content/CompileProblem.h"
#include "engine/content/Locales.h"
#include "engine/liquid/Program.h"

#include <memory>
#include <vector>

namespace carillon {

// True when a part of `source` names the snippet: {% render "footer" %}. A name that is only known while rendering is not
// seen.
bool namesSnippet(const Template& source, const QString& name);

// The snippets of a workspace as templates put them in: {% render "footer" %}. A snippet speaks the message's language; of
// several of one name that of the brand goes before that of any, then the locales as for templates. Compiled when this is
// made, immutable.
class SnippetLibrary {
public:
    SnippetLibrary(const QList<Template>& templates, const Brand& brand);

    // True when this is what the constructor would make of these: what was compiled with it is still right.
    bool isMadeOf(const QList<Template>& templates, const Brand& brand) const;

    // How many different sets of snippets there are; a program is bound to one of them when it is compiled.
    int views() const { return m_views.count(); }
    int viewOf(QStringView locale) const { return m_views.of(locale); }
    std::shared_ptr<const liquid::Partials> partials(int view) const;

    // What does not compile, and names of snippets that there are not.
    const QList<CompileProblem>& problems() const { return m_problems; }

    // The snippets that `program` names although there are none of that name, or none that compiles; placed in its source.
    QList<TemplateProblem> unknownIn(const liquid::Program& program, const QByteArray& source) const;

private:
    class Set;
    struct Snippet {
        Template source;
        std::shared_ptr<const liquid::Program> program; // null: it does not compile
    };

    void compile(const Template& source);
    void noteProblem(const Template& source, const TemplateProblem& problem);
    std::shared_ptr<const Set> setOf(int view) const;
    const Snippet* pick(const QString& name, int view) const;

    QList<Template> m_sources; // that the brand may use
    Brand m_brand;
    std::vector<Snippet> m_snippets; // as m_sources
    LocaleViews m_views;
    std::vector<std::shared_ptr<const Set>> m_sets; // by view
    QList<CompileProblem> m_problems;
};

} // namespace carillon
