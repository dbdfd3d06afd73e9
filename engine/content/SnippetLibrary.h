// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/content/CompileProblem.h"
#include "engine/content/Locales.h"
#include "engine/liquid/Program.h"

#include <map>
#include <memory>
#include <set>

namespace carillon {

// The snippets of a workspace as templates put them in: {% render "footer" %}. A snippet is escaped as the part that puts it
// in, and speaks the message's language; of several of one name that of the brand goes before that of any, then the locales
// as for templates. Compiled when this is made, for the ways of escaping that are asked for; immutable.
class SnippetLibrary {
public:
    SnippetLibrary(const QList<Template>& templates, const Brand& brand, const std::set<liquid::Escape>& modes);

    // How many different sets of snippets there are; a program is bound to one of them when it is compiled.
    int views() const { return m_views.count(); }
    int viewOf(QStringView locale) const { return m_views.of(locale); }
    // Null when there are no snippets.
    std::shared_ptr<const liquid::Partials> partials(liquid::Escape mode, int view) const;

    // Of every snippet once.
    const QList<CompileProblem>& problems() const { return m_problems; }

    // True when this is what the constructor would make of these: what was compiled with it is still right.
    bool isMadeOf(const QList<Template>& templates, const Brand& brand, const std::set<liquid::Escape>& modes) const;

private:
    class Set;

    void noteProblems(const Template& snippet);
    std::shared_ptr<const Set> compileSet(const QStringList& names, liquid::Escape mode, int view) const;
    const Template* pick(const QString& name, int view) const;

    QList<Template> m_snippets; // that the brand may use
    Brand m_brand;
    std::set<liquid::Escape> m_modes;
    LocaleViews m_views;
    std::map<std::pair<liquid::Escape, int>, std::shared_ptr<const Set>> m_sets;
    QList<CompileProblem> m_problems;
};

} // namespace carillon
