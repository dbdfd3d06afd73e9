// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/Commands.h"
#include "app/ctl/FolderPartials.h"
#include "app/ctl/InputFile.h"
#include "engine/base/Clock.h"
#include "engine/content/TemplateParts.h"
#include "engine/content/ToLiquid.h"
#include "engine/model/Channel.h"

#include <QFileInfo>
#include <QTimeZone>

#include <algorithm>

namespace carillon {

namespace {

// What the command line asks for.
struct Rendering {
    QString file;
    std::string source;
    liquid::Value root;
    liquid::Options options;
    std::string locale;
    std::string timeZone;
};

tl::unexpected<Error> wrong(const char* option, const QString& sentence)
{
    return fail(ErrorCode::InvalidInput, sentence, QLatin1String(option));
}

liquid::Escape escapeForFile(const QString& file)
{
    const QString suffix = QFileInfo(file).suffix().toLower();
    if (suffix == u"html" || suffix == u"htm")
        return liquid::Escape::Html;
    return suffix == u"json" ? liquid::Escape::Json : liquid::Escape::None;
}

// The part that a template of the channel is mainly made of.
QString mainPart(const Channel& channel)
{
    const auto main = std::find_if(channel.parts.begin(), channel.parts.end(),
                                   [](const ChannelPart& part) { return part.format != PartFormat::Line; });
    return main == channel.parts.end() ? QString() : main->name;
}

Result<liquid::Escape> escapeOf(const PlainContext& context, const QString& file)
{
    const QString key = context.options.value(QStringLiteral("channel"));
    QString part = context.options.value(QStringLiteral("part"));
    if (key.isEmpty() && part.isEmpty())
        return escapeForFile(file);
    if (key.isEmpty())
        return wrong("channel", Command::tr("--part %1: say of which channel, with --channel.").arg(part));
    if (part.isEmpty())
        part = mainPart(channelOf(key));
    if (const Status checked = checkPart(key, part); !checked)
        return fail(checked.error());
    return escapeFor(key, part);
}

Result<Rendering> renderingOf(const PlainContext& context)
{
    Rendering rendering;
    rendering.file = context.options.value(QStringLiteral("template"));
    rendering.locale = context.options.value(QStringLiteral("locale")).toStdString();
    rendering.timeZone = context.options.value(QStringLiteral("time-zone")).toStdString();
    if (!rendering.timeZone.empty() && !QTimeZone::isTimeZoneIdAvailable(QByteArray::fromStdString(rendering.timeZone)))
        return wrong("time-zone",
                     Command::tr("--time-zone: there is no \"%1\". Write a name like Europe/Madrid.")
                         .arg(QString::fromStdString(rendering.timeZone)));
    const Result<liquid::Escape> escape = escapeOf(context, rendering.file);
    if (!escape)
        return fail(escape.error());
    rendering.options.escape = *escape;
    rendering.options.strict = context.options.isSet(QStringLiteral("strict"));
    const Result<QByteArray> source = readTextFile(rendering.file, qint64(liquid::Program::maxSourceBytes));
    if (!source)
        return fail(source.error());
    rendering.source = source->toStdString();
    const Result<QJsonObject> data = dataFromOptions(context.options);
    if (!data)
        return fail(data.error());
    rendering.root = toLiquid(QJsonValue(*data));
    return rendering;
}

Status addPartials(const PlainContext& context, Rendering& rendering, QList<FileProblem>& problems)
{
    const QString folder = context.options.value(QStringLiteral("partials"));
    if (folder.isEmpty())
        return {};
    auto partials = std::make_shared<FolderPartials>();
    if (Status loaded = partials->load(folder, rendering.options, problems); !loaded)
        return loaded;
    rendering.options.partials = std::move(partials);
    return {};
}

// The text, or `problems` has why there is none.
std::string render(const Rendering& rendering, qint64 now, QList<FileProblem>& problems)
{
    const auto program = liquid::Program::compile(rendering.source, rendering.options);
    if (!program) {
        for (const liquid::Problem& problem : program.error())
            problems << placedIn(rendering.file, problem);
        return {};
    }
    auto text = program->render(rendering.root,
                                {.limits = {}, .now = now, .locale = rendering.locale, .timeZone = rendering.timeZone});
    if (!text) {
        problems << placedIn(rendering.file, text.error());
        return {};
    }
    return *std::move(text);
}

int showProblems(const Console& console, const QList<FileProblem>& problems)
{
    for (const FileProblem& problem : problems)
        console.fail(problem);
    return ExitCode::Failed;
}

// Prints one rendering, or what is wrong and where.
int runRender(const PlainContext& context)
{
    if (!context.arguments.isEmpty() || !context.options.isSet(QStringLiteral("template")))
        return context.console.failUsage(Command::tr("render needs a template: carillonctl render --template FILE "
                                                     "[--data FILE] [--partials FOLDER] [--strict]"));
    Result<Rendering> rendering = renderingOf(context);
    if (!rendering)
        return context.console.fail(rendering.error());
    QList<FileProblem> problems;
    if (const Status added = addPartials(context, *rendering, problems); !added)
        return context.console.fail(added.error());
    if (!problems.isEmpty())
        return showProblems(context.console, problems);
    const std::string text = render(*rendering, context.clock.now(), problems);
    if (!problems.isEmpty())
        return showProblems(context.console, problems);
    context.console.text(QByteArray::fromStdString(text));
    return ExitCode::Done;
}

} // namespace

CommandSpec renderCommand()
{
    CommandSpec spec{
        "render",
        "",
        QT_TRANSLATE_NOOP("carillonctl", "Print what a template makes of some data."),
        false,
        false,
        {{QStringLiteral("template"), Command::tr("The template."), Command::tr("file")},
         {QStringLiteral("data"), Command::tr("A JSON file: its members are the variables."), Command::tr("file")},
         {QStringLiteral("partials"),
          Command::tr("A folder of pieces that it renders or includes: NAME.liquid, "
                      "NAME.html, NAME.txt."),
          Command::tr("folder")},
         {QStringLiteral("strict"), Command::tr("A variable that is not there is an error.")},
         {QStringLiteral("channel"),
          Command::tr("Escape as in a template of this channel; by the file's name "
                      "when not given (.html, .json, else plain)."),
          Command::tr("channel")},
         {QStringLiteral("part"), Command::tr("And this part; the channel's main one when not given."), Command::tr("part")},
         {QStringLiteral("locale"), Command::tr("Dates and numbers as they are written there."), Command::tr("locale")},
         {QStringLiteral("time-zone"), Command::tr("Moments as the clocks show them there; UTC when not given."),
          Command::tr("zone")}},
        {}};
    spec.run = runRender;
    return spec;
}

} // namespace carillon
