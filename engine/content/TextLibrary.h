// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/content/Locales.h"
#include "engine/liquid/Program.h"
#include "engine/model/Topic.h"

#include <map>
#include <memory>
#include <vector>

namespace carillon {

// The translations of a workspace (TemplateScope::Texts) as the filter `t` sees them: each key in the message's locale, then
// its parents, the brand's default and the texts of no locale; of one locale those of the brand go before those of any. (The
// language goes before the brand here: a brand that overrides one sentence must not undo its translations.) Immutable.
class TextLibrary {
public:
    TextLibrary() = default;
    TextLibrary(const QList<Template>& templates, const Brand& brand);

    // Null when there are no texts at all. Lives as long as the library.
    const liquid::Texts* textsFor(QStringView locale) const;

    // True when this is what the constructor would make of these.
    bool isMadeOf(const QList<Template>& templates, const Brand& brand) const;

private:
    using Layer = std::map<std::string, std::string, std::less<>>;
    class View;

    QList<Template> m_sources;
    Brand m_brand;
    LocaleViews m_views;
    std::vector<std::shared_ptr<const View>> m_texts; // by view
};

} // namespace carillon
