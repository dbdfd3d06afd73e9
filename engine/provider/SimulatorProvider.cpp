// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/SimulatorProvider.h"

#include "engine/provider/ChannelField.h"
#include "engine/provider/SimulatorSender.h"

#include <QCoreApplication>

namespace carillon {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("SimulatorProvider", text);
}

ProviderField number(const QString& key, const QString& label, const QString& help, double initial, double maximum)
{
    ProviderField field;
    field.key = key;
    field.label = label;
    field.help = help;
    field.type = FieldType::Number;
    field.defaultValue = initial;
    field.maximum = maximum;
    return field;
}

ProviderField percent(const QString& key, const QString& label, const QString& help)
{
    return number(key, label, help, 0, 100);
}

ProviderDescription makeDescription()
{
    ProviderDescription d;
    d.key = QStringLiteral("simulator");
    d.name = tr("Simulator");
    d.channel = QStringLiteral("email");
    d.help = tr("Takes messages and sends none: for trying things out. Nothing leaves this machine.");
    d.addressLabel = tr("any address");
    d.fields = {
        channelField(tr("The medium that this account pretends to serve."), d.channel),
        number(QStringLiteral("latency_ms"), tr("Answer time (ms)"), tr("How long an answer takes."), 20, 60'000),
        number(QStringLiteral("jitter_ms"), tr("Jitter (ms)"), tr("Up to this much is added to the answer time."), 10,
               60'000),
        number(QStringLiteral("rate_per_second"), tr("Rate limit"), tr("Messages taken in a second; 0: any number."), 0,
               1'000'000),
        percent(QStringLiteral("percent_refused"), tr("Refused (%)"), tr("Refused for ever.")),
        percent(QStringLiteral("percent_bounced"), tr("Bounced (%)"), tr("Refused, and the address does not exist.")),
        percent(QStringLiteral("percent_retry"), tr("To be retried (%)"), tr("Failed for now.")),
        percent(QStringLiteral("percent_down"), tr("Down (%)"), tr("The platform cannot be reached.")),
        percent(QStringLiteral("percent_uncertain"), tr("Uncertain (%)"), tr("The answer is lost.")),
        number(QStringLiteral("outage_every_seconds"), tr("Outage every (s)"),
               tr("The platform is down for a while in each such span; 0: never."), 0, 86'400),
        number(QStringLiteral("outage_seconds"), tr("Outage lasts (s)"), tr("How long it is down each time."), 10, 86'400),
        percent(QStringLiteral("receipts_delivered"), tr("Then delivered (%)"), tr("Of those that are taken.")),
        percent(QStringLiteral("receipts_read"), tr("Then read (%)"), tr("Of those that are delivered.")),
        percent(QStringLiteral("receipts_failed"), tr("Then failed (%)"), tr("Taken first, and told later.")),
        percent(QStringLiteral("receipts_bounced"), tr("Then bounced (%)"), tr("Taken first, and told later.")),
        percent(QStringLiteral("receipts_complained"), tr("Then complained of (%)"), tr("Of those that are delivered.")),
        number(QStringLiteral("receipts_within_ms"), tr("Receipts within (ms)"),
               tr("Each comes at any time until then, so that they overtake each other."), 2'000, 86'400'000),
        percent(QStringLiteral("receipts_twice"), tr("Receipts told twice (%)"), tr("As real platforms do.")),
        percent(QStringLiteral("receipts_early"), tr("Receipts told early (%)"), tr("Before the answer to the send.")),
        number(QStringLiteral("seed"), tr("Seed"), tr("The same seed gives the same answers."), 1, 1e9),
    };
    return d;
}

} // namespace

SimulatorProvider::SimulatorProvider(Clock& clock, std::shared_ptr<SimulatorOutbox> outbox, ReceiptSink sink)
    : m_description(makeDescription())
    , m_clock(clock)
    , m_outbox(std::move(outbox))
    , m_sink(std::move(sink))
    , m_receipts(simulatorReceiptRules())
{
}

Status SimulatorProvider::check(const AccountConfig& config) const
{
    double sum = 0;
    for (const ProviderField& field : m_description.fields) {
        if (field.key.startsWith(QStringLiteral("percent_")))
            sum += config.settings.value(field.key).toDouble();
    }
    const double every = config.settings.value(QStringLiteral("outage_every_seconds")).toDouble();
    if (every > 0 && config.settings.value(QStringLiteral("outage_seconds")).toDouble() >= every)
        return fail(ErrorCode::InvalidInput, tr("An outage must be shorter than the time from one to the next."),
                    QStringLiteral("outage_seconds"));
    if (sum <= 100)
        return {};
    return fail(ErrorCode::InvalidInput, tr("The percentages add up to more than 100. Lower one of them."),
                QStringLiteral("percent_refused"));
}

std::unique_ptr<Sender> SimulatorProvider::makeSender(const AccountConfig& config) const
{
    auto receipts
        = m_sink ? std::make_unique<SimulatorReceipts>(config.accountId, config.settings, m_clock, m_sink) : nullptr;
    return std::make_unique<SimulatorSender>(config.settings, m_clock, m_outbox, std::move(receipts));
}

} // namespace carillon
