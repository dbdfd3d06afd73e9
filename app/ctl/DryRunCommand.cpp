// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/CampaignChoice.h"
#include "app/ctl/Commands.h"
#include "engine/service/CampaignService.h"

#include <QJsonArray>

namespace carillon {

namespace {

QJsonObject toJson(const DryRun& run)
{
    QJsonObject leftOut;
    for (const ReasonCount& reason : run.leftOut)
        leftOut.insert(reason.reason, reason.count);
    QJsonObject byAccount;
    for (auto count = run.byAccount.cbegin(); count != run.byAccount.cend(); ++count)
        byAccount.insert(count.key(), count.value());
    return {{QStringLiteral("audience"), run.audience},
            {QStringLiteral("will_send"), run.willSend},
            {QStringLiteral("by_account"), byAccount},
            {QStringLiteral("left_out"), leftOut}};
}

QString toText(const DryRun& run)
{
    QString text = Command::tr("%1 contacts in the audience, %2 messages would be sent").arg(run.audience).arg(run.willSend);
    for (auto count = run.byAccount.cbegin(); count != run.byAccount.cend(); ++count)
        text += Command::tr("\n  %1 through %2").arg(count.value(), 8).arg(count.key());
    for (const ReasonCount& reason : run.leftOut)
        text += Command::tr("\n  %1 left out: %2").arg(reason.count, 8).arg(reason.sentence);
    return text;
}

// Counts who would get a campaign, and why others would not. Changes nothing.
class DryRunCommand final : public Command {
public:
    using Command::Command;

    void start() override
    {
        const Result<Campaign> campaign = chosenCampaign(context());
        if (!campaign)
            return failWith(campaign.error());
        whenReady(context().services.campaigns.dryRun(*campaign), this, [this](const Result<DryRun>& run) {
            if (!run)
                return failWith(run.error());
            console().result(toJson(*run), toText(*run));
            Q_EMIT finished(ExitCode::Done);
        });
    }
};

} // namespace

CommandSpec dryRunCommand()
{
    return {"dry-run",
            "[CAMPAIGN]",
            QT_TRANSLATE_NOOP("carillonctl", "Count who would get a campaign, and why others would not."),
            false,
            false,
            campaignOptions(),
            [](const CommandContext& context) { return std::make_unique<DryRunCommand>(context); }};
}

} // namespace carillon
