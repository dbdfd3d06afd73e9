// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/CampaignChoice.h"

#include "app/ctl/InputFile.h"
#include "engine/service/CampaignService.h"
#include "engine/service/ContactService.h"

#include <QDateTime>

namespace carillon {

namespace {

Result<Campaign> existing(const CommandContext& context, const QString& text)
{
    bool ok = false;
    const qint64 id = text.toLongLong(&ok);
    if (!ok)
        return fail(ErrorCode::InvalidInput, Command::tr("\"%1\" is not the number of a campaign.").arg(text),
                    QStringLiteral("campaign"));
    const Result<CampaignSummary> summary = context.services.campaigns.get(id).result();
    if (!summary)
        return fail(summary.error());
    return summary->campaign;
}

Result<Audience> audienceOf(const CommandContext& context)
{
    Audience audience;
    audience.everyone = context.options.isSet(QStringLiteral("everyone"));
    const QStringList names = context.options.values(QStringLiteral("list"));
    if (audience.everyone == !names.isEmpty())
        return fail(ErrorCode::InvalidInput,
                    Command::tr("Say who it is for: --list NAME (as often as needed) or --everyone."),
                    QStringLiteral("audience"));
    const Result<QList<ContactList>> lists = context.services.contacts.lists().result();
    if (!lists)
        return fail(lists.error());
    for (const QString& name : names) {
        const auto found
            = std::find_if(lists->begin(), lists->end(), [&](const ContactList& list) { return list.name == name; });
        if (found == lists->end())
            return fail(ErrorCode::NotFound, Command::tr("There is no list called \"%1\".").arg(name),
                        QStringLiteral("list"));
        audience.listIds << found->id;
    }
    return audience;
}

} // namespace

QList<QCommandLineOption> campaignOptions()
{
    return {{QStringLiteral("topic"), Command::tr("The key of the topic to send."), Command::tr("key")},
            {QStringLiteral("list"), Command::tr("To the contacts on this list; may be given several times."),
             Command::tr("name")},
            {QStringLiteral("everyone"), Command::tr("To every contact.")},
            {QStringLiteral("name"), Command::tr("The campaign's name."), Command::tr("name")},
            {QStringLiteral("data"), Command::tr("What templates see as data: JSON, or a file."), Command::tr("json")}};
}

Result<Campaign> chosenCampaign(const CommandContext& context)
{
    if (context.arguments.size() > 1)
        return fail(ErrorCode::InvalidInput, Command::tr("One campaign at a time."), QStringLiteral("campaign"));
    if (context.arguments.size() == 1)
        return existing(context, context.arguments.first());
    const QString key = context.options.value(QStringLiteral("topic"));
    if (key.isEmpty())
        return fail(ErrorCode::InvalidInput, Command::tr("Name a campaign by its number, or a topic with --topic KEY."),
                    QStringLiteral("topic"));
    const Result<TopicDetail> topic = context.services.topics.find(key).result();
    if (!topic)
        return fail(ErrorCode::NotFound, Command::tr("There is no topic \"%1\".").arg(key), QStringLiteral("topic"));
    const Result<Audience> audience = audienceOf(context);
    if (!audience)
        return fail(audience.error());
    const Result<QJsonObject> data = dataFromOptions(context.options);
    if (!data)
        return fail(data.error());
    Campaign campaign;
    campaign.topicId = topic->topic.id;
    campaign.audience = *audience;
    campaign.data = *data;
    campaign.name = context.options.value(QStringLiteral("name"));
    if (campaign.name.isEmpty())
        campaign.name = topic->topic.name + u' ' + QDateTime::currentDateTimeUtc().toString(Qt::ISODate);
    return campaign;
}

} // namespace carillon
