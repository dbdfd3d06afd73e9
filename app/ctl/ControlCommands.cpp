// SPDX-License-Identifier: GPL-3.0-or-later
// pause, resume, cancel, undo, throttle: what is done to one campaign.
#include "app/ctl/Commands.h"
#include "engine/model/Names.h"
#include "engine/service/CampaignService.h"

namespace carillon {

namespace {

// Does one thing to the campaign that the first argument names, and says what state it is in then.
class ControlCommand final : public Command {
public:
    using Deed = std::function<Future<void>(const CommandContext& context, qint64 campaignId)>;

    ControlCommand(const CommandContext& context, int arguments, Deed deed)
        : Command(context)
        , m_arguments(arguments)
        , m_deed(std::move(deed))
    {
    }

    void start() override
    {
        bool ok = false;
        m_campaign = context().arguments.value(0).toLongLong(&ok);
        if (!ok || context().arguments.size() != m_arguments)
            return failUsage(m_arguments == 2 ? tr("Name a campaign by its number, and how many a minute.")
                                              : tr("Name one campaign by its number. carillonctl campaigns lists them."));
        whenReady(m_deed(context(), m_campaign), this, [this](const Status& done) {
            if (done)
                report();
            else
                failWith(done.error());
        });
    }

private:
    void report()
    {
        whenReady(context().services.campaigns.get(m_campaign), this, [this](const Result<CampaignSummary>& summary) {
            if (!summary)
                return failWith(summary.error());
            const Campaign& campaign = summary->campaign;
            console().result({{QStringLiteral("campaign"), campaign.id},
                              {QStringLiteral("state"), nameOf(campaign.state)},
                              {QStringLiteral("per_minute"), campaign.control.perMinute}},
                             tr("Campaign %1, %2: %3").arg(campaign.id).arg(campaign.name, nameOf(campaign.state)));
            Q_EMIT finished(ExitCode::Done);
        });
    }

    const int m_arguments;
    const Deed m_deed;
    qint64 m_campaign = 0;
};

using Operation = Future<void> (CampaignService::*)(const Caller&, qint64);

CommandSpec spec(const char* name, const char* summary, Operation operation)
{
    CommandSpec spec{name, "CAMPAIGN", summary, false, false, {}, {}};
    spec.make = [operation](const CommandContext& context) {
        return std::make_unique<ControlCommand>(context, 1, [operation](const CommandContext& with, qint64 id) {
            return (with.services.campaigns.*operation)(with.caller, id);
        });
    };
    return spec;
}

} // namespace

CommandSpec pauseCommand()
{
    return spec("pause", QT_TRANSLATE_NOOP("carillonctl", "Stop a campaign until it is resumed."), &CampaignService::pause);
}

CommandSpec resumeCommand()
{
    return spec("resume",
                QT_TRANSLATE_NOOP("carillonctl",
                                  "Let a paused campaign go on; also one that its canary stopped, or that missed its hour."),
                &CampaignService::resume);
}

CommandSpec cancelCommand()
{
    return spec(
        "cancel",
        QT_TRANSLATE_NOOP("carillonctl", "End a campaign: what waits is not sent. So one that missed its hour is skipped."),
        &CampaignService::cancel);
}

CommandSpec undoCommand()
{
    return spec("undo",
                QT_TRANSLATE_NOOP("carillonctl", "Make a scheduled campaign a draft again, before anything is sent."),
                &CampaignService::unschedule);
}

CommandSpec throttleCommand()
{
    CommandSpec spec{"throttle",
                     "CAMPAIGN PER_MINUTE",
                     QT_TRANSLATE_NOOP("carillonctl", "Change how fast a campaign goes; 0: as fast as the accounts go."),
                     false,
                     false,
                     {},
                     {}};
    spec.make = [](const CommandContext& context) {
        return std::make_unique<ControlCommand>(context, 2, [](const CommandContext& with, qint64 id) {
            bool ok = false;
            const double perMinute = with.arguments.value(1).toDouble(&ok);
            return with.services.campaigns.setThrottle(with.caller, id, ok ? perMinute : -1);
        });
    };
    return spec;
}

} // namespace carillon
