// SPDX-License-Identifier: GPL-3.0-or-later
#include "Platform.h"

#include "engine/base/Clock.h"
#include "engine/model/Names.h"
#include "engine/provider/SimulatorReceipts.h"

namespace carillon::simulation {

namespace {

constexpr qint64 soonMs = 3'000;

Outcome outcomeOf(OutcomeKind kind, qint64 notBeforeMs = 0)
{
    Outcome outcome;
    outcome.kind = kind;
    outcome.notBeforeMs = notBeforeMs;
    if (kind != OutcomeKind::Sent)
        outcome.reason = QStringLiteral("simulated: ") + nameOf(kind);
    return outcome;
}

// What the address itself asks for; nothing for a good one.
std::optional<Outcome> byAddress(const QString& address)
{
    if (address.startsWith(QStringLiteral("refuse")))
        return outcomeOf(OutcomeKind::Refused);
    if (address.startsWith(QStringLiteral("retry")))
        return outcomeOf(OutcomeKind::Retry);
    if (!address.startsWith(QStringLiteral("bounce")))
        return {};
    Outcome outcome = outcomeOf(OutcomeKind::Refused);
    outcome.suppressAddress = true;
    return outcome;
}

} // namespace

Platform::Platform(const Clock& clock, Dice& dice, const Weather& weather, Trace& trace)
    : m_clock(clock)
    , m_dice(dice)
    , m_weather(weather)
    , m_trace(trace)
{
}

void Platform::calmDown()
{
    const qint64 latency = m_weather.latencyMs;
    m_weather = {};
    m_weather.latencyMs = latency;
    m_outages.clear();
    for (const qint64 number : std::exchange(m_withheld, {}))
        m_events.emplace(m_clock.steady() + m_dice.between(0, soonMs), Event{number, true});
}

void Platform::setOutage(qint64 accountId, bool on)
{
    m_trace.line(QStringLiteral("platform of account %1 is %2").arg(accountId).arg(on ? u"down" : u"back"));
    if (on)
        m_outages.insert(accountId);
    else
        m_outages.erase(accountId);
}

std::optional<qint64> Platform::next() const
{
    return m_events.empty() ? std::nullopt : std::optional(m_events.begin()->first);
}

void Platform::act()
{
    const auto due = m_events.upper_bound(m_clock.steady());
    const qint64 count = std::distance(m_events.begin(), due);
    if (count == 0)
        return;
    const auto chosen = std::next(m_events.begin(), m_dice.between(0, qMin<qint64>(count, 20) - 1));
    const Event event = chosen->second;
    m_events.erase(chosen);
    Transmission& transmission = m_transmissions.at(event.number);
    if (event.answer)
        answer(transmission);
    else
        arrive(transmission);
}

void Platform::transmit(SimulatedSender* sender, const AccountConfig& account, const Message& message)
{
    const qint64 number = qint64(m_transmissions.size()) + 1;
    Transmission& transmission = m_transmissions[number];
    transmission.number = number;
    transmission.message = message;
    transmission.accountId = account.accountId;
    transmission.sender = sender;
    transmission.tells = account.settings.value(QStringLiteral("tells")).toString();
    m_trace.line(QStringLiteral("wire %1: delivery %2 through account %3")
                     .arg(number)
                     .arg(message.deliveryId)
                     .arg(account.accountId));
    m_witness(transmission);
    m_events.emplace(m_clock.steady() + delay(), Event{number, false});
}

void Platform::arrive(Transmission& transmission)
{
    transmission.arrived = true;
    transmission.answer = decide(transmission, transmission.taken);
    transmission.answer.deliveryId = transmission.message.deliveryId;
    m_trace.line(QStringLiteral("arrival %1: %2, %3")
                     .arg(transmission.number)
                     .arg(nameOf(transmission.answer.kind), transmission.taken ? u"taken" : u"not taken"));
    if (transmission.taken && !transmission.tells.isEmpty())
        m_taker(transmission);
    if (!transmission.sender)
        return;
    if (m_dice.chance(m_weather.withheld))
        m_withheld.insert(transmission.number);
    else
        m_events.emplace(m_clock.steady() + delay(), Event{transmission.number, true});
}

Outcome Platform::decide(const Transmission& transmission, bool& taken)
{
    if (m_outages.count(transmission.accountId) != 0)
        return outcomeOf(OutcomeKind::ProviderDown);
    if (const std::optional<Outcome> outcome = byAddress(transmission.message.to))
        return *outcome;
    Outcome outcome = byWeather(taken);
    if (m_lying && outcome.kind == OutcomeKind::Sent && transmission.number % 5 == 0)
        outcome = outcomeOf(OutcomeKind::Retry);
    return outcome;
}

Outcome Platform::byWeather(bool& taken)
{
    const qint64 wait = m_dice.between(0, 60'000);
    if (m_dice.chance(m_weather.retry))
        return outcomeOf(OutcomeKind::Retry, wait);
    if (m_dice.chance(m_weather.lostBefore))
        return outcomeOf(OutcomeKind::Uncertain);
    if (m_dice.chance(m_weather.down))
        return outcomeOf(OutcomeKind::ProviderDown, wait);
    Outcome throttled = outcomeOf(OutcomeKind::Throttled, wait);
    throttled.bucket = QStringLiteral("account");
    if (m_dice.chance(m_weather.throttledAccount))
        return throttled;
    throttled.bucket = QStringLiteral("destination");
    if (m_dice.chance(m_weather.throttledDestination))
        return throttled;
    taken = true;
    return outcomeOf(m_dice.chance(m_weather.lostAfter) ? OutcomeKind::Uncertain : OutcomeKind::Sent);
}

void Platform::answer(Transmission& transmission)
{
    if (!transmission.sender || transmission.told)
        return;
    m_withheld.erase(transmission.number);
    Outcome outcome = transmission.answer;
    if (outcome.kind == OutcomeKind::Sent) {
        outcome.providerId = transmission.providerId();
        outcome.receiptsFollow = !transmission.tells.isEmpty();
    }
    transmission.told = outcome.kind;
    const int times = m_dice.chance(m_weather.twice) ? 2 : 1;
    m_trace.line(
        QStringLiteral("answer %1: %2%3").arg(transmission.number).arg(nameOf(outcome.kind), times == 2 ? u", twice" : u""));
    m_listener(transmission);
    if (m_mumbling)
        outcome.notBeforeMs = 0;
    transmission.sender->take(outcome, times);
}

void Platform::hurry(SimulatedSender* sender)
{
    for (const auto& [number, transmission] : m_transmissions) {
        if (transmission.sender == sender && m_withheld.erase(number) != 0)
            m_events.emplace(m_clock.steady() + m_dice.between(0, 2 * soonMs), Event{number, true});
    }
}

void Platform::hangUp(SimulatedSender* sender)
{
    for (auto event = m_events.begin(); event != m_events.end();) {
        Transmission& transmission = m_transmissions.at(event->second.number);
        const bool gone = transmission.sender == sender && (event->second.answer || m_dice.chance(500));
        event = gone ? m_events.erase(event) : std::next(event);
    }
    for (auto& [number, transmission] : m_transmissions) {
        if (transmission.sender != sender)
            continue;
        m_withheld.erase(number);
        transmission.sender = nullptr;
    }
}

SimulatedSender::SimulatedSender(Platform& platform, const AccountConfig& config)
    : m_platform(platform)
    , m_account(config)
    , m_limit(config.settings.value(QStringLiteral("in_flight")).toInt(1))
{
}

SimulatedSender::~SimulatedSender()
{
    m_platform.hangUp(this);
}

void SimulatedSender::send(QList<Message> messages)
{
    for (const Message& message : messages) {
        ++m_inFlight;
        if (!m_draining) {
            m_platform.transmit(this, m_account, message);
            continue;
        }
        Outcome stopping = outcomeOf(OutcomeKind::ProviderDown);
        stopping.deliveryId = message.deliveryId;
        take(stopping, 1);
    }
}

void SimulatedSender::drain()
{
    m_draining = true;
    m_platform.hurry(this);
    reportIfDrained();
}

void SimulatedSender::take(const Outcome& outcome, int times)
{
    --m_inFlight;
    for (int i = 0; i < times; ++i)
        Q_EMIT outcomes({outcome});
    Q_EMIT capacityChanged();
    reportIfDrained();
}

void SimulatedSender::reportIfDrained()
{
    if (!m_draining || m_inFlight > 0 || m_drained)
        return;
    m_drained = true;
    Q_EMIT drained();
}

SimulatedProvider::SimulatedProvider(Platform& platform)
    : m_platform(platform)
    , m_receipts(simulatorReceiptRules())
{
    m_description.key = QStringLiteral("simulated");
    m_description.name = m_description.key;
    m_description.channel = QStringLiteral("email");
    ProviderField inFlight;
    inFlight.key = QStringLiteral("in_flight");
    inFlight.type = FieldType::Number;
    ProviderField tells;
    tells.key = QStringLiteral("tells");
    m_description.fields = {inFlight, tells};
}

std::unique_ptr<Sender> SimulatedProvider::makeSender(const AccountConfig& config) const
{
    return std::make_unique<SimulatedSender>(m_platform, config);
}

} // namespace carillon::simulation
