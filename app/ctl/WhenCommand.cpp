// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/CampaignChoice.h"
#include "app/ctl/Commands.h"
#include "app/ctl/ScheduleOptions.h"
#include "engine/service/CampaignService.h"

#include <QDateTime>
#include <QJsonArray>

namespace carillon {

namespace {

constexpr int usualCount = 10;

// Prints the next dates of a campaign, or of one that the options describe. Changes nothing.
class WhenCommand final : public Command {
public:
    using Command::Command;

    void start() override
    {
        Result<Campaign> campaign = campaignToLookAt();
        if (!campaign)
            return failWith(campaign.error());
        if (const Status taken = takeSchedule(context().options, *campaign); !taken)
            return failWith(taken.error());
        bool ok = true;
        const QString count = context().options.value(QStringLiteral("count"));
        const int most = count.isEmpty() ? usualCount : count.toInt(&ok);
        if (!ok || most < 1)
            return failUsage(tr("--count is a number from 1 to 1000."));
        whenReady(context().services.campaigns.occurrences(*campaign, most), this,
                  [this](const Result<QList<qint64>>& hours) {
                      if (!hours)
                          return failWith(hours.error());
                      print(*hours);
                  });
    }

private:
    // Nobody needs to be chosen to see dates; the topic tells the brand's time zone.
    Result<Campaign> campaignToLookAt() const
    {
        if (!context().arguments.isEmpty())
            return chosenCampaign(context());
        Campaign campaign;
        const QString key = context().options.value(QStringLiteral("topic"));
        if (key.isEmpty())
            return campaign;
        const Result<TopicDetail> topic = context().services.topics.find(key).result();
        if (!topic)
            return fail(ErrorCode::NotFound, tr("There is no topic \"%1\".").arg(key), QStringLiteral("topic"));
        campaign.topicId = topic->topic.id;
        return campaign;
    }

    void print(const QList<qint64>& hours)
    {
        for (const qint64 hour : hours) {
            const QDateTime utc = QDateTime::fromMSecsSinceEpoch(hour, Qt::UTC);
            const QDateTime local = utc.toLocalTime();
            console().result(
                {{QStringLiteral("at"), utc.toString(Qt::ISODate)}, {QStringLiteral("at_ms"), hour}},
                tr("%1  (%2 here)")
                    .arg(utc.toString(Qt::ISODate), QLocale().toString(local, QStringLiteral("ddd d MMM yyyy HH:mm"))));
        }
        if (hours.isEmpty())
            console().note(tr("None."));
        Q_EMIT finished(ExitCode::Done);
    }
};

} // namespace

CommandSpec whenCommand()
{
    return {"when",
            "[CAMPAIGN]",
            QT_TRANSLATE_NOOP("carillonctl", "Print the next dates of a campaign, or of a rule."),
            false,
            false,
            scheduleOptions() << QCommandLineOption(
                QStringLiteral("topic"), Command::tr("The key of a topic, for its brand's time zone."), Command::tr("key"))
                              << QCommandLineOption(QStringLiteral("count"), Command::tr("So many at the most; else 10."),
                                                    Command::tr("number")),
            [](const CommandContext& context) { return std::make_unique<WhenCommand>(context); }};
}

} // namespace carillon
