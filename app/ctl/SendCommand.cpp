// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/CampaignChoice.h"
#include "app/ctl/CampaignWatch.h"
#include "app/ctl/Commands.h"
#include "app/ctl/ControlOptions.h"

#include <QDateTime>

namespace carillon {

namespace {

// Sends a campaign and waits until it is finished. One that is under way already (after a crash, say) is gone on with.
class SendCommand final : public Command {
public:
    using Command::Command;

    void start() override
    {
        Result<qint64> at = scheduledAt();
        if (!at)
            return failWith(at.error());
        Result<Campaign> campaign = chosenCampaign(context());
        if (!campaign)
            return failWith(campaign.error());
        if (const Status taken = takeControl(context().options, campaign->control); !taken)
            return failWith(taken.error());
        if (campaign->id != 0 && campaign->state != CampaignState::Draft)
            return watch(campaign->id);
        whenReady(context().services.campaigns.save(context().caller, *campaign), this,
                  [this, at = *at](const Result<qint64>& id) {
                      if (!id)
                          return failWith(id.error());
                      schedule(*id, at);
                  });
    }

    // What is not on the wire stays queued: the next start goes on with it.
    void stop() override
    {
        console().note(tr("\nStopped. The campaign goes on at the next start."));
        Q_EMIT finished(ExitCode::Incomplete);
    }

private:
    Result<qint64> scheduledAt() const
    {
        const QString text = context().options.value(QStringLiteral("at"));
        if (text.isEmpty())
            return 0;
        const QDateTime at = QDateTime::fromString(text, Qt::ISODate);
        if (!at.isValid())
            return fail(ErrorCode::InvalidInput, tr("--at %1 is not a time. Write 2026-05-31T18:00:00+02:00.").arg(text),
                        QStringLiteral("at"));
        return at.toMSecsSinceEpoch();
    }

    void schedule(qint64 id, qint64 at)
    {
        whenReady(context().services.campaigns.schedule(context().caller, id, at), this,
                  [this, id](const Status& scheduled) {
                      if (!scheduled)
                          return failWith(scheduled.error());
                      if (!context().options.isSet(QStringLiteral("no-wait")))
                          return watch(id);
                      console().result(
                          {{QStringLiteral("campaign"), id}, {QStringLiteral("state"), QStringLiteral("scheduled")}},
                          tr("Campaign %1 is scheduled. It is sent while an engine runs: carillonctl serve, or the window.")
                              .arg(id));
                      Q_EMIT finished(ExitCode::Done);
                  });
    }

    void watch(qint64 id)
    {
        connect(new CampaignWatch(context(), id, this), &CampaignWatch::ended, this, &SendCommand::finished);
    }
};

} // namespace

CommandSpec sendCommand()
{
    return {"send",
            "[CAMPAIGN]",
            QT_TRANSLATE_NOOP("carillonctl", "Send a campaign and wait until it is finished."),
            true,
            false,
            campaignOptions() << QCommandLineOption(
                QStringLiteral("at"), Command::tr("Not now, but at this time (ISO 8601)."), Command::tr("time"))
                              << QCommandLineOption(QStringLiteral("no-wait"), Command::tr("Schedule it and return."))
                              << controlOptions(),
            [](const CommandContext& context) { return std::make_unique<SendCommand>(context); }};
}

} // namespace carillon
