// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/Commands.h"
#include "app/ctl/InputFile.h"
#include "engine/content/Lint.h"
#include "engine/service/ContactService.h"
#include "engine/service/TemplateService.h"
#include "engine/service/TopicService.h"

#include <algorithm>

namespace carillon {

namespace {

constexpr qint64 maxFileBytes = 2 << 20;

QString wordOf(Severity severity)
{
    switch (severity) {
    case Severity::Error: return QStringLiteral("error");
    case Severity::Warning: return QStringLiteral("warning");
    case Severity::Hint: return QStringLiteral("hint");
    }
    return {};
}

// "file:line:column: warning: what and what to do [rule]", as compilers say it.
void print(const Console& console, const QString& file, const TemplateProblem& problem)
{
    const QString sentence = problem.fix.isEmpty() ? problem.message : problem.message + u' ' + problem.fix;
    const QString word = wordOf(problem.severity);
    console.result(
        {{QStringLiteral("file"), file},
         {QStringLiteral("line"), problem.line},
         {QStringLiteral("column"), problem.column},
         {QStringLiteral("severity"), word},
         {QStringLiteral("rule"), problem.rule},
         {QStringLiteral("message"), problem.message},
         {QStringLiteral("fix"), problem.fix}},
        QStringLiteral("%1:%2:%3: %4: %5 [%6]")
            .arg(file, QString::number(problem.line), QString::number(problem.column), word, sentence, problem.rule));
}

// What was found, counted for the exit code.
class Findings {
public:
    explicit Findings(const Console& console)
        : m_console(console)
    {
    }

    void add(const QString& file, const TemplateProblem& problem)
    {
        print(m_console, file, problem);
        ++m_count;
        m_hasError = m_hasError || problem.severity == Severity::Error;
    }

    int finish() const
    {
        m_console.note(m_count == 0 ? Command::tr("Nothing is wrong.") : Command::tr("%1 findings").arg(m_count));
        return m_hasError ? ExitCode::Incomplete : ExitCode::Done;
    }

private:
    const Console& m_console;
    int m_count = 0;
    bool m_hasError = false;
};

// A template of one part, from a file.
Result<Template> templateOf(const QCommandLineParser& options)
{
    Template source;
    source.channel = options.value(QStringLiteral("channel"));
    source.locale = options.value(QStringLiteral("locale"));
    const QString part = options.value(QStringLiteral("part"));
    if (const Status checked = checkPart(source.channel, part); !checked)
        return fail(checked.error());
    const Result<QByteArray> text = readTextFile(options.value(QStringLiteral("template")), maxFileBytes);
    if (!text)
        return fail(text.error());
    source.parts.insert(part, QString::fromUtf8(*text));
    return source;
}

// What a file alone cannot know: the rest of its template, and the snippets and texts of a workspace.
bool concernsFile(const TemplateProblem& problem, const QString& part)
{
    static const QStringList others{QStringLiteral("empty-subject"), QStringLiteral("no-text-part"),
                                    QStringLiteral("no-title"), QStringLiteral("unknown-snippet"),
                                    QStringLiteral("unknown-text")};
    return problem.part == part && !others.contains(problem.rule);
}

// One file needs no workspace; without --template the command does.
std::optional<int> lintFile(const PlainContext& context)
{
    if (!context.arguments.isEmpty())
        return context.console.failUsage(Command::tr("lint takes no names: carillonctl lint [--template FILE]"));
    if (!context.options.isSet(QStringLiteral("template")))
        return std::nullopt;
    const Result<Template> source = templateOf(context.options);
    if (!source)
        return context.console.fail(source.error());
    const Result<QJsonObject> data = dataFromOptions(context.options);
    if (!data)
        return context.console.fail(data.error());
    ContentSet content;
    content.topic.category
        = context.options.isSet(QStringLiteral("marketing")) ? Category::Marketing : Category::Transactional;
    content.templates << *source;
    Findings findings(context.console);
    for (const TemplateProblem& problem : lintTemplate({content, *source, {}, {}, *data})) {
        if (concernsFile(problem, source->parts.firstKey()))
            findings.add(context.options.value(QStringLiteral("template")), problem);
    }
    return findings.finish();
}

// Looks at what the workspace has.
class LintCommand final : public Command {
public:
    using Command::Command;

    void start() override
    {
        if (const Status looked = look(); !looked)
            failWith(looked.error());
    }

private:
    // Every snippet and text, and the contacts' attributes: what all topics share.
    Status readShared()
    {
        for (const TemplateScope scope : {TemplateScope::Snippet, TemplateScope::Texts}) {
            const Result<QList<Template>> shared = context().services.templates.shared(scope).result();
            if (!shared)
                return fail(shared.error());
            m_shared += *shared;
        }
        const Result<QStringList> attributes = context().services.contacts.attributeKeys().result();
        if (!attributes)
            return fail(attributes.error());
        m_attributes = *attributes;
        const Result<QList<Brand>> brands = context().services.topics.brands().result();
        if (!brands)
            return fail(brands.error());
        m_brands = *brands;
        return {};
    }

    Status look()
    {
        if (const Status read = readShared(); !read)
            return read;
        const Result<QList<TopicSummary>> topics = context().services.topics.list().result();
        if (!topics)
            return fail(topics.error());
        Findings findings(console());
        for (const TopicSummary& summary : *topics) {
            const Result<TopicDetail> topic = context().services.topics.get(summary.topic.id).result();
            if (!topic)
                return fail(topic.error());
            lintTopic(*topic, findings);
        }
        Q_EMIT finished(findings.finish());
        return {};
    }

    // Named as "order.shipped/email/de/html".
    void lintTopic(const TopicDetail& topic, Findings& findings) const
    {
        const auto brand = std::find_if(m_brands.begin(), m_brands.end(),
                                        [&](const Brand& candidate) { return candidate.id == topic.topic.brandId; });
        for (int i = 0; i < topic.templates.size(); ++i) {
            const Template& source = topic.templates.at(i);
            const QList<TemplateProblem> problems = context().services.topics.lint(
                topic, i, m_attributes, {}, {}, m_shared, brand == m_brands.end() ? Brand() : *brand);
            for (const TemplateProblem& problem : problems) {
                QStringList name{topic.topic.key, source.channel};
                if (!source.locale.isEmpty())
                    name << source.locale;
                findings.add((name << problem.part).join(u'/'), problem);
            }
        }
    }

    QList<Template> m_shared;
    QStringList m_attributes;
    QList<Brand> m_brands;
};

} // namespace

CommandSpec lintCommand()
{
    CommandSpec spec{
        "lint",
        "",
        QT_TRANSLATE_NOOP("carillonctl", "Say what is wrong with the templates of every topic, or with one file."),
        false,
        false,
        {{QStringLiteral("template"), Command::tr("Look at this file instead; no workspace is needed."),
          Command::tr("file")},
         {QStringLiteral("channel"), Command::tr("The channel that the file is for."), Command::tr("channel"),
          QStringLiteral("email")},
         {QStringLiteral("part"), Command::tr("The part that it is."), Command::tr("part"), QStringLiteral("html")},
         {QStringLiteral("locale"), Command::tr("The locale that it is for."), Command::tr("locale")},
         {QStringLiteral("data"), Command::tr("A JSON file: the campaign's data."), Command::tr("file")},
         {QStringLiteral("marketing"), Command::tr("It is marketing: a link to unsubscribe is asked for, for example.")}},
        [](const CommandContext& context) { return std::make_unique<LintCommand>(context); }};
    spec.run = lintFile;
    return spec;
}

} // namespace carillon
