// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/Commands.h"
#include "engine/service/DashboardService.h"

namespace carillon {

namespace {

constexpr qint64 dayMs = 86'400'000;

// Makes a token for a web dashboard or an application.
class TokenCommand final : public Command {
public:
    using Command::Command;

    void start() override
    {
        bool ok = false;
        const qint64 days = context().options.value(QStringLiteral("days")).toLongLong(&ok);
        if (!ok || context().arguments.size() != 1)
            return failUsage(tr("token needs a name for whom it is: carillonctl token NAME [--scope SCOPE]... [--days N]"));
        const Result<QString> token = context().services.dashboards.issueToken(
            context().caller, context().arguments.first(), days * dayMs, context().options.values(QStringLiteral("scope")));
        if (!token)
            return failWith(token.error());
        console().result({{QStringLiteral("token"), *token}}, *token);
        Q_EMIT finished(ExitCode::Done);
    }
};

} // namespace

CommandSpec tokenCommand()
{
    return {"token",
            "NAME",
            QT_TRANSLATE_NOOP("carillonctl", "Make a token for a dashboard or an application."),
            false,
            false,
            {{QStringLiteral("days"), Command::tr("How long it is valid; 30 when not given."), Command::tr("days"),
              QStringLiteral("30")},
             {QStringLiteral("scope"),
              Command::tr("What it allows: %1; may be given several times, the first one when not given.")
                  .arg(TokenScope::all().join(QStringLiteral(", "))),
              Command::tr("scope"), TokenScope::FeedRead}},
            [](const CommandContext& context) { return std::make_unique<TokenCommand>(context); }};
}

} // namespace carillon
