// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/SampleWorkspace.h"
#include "app/ctl/CampaignWatch.h"
#include "app/ctl/Commands.h"
#include "engine/service/CampaignService.h"

namespace carillon {

namespace {

// The main job on a sample workspace: count, send to the built-in sink, report. Nothing leaves the machine.
class DemoCommand final : public Command {
public:
    using Command::Command;

    void start() override
    {
        const Result<qint64> campaign = fillSampleWorkspace(context().services, context().caller);
        if (!campaign)
            return failWith(campaign.error());
        if (*campaign == 0)
            return failWith(
                {ErrorCode::Conflict,
                 tr("The sample campaign of this workspace has been sent already. Name a new file with --workspace."),
                 {}});
        whenReady(context().services.campaigns.get(*campaign), this, [this](const Result<CampaignSummary>& summary) {
            if (!summary)
                return failWith(summary.error());
            count(summary->campaign);
        });
    }

private:
    void count(const Campaign& campaign)
    {
        whenReady(context().services.campaigns.dryRun(campaign), this, [this, campaign](const Result<DryRun>& run) {
            if (!run)
                return failWith(run.error());
            console().note(tr("\"%1\": %2 contacts, %3 messages will be sent to the built-in sink.")
                               .arg(campaign.name)
                               .arg(run->audience)
                               .arg(run->willSend));
            for (const ReasonCount& reason : run->leftOut)
                console().note(tr("  %1 left out: %2").arg(reason.count).arg(reason.sentence));
            send(campaign.id);
        });
    }

    void send(qint64 id)
    {
        whenReady(context().services.campaigns.schedule(context().caller, id, 0), this, [this, id](const Status& scheduled) {
            if (!scheduled)
                return failWith(scheduled.error());
            // Some of the sample's mailboxes refuse on purpose, so an incomplete send is what the demo shows.
            connect(new CampaignWatch(context(), id, this, sampleReceiptsMs + 500), &CampaignWatch::ended, this,
                    [this](int code) { Q_EMIT finished(code == ExitCode::Incomplete ? ExitCode::Done : code); });
        });
    }
};

} // namespace

CommandSpec demoCommand()
{
    return {"demo",
            "",
            QT_TRANSLATE_NOOP("carillonctl", "Fill a sample workspace, send its campaign to the built-in sink, and report."),
            true,
            false,
            {},
            [](const CommandContext& context) { return std::make_unique<DemoCommand>(context); }};
}

} // namespace carillon
