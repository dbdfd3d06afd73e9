// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/Commands.h"
#include "engine/service/DashboardService.h"

namespace carillon {

namespace {

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
