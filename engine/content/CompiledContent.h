// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/content/CompileProblem.h"
#include "engine/content/ContentSet.h"
#include "engine/content/MessageBuilder.h"
#include "engine/content/SnippetLibrary.h"
#include "engine/content/TemplateResolver.h"
#include "engine/content/TextLibrary.h"
#include "engine/liquid/Program.h"

namespace carillon {

// A variable that a template put out or tested although the contact or the campaign has nothing there.
struct MissingVariable {
    QString part;
    QString path; // "contact.first_name"

    friend bool operator==(const MissingVariable&, const MissingVariable&) = default;
};

// One topic's content, ready to be rendered: templates compiled with their snippets, translations in order, the way to the
// right template known. Immutable; shared by as many composers, caches and threads as like.
class CompiledContent {
public:
    // What is equal in `previous` (an earlier state of the same topic) is taken over and not compiled again, so that a key
    // press in an editor costs the part that it changes.
    static std::shared_ptr<const CompiledContent> compile(const ContentSet& content,
                                                          const CompiledContent* previous = nullptr);

    // With the built-in and emergency templates that serve the topic behind its own: what indexes of resolver() mean.
    const ContentSet& content() const { return m_content; }
    // How many of those templates are the workspace's own; the others come after them.
    qsizetype ownCount() const { return m_ownCount; }
    const TemplateResolver& resolver() const { return *m_resolver; }
    // Of the templates that were given, and of every snippet.
    const QList<CompileProblem>& problems() const { return m_problems; }

    // What one message is rendered with.
    struct RenderInput {
        const liquid::Value& root;
        const Contact& contact; // gives language and time zone, where it has them; else the brand does
        qint64 now = 0;
    };
    // The parts of the template `index`. An error names the part, the line and column. `missing` is filled when given: each
    // part and path once.
    Result<RenderedParts> render(int index, const RenderInput& input, QList<MissingVariable>* missing = nullptr) const;

private:
    struct Part {
        QString name;
        QString source;
        liquid::Escape escape = liquid::Escape::None;
        bool usesSnippets = false;
        std::vector<liquid::Program> programs; // by view of the snippets; one where it has none
        QList<TemplateProblem> problems;
    };
    struct Compiled {
        std::vector<std::shared_ptr<const Part>> parts;
    };

    CompiledContent(const ContentSet& content, const CompiledContent* previous);

    static std::shared_ptr<const Part> compilePart(const Template& source, const QString& name,
                                                   const SnippetLibrary* snippets);
    static std::vector<Compiled> compileConstants(const QList<Template>& templates);
    static const std::vector<Compiled>& compiledEmergency();
    static std::vector<Compiled> compiledBuiltIns(const QString& topicKey);

    static std::shared_ptr<const SnippetLibrary> snippetsOf(const ContentSet& content, const CompiledContent* previous);
    static std::shared_ptr<const TextLibrary> textsOf(const ContentSet& content, const CompiledContent* previous);
    void compileOwn(const CompiledContent* previous);
    std::shared_ptr<const Part> partOf(const Template& source, const QString& name, const CompiledContent* previous) const;
    void append(const QList<Template>& templates, std::vector<Compiled> compiled, TemplateLevel level);
    static QString problemOf(const Compiled& compiled);
    static Error renderError(const Template& source, const QString& part, const liquid::Problem& problem);

    ContentSet m_content;
    qsizetype m_ownCount = 0;
    std::shared_ptr<const SnippetLibrary> m_snippets;
    std::shared_ptr<const TextLibrary> m_texts;
    std::vector<Compiled> m_compiled; // as m_content.templates; empty for snippets and texts
    std::vector<TemplateCandidate> m_candidates;
    QList<CompileProblem> m_problems;
    std::unique_ptr<const TemplateResolver> m_resolver;
};

} // namespace carillon
