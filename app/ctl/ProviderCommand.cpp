// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Paths.h"
#include "app/ctl/Commands.h"
#include "app/ctl/InputFile.h"
#include "app/ctl/ProviderText.h"
#include "app/ctl/ProviderTrial.h"
#include "engine/base/Json.h"
#include "engine/base/SystemClock.h"
#include "engine/provider/BuiltInProviders.h"
#include "engine/provider/InAppProvider.h"
#include "engine/provider/SmtpProvider.h"
#include "engine/service/TestMessage.h"

#include <QDir>
#include <QFileInfo>

namespace carillon {

namespace {

constexpr qint64 maxJsonBytes = 1 << 20;

// The inbox sends into an open workspace, and here is none: it is only told of, and nobody asks for a sender.
class DescribedInbox final : public Provider {
public:
    const ProviderDescription& description() const override { return m_description; }
    std::unique_ptr<Sender> makeSender(const AccountConfig& /*config*/) const override { return nullptr; }

private:
    ProviderDescription m_description = InAppProvider::describe();
};

// What there is: the providers that are compiled in, and those beside the workspace.
struct Known {
    SystemClock clock;
    ProviderServices services{clock, nullptr, nullptr};
    ProviderRegistry registry;

    void addBuiltIn()
    {
        (void)addBuiltInProviders(registry, services);
        (void)registry.add(std::make_unique<SmtpProvider>(clock));
        (void)registry.add(std::make_unique<DescribedInbox>());
    }
};

// A JSON object as it stands, or @ and the file that it is in.
Result<QJsonObject> jsonOption(const QCommandLineParser& options, const QString& name)
{
    const QString given = options.value(name);
    if (given.isEmpty())
        return QJsonObject();
    const Result<QByteArray> text
        = given.startsWith(u'@') ? readTextFile(given.mid(1), maxJsonBytes) : Result<QByteArray>(given.toUtf8());
    const Result<QJsonObject> object = text ? parseJsonObject(*text) : Result<QJsonObject>(fail(text.error()));
    return object ? object
                  : fail(ErrorCode::InvalidInput, QStringLiteral("--%1: %2").arg(name, object.error().message), name);
}

// What --message says, over a message that says that the account works.
Result<Message> sampleMessage(const QCommandLineParser& options, const ProviderDescription& description)
{
    const Result<QJsonObject> given = jsonOption(options, QStringLiteral("message"));
    if (!given)
        return fail(given.error());
    Account account;
    account.name = description.name;
    account.provider = description.key;
    account.channel = description.channel;
    const QString address = options.value(QStringLiteral("address"));
    Result<Message> message = testMessage(account, Brand(), address, QStringLiteral("trial"), SystemClock().now());
    if (!message)
        return message;
    if (message->idempotencyKey.isEmpty())
        message->idempotencyKey = QStringLiteral("trial-1");
    if (given->contains(u"to"))
        message->to = given->value(u"to").toString();
    if (given->contains(u"content"))
        message->content = given->value(u"content").toString().toUtf8();
    if (given->contains(u"fields"))
        message->fields = given->value(u"fields").toObject();
    if (given->contains(u"key"))
        message->idempotencyKey = given->value(u"key").toString();
    return message;
}

// Says every problem, as compilers do.
int refuse(const Console& console, const QString& path, const QList<ProviderFileProblem>& problems)
{
    for (const ProviderFileProblem& problem : problems)
        console.fail(FileProblem{path, problem.at.line, problem.at.column, {}, problem.sentence});
    console.note(Command::tr("Problems: %1. The format is described by provider.schema.json.").arg(problems.size()));
    return ExitCode::Failed;
}

// The sample's request, made and shown but not sent.
void showSample(const Console& console, const ProviderFile& file, const ProviderSample& sample)
{
    const RequestValues values = RequestValues(sample.account).with(sample.message);
    const Result<RequestSpec::Made> made = file.request.make(values, sample.message, SystemClock().now());
    if (!made) {
        console.note(Command::tr("No request can be made of the sample: %1 Give --settings, --address or --message.")
                         .arg(made.error().message));
        return;
    }
    const QString shown = shownRequest(made->request, sample.account.secrets.values() + made->sensitive);
    console.result({{QStringLiteral("request"), shown}}, Command::tr("A message makes this request:\n%1").arg(shown));
}

int trySample(const PlainContext& context, const ProviderFile& file, const QByteArray& json, const ProviderSample& sample)
{
    if (!sample.missing.isEmpty())
        context.console.note(Command::tr("Not given by --settings, so samples are sent: %1").arg(sample.missing));
    return tryProvider(context.console, file, json, sample) ? ExitCode::Done : ExitCode::Incomplete;
}

int checkFile(const PlainContext& context)
{
    const QString path = context.arguments.value(1);
    const Result<QByteArray> json = readTextFile(path, ProviderFile::MaxBytes);
    if (!json)
        return context.console.fail(json.error());
    QList<ProviderFileProblem> problems;
    const std::optional<ProviderFile> file = ProviderFile::parse(*json, problems);
    if (!file)
        return refuse(context.console, path, problems);
    Known known;
    known.addBuiltIn();
    if (known.registry.find(file->description.key))
        context.console.note(Command::tr("A provider \"%1\" is built in, and stays: give yours another key to use it.")
                                 .arg(file->description.key));
    showDescription(context.console, file->description);
    const Result<QJsonObject> settings = jsonOption(context.options, QStringLiteral("settings"));
    const QString to = context.options.value(QStringLiteral("to"));
    Result<ProviderSample> sample
        = settings ? providerSample(*file, *settings, to) : Result<ProviderSample>(fail(settings.error()));
    const Result<Message> message = sampleMessage(context.options, file->description);
    if (!sample || !message)
        return context.console.fail(sample ? message.error() : sample.error());
    sample->message = *message;
    if (!to.isEmpty())
        return trySample(context, *file, *json, *sample);
    showSample(context.console, *file, *sample);
    return ExitCode::Done;
}

// Of the workspace that is named, or the user's own.
Status addOwn(const PlainContext& context, Known& known)
{
    QString workspace = context.options.value(QStringLiteral("workspace"));
    if (workspace.isEmpty()) {
        const Result<QString> usual = defaultWorkspacePath();
        if (!usual)
            return fail(usual.error());
        workspace = *usual;
    }
    const QString folder = QFileInfo(workspace).dir().filePath(QStringLiteral("providers"));
    for (const Error& problem : addProviderFolder(known.registry, folder, known.services))
        context.console.note(folder + u'/' + problem.message);
    return {};
}

int showKnown(const PlainContext& context, const QString& key)
{
    Known known;
    known.addBuiltIn();
    if (const Status added = addOwn(context, known); !added)
        return context.console.fail(added.error());
    if (key.isEmpty()) {
        for (const ProviderPtr& provider : known.registry.all())
            showLine(context.console, provider->description());
        return ExitCode::Done;
    }
    const ProviderPtr provider = known.registry.find(key);
    if (!provider)
        return context.console.fail(
            {ErrorCode::NotFound,
             Command::tr("There is no provider \"%1\". \"carillonctl provider list\" has them all.").arg(key),
             {}});
    showDescription(context.console, provider->description());
    return ExitCode::Done;
}

std::optional<int> runProvider(const PlainContext& context)
{
    const QString what = context.arguments.value(0);
    if (what == QStringLiteral("check") && context.arguments.size() == 2)
        return checkFile(context);
    if (what == QStringLiteral("list") && context.arguments.size() == 1)
        return showKnown(context, {});
    if (what == QStringLiteral("show") && context.arguments.size() == 2)
        return showKnown(context, context.arguments.at(1));
    return context.console.failUsage(Command::tr(
        "carillonctl provider check FILE [--to URL], carillonctl provider list, or carillonctl provider show KEY"));
}

} // namespace

CommandSpec providerCommand()
{
    CommandSpec spec{
        "provider",
        "WHAT [NAME]",
        QT_TRANSLATE_NOOP("carillonctl",
                          "Check and try a provider file (check FILE), or say which there are (list, show KEY)."),
        false,
        false,
        {{QStringLiteral("to"), Command::tr("check: send a test message to this address of a platform."),
          Command::tr("url")},
         {QStringLiteral("settings"), Command::tr("check: the account's fields, secrets too, as JSON or @FILE."),
          Command::tr("json")},
         {QStringLiteral("message"),
          Command::tr("check: the message's \"fields\", \"content\", \"to\", \"key\", as JSON or @FILE."),
          Command::tr("json")},
         {QStringLiteral("address"), Command::tr("check: whom the message is for."), Command::tr("address"),
          QStringLiteral("sample-address")}},
        {}};
    spec.run = runProvider;
    return spec;
}

} // namespace carillon
