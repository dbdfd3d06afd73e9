// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/Commands.h"
#include "app/ctl/ProgressText.h"
#include "engine/base/Clock.h"
#include "engine/service/CampaignService.h"
#include "engine/service/DashboardService.h"

namespace carillon {

namespace {

constexpr qint64 intervalMs = 1'000;

// Runs the engine and serves the dashboard until it is told to end.
class ServeCommand final : public Command {
public:
    using Command::Command;

    void start() override
    {
        for (const QString& warning : context().engine.warnings())
            console().note(tr("Warning: %1").arg(warning));
        if (context().engine.address().isEmpty())
            return failWith({ErrorCode::Network, tr("The server could not be started."), {}});
        const Result<QUrl> address = context().services.dashboards.signedAddress(context().caller);
        if (!address)
            return failWith(address.error());
        console().result({{QStringLiteral("address"), context().engine.address().toString()},
                          {QStringLiteral("dashboard"), address->toString()}},
                         tr("Serving at %1\nDashboard: %2").arg(context().engine.address().toString(), address->toString()));
        look();
    }

private:
    // A line about the campaign that is under way, while somebody may read it.
    void look()
    {
        if (console().isJson())
            return;
        CampaignQuery running;
        running.states = {CampaignState::Planning, CampaignState::Sending};
        whenReady(context().services.campaigns.page(running, {0, 1}), this,
                  [this](const Result<Page<CampaignSummary>>& page) {
                      if (page && !page->rows.isEmpty())
                          return show(page->rows.first(), page->total - 1);
                      console().progress({});
                      lookAgain();
                  });
    }

    void show(const CampaignSummary& campaign, qint64 others)
    {
        whenReady(context().services.campaigns.forecast(campaign.campaign.id), this,
                  [this, campaign, others](const Result<CampaignForecast>& forecast) {
                      const CampaignForecast known = forecast ? *forecast : CampaignForecast();
                      QString text
                          = u"%1: %2"_qs.arg(campaign.campaign.name, progressText(campaign, known, context().clock.now()));
                      if (others > 0)
                          text += tr(" (and %1 others)").arg(others);
                      console().progress(text);
                      lookAgain();
                  });
    }

    void lookAgain()
    {
        context().clock.after(intervalMs, this, [this] { look(); });
    }
};

} // namespace

CommandSpec serveCommand()
{
    return {
        "serve",
        "",
        QT_TRANSLATE_NOOP("carillonctl", "Run the engine and serve the dashboard until Ctrl+C."),
        true,
        true,
        {{QStringLiteral("listen"),
          Command::tr("Address and port; 127.0.0.1:8025 when not given. Put a TLS proxy in front before leaving loopback."),
          Command::tr("address:port")},
         {QStringLiteral("origin"),
          Command::tr("A web page's origin that may connect to the socket; may be given several times."),
          Command::tr("origin")}},
        [](const CommandContext& context) { return std::make_unique<ServeCommand>(context); }};
}

} // namespace carillon
