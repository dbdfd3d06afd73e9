// SPDX-License-Identifier: GPL-3.0-or-later
// retry, cancel-deliveries, settle: what is done to the deliveries that a filter finds.
#include "app/ctl/Commands.h"
#include "engine/service/DeliveryService.h"

namespace carillon {

namespace {

class DeliveryCommand final : public Command {
public:
    using Deed = std::function<Future<qint64>(const CommandContext& context, const DeliverySelection& selection)>;

    DeliveryCommand(const CommandContext& context, Deed deed)
        : Command(context)
        , m_deed(std::move(deed))
    {
    }

    void start() override
    {
        if (context().arguments.isEmpty())
            return failUsage(tr("Say which deliveries: a filter as on the deliveries page, for example campaign:12."));
        const Result<DeliveryQuery> query = DeliveryService::parseQuery(context().arguments.join(u' '));
        if (!query)
            return failWith(query.error());
        whenReady(m_deed(context(), {{}, *query}), this, [this](const Result<qint64>& count) {
            if (!count)
                return failWith(count.error());
            console().result({{QStringLiteral("changed"), *count}}, tr("%1 deliveries were changed.").arg(*count));
            Q_EMIT finished(ExitCode::Done);
        });
    }

private:
    const Deed m_deed;
};

} // namespace

CommandSpec retryCommand()
{
    CommandSpec spec{"retry", "FILTER", QT_TRANSLATE_NOOP("carillonctl", "Send failed deliveries again."), false, false,
                     {},      {}};
    spec.make = [](const CommandContext& context) {
        return std::make_unique<DeliveryCommand>(context,
                                                 [](const CommandContext& with, const DeliverySelection& selection) {
                                                     return with.services.deliveries.retryFailed(with.caller, selection);
                                                 });
    };
    return spec;
}

CommandSpec cancelDeliveriesCommand()
{
    CommandSpec spec{"cancel-deliveries",
                     "FILTER",
                     QT_TRANSLATE_NOOP("carillonctl", "Cancel deliveries that wait."),
                     false,
                     false,
                     {},
                     {}};
    spec.make = [](const CommandContext& context) {
        return std::make_unique<DeliveryCommand>(context,
                                                 [](const CommandContext& with, const DeliverySelection& selection) {
                                                     return with.services.deliveries.cancelWaiting(with.caller, selection);
                                                 });
    };
    return spec;
}

CommandSpec settleCommand()
{
    CommandSpec spec{
        "settle",
        "FILTER",
        QT_TRANSLATE_NOOP("carillonctl", "Decide on uncertain deliveries: count them as sent, or --resend them."),
        false,
        false,
        {{QStringLiteral("resend"), Command::tr("Send them again: better twice than never.")}},
        {}};
    spec.make = [](const CommandContext& context) {
        return std::make_unique<DeliveryCommand>(
            context, [](const CommandContext& with, const DeliverySelection& selection) {
                const bool resend = with.options.isSet(QStringLiteral("resend"));
                return with.services.deliveries.settleUncertain(
                    with.caller, selection, resend ? UncertainDecision::Resend : UncertainDecision::AcceptAsSent);
            });
    };
    return spec;
}

} // namespace carillon
