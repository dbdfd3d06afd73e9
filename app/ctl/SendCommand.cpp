// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/CampaignChoice.h"
#include "app/ctl/CampaignWatch.h"
#include "app/ctl/Commands.h"
#include "app/ctl/ControlOptions.h"
#include "app/ctl/ScheduleOptions.h"
#include "engine/model/Names.h"

namespace carillon {

namespace {

// Sends a campaign and waits until it is finished, unless it recurs. One that is under way already (after a crash, say) is
// gone on with.
class SendCommand final : public Command {
public:
    using Command::Command;

    void start() override
    {
        Result<Campaign> campaign = chosenCampaign(context());
        if (!campaign)
            return failWith(campaign.error());
        if (const Status taken = takeControl(context().options, campaign->control); !taken)
            return failWith(taken.error());
        if (campaign->id != 0 && campaign->state != CampaignState::Draft)
            return watch(campaign->id);
        campaign->scheduledAt = 0; // a draft's own hour is the composer's: here it goes now unless --at says when
        if (const Status taken = takeSchedule(context().options, *campaign); !taken)
            return failWith(taken.error());
        whenReady(context().services.campaigns.save(context().caller, *campaign), this,
                  [this, campaign = *campaign](const Result<qint64>& id) {
                      if (!id)
                          return failWith(id.error());
                      schedule(*id, campaign);
                  });
    }

    // What is not on the wire stays queued: the next start goes on with it.
    void stop() override
    {
        console().note(tr("\nStopped. The campaign goes on at the next start."));
        Q_EMIT finished(ExitCode::Incomplete);
    }

private:
    void schedule(qint64 id, const Campaign& campaign)
    {
        const bool waits
            = !context().options.isSet(QStringLiteral("no-wait")) && campaign.schedule.kind != ScheduleKind::Recurring;
        whenReady(context().services.campaigns.schedule(context().caller, id, campaign.scheduledAt), this,
                  [this, id, waits](const Status& scheduled) {
                      if (!scheduled)
                          return failWith(scheduled.error());
                      if (waits)
                          return watch(id);
                      report(id);
                  });
    }

    void report(qint64 id)
    {
        whenReady(context().services.campaigns.get(id), this, [this, id](const Result<CampaignSummary>& summary) {
            if (!summary)
                return failWith(summary.error());
            console().result(
                {{QStringLiteral("campaign"), id},
                 {QStringLiteral("state"), nameOf(summary->campaign.state)},
                 {QStringLiteral("scheduled_at"), summary->campaign.scheduledAt}},
                tr("Campaign %1 is scheduled. It is sent while an engine runs: carillonctl serve, or the window.").arg(id));
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
            campaignOptions() << scheduleOptions() << controlOptions()
                              << QCommandLineOption(QStringLiteral("no-wait"), Command::tr("Schedule it and return.")),
            [](const CommandContext& context) { return std::make_unique<SendCommand>(context); }};
}

} // namespace carillon
