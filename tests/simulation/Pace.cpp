// SPDX-License-Identifier: GPL-3.0-or-later
#include "Pace.h"

#include "engine/base/ManualClock.h"

#include <algorithm>
#include <cmath>

namespace carillon::simulation {

namespace {

// What the engine promises of breakers and pauses.
constexpr int downInARow = 3;
constexpr int attemptsSeen = 20;
constexpr qint64 firstWaitMs = 5'000;
constexpr qint64 longWaitMs = 300'000;
constexpr qint64 leastPauseMs = 1'000;
constexpr double rounding = 1e-6;

double capacityOf(double perSecond, int burst)
{
    return std::max(1.0, burst > 0 ? double(burst) : std::floor(perSecond));
}

bool saysWhen(OutcomeKind kind)
{
    return kind == OutcomeKind::Retry || kind == OutcomeKind::Throttled || kind == OutcomeKind::ProviderDown;
}

} // namespace

void Pace::Gauge::set(double rate, int burst)
{
    perSecond = rate;
    capacity = capacityOf(rate, burst);
    level = capacity;
    next.reset();
}

void Pace::Gauge::settle(qint64 now)
{
    if (now > at && next) {
        const double before = perSecond == 0 ? capacityOf(*next, 0) : level;
        set(*next, 0);
        level = std::min(before, capacity);
    }
    level = std::min(capacity, level + perSecond * double(now - at) / 1'000);
    at = now;
}

bool Pace::Gauge::take(qint64 now)
{
    settle(now);
    if (perSecond == 0 || next == 0.0)
        return true;
    --level;
    return level > -rounding;
}

Pace::Pace(const Scenario& scenario, const ManualClock& clock, Trace& trace)
    : m_scenario(scenario)
    , m_clock(clock)
    , m_trace(trace)
{
}

void Pace::begin()
{
    m_accounts.clear();
    m_destinations.clear();
    m_edited.clear();
    for (auto& [campaign, gauge] : m_throttles)
        gauge.set(gauge.next.value_or(gauge.perSecond), 0);
    for (const Account& account : m_scenario.accounts)
        m_accounts[account.id].gauge.set(account.limits.perSecond, account.limits.burst);
}

const Account& Pace::accountOf(qint64 id) const
{
    return *std::find_if(m_scenario.accounts.begin(), m_scenario.accounts.end(),
                         [id](const Account& account) { return account.id == id; });
}

Pace::Line& Pace::destinationOf(const Transmission& transmission)
{
    const Message& message = transmission.message;
    const auto [found, isNew]
        = m_destinations.try_emplace({transmission.accountId, carillon::destinationOf(message.channel, message.to)});
    const AccountLimits& limits = accountOf(transmission.accountId).limits;
    if (isNew)
        found->second.gauge.set(limits.destinationPerSecond, limits.destinationBurst);
    return found->second;
}

void Pace::throttle(qint64 campaignId, double perMinute, bool begins)
{
    Gauge& gauge = m_throttles[campaignId];
    if (begins)
        return gauge.set(perMinute / 60, 0);
    gauge.settle(m_clock.steady());
    gauge.next = perMinute / 60;
}

void Pace::onWire(const Transmission& transmission, const LoggedDelivery& logged)
{
    const bool answerWasLost = !logged.judgements.isEmpty() && logged.judgements.last().outcome == Judgement::Lost;
    if (const auto found = m_notBefore.find(logged.delivery.id); found != m_notBefore.end() && !answerWasLost) {
        const NotBefore& notBefore = found->second;
        if (m_scenario.weather.jump == 0 && notBefore.accountId == transmission.accountId
            && notBefore.byHand == logged.byHand && m_clock.steady() < notBefore.at)
            broken(transmission, QStringLiteral("goes %1 ms too early").arg(notBefore.at - m_clock.steady()));
    }
    m_notBefore[logged.delivery.id] = {0, transmission.accountId, logged.byHand};
    ++m_accounts[transmission.accountId].inFlight;
    ++destinationOf(transmission).inFlight;
    if (!m_scenario.prompt)
        return;
    checkRates(transmission, logged);
    checkWaits(transmission);
    if (m_edited.count(transmission.accountId) == 0)
        checkBreaker(transmission);
}

void Pace::checkRates(const Transmission& transmission, const LoggedDelivery& logged)
{
    const qint64 now = m_clock.steady();
    const AccountLimits& limits = accountOf(transmission.accountId).limits;
    Line& line = m_accounts[transmission.accountId];
    Line& destination = destinationOf(transmission);
    if (!line.gauge.take(now))
        broken(transmission, QStringLiteral("exceeds the rate of its account"));
    if (!destination.gauge.take(now))
        broken(transmission, QStringLiteral("exceeds the rate of its destination"));
    if (limits.inFlight > 0 && line.inFlight > limits.inFlight)
        broken(transmission, QStringLiteral("is one too many in flight for its account"));
    if (limits.destinationInFlight > 0 && destination.inFlight > limits.destinationInFlight)
        broken(transmission, QStringLiteral("is one too many in flight for its destination"));
    if (logged.delivery.campaignId != 0 && !m_throttles[logged.delivery.campaignId].take(now))
        broken(transmission, QStringLiteral("exceeds the throttle of its campaign"));
}

void Pace::checkWaits(const Transmission& transmission)
{
    const qint64 now = m_clock.steady();
    const Line& line = m_accounts[transmission.accountId];
    const Line& destination = destinationOf(transmission);
    if (m_edited.count(transmission.accountId) == 0 && now > line.saidAt && now < line.waitUntil)
        broken(transmission, QStringLiteral("goes though its account is to pause"));
    if (now > destination.saidAt && now < destination.waitUntil)
        broken(transmission, QStringLiteral("goes though its destination is to be left alone"));
}

void Pace::checkBreaker(const Transmission& transmission)
{
    const qint64 now = m_clock.steady();
    Line& line = m_accounts[transmission.accountId];
    if (line.breaker == Breaker::Closed || now == line.openedAt)
        return;
    if (line.breaker == Breaker::Probing)
        return broken(transmission, QStringLiteral("goes though a probe is out"));
    if (now < line.retryAt)
        return broken(transmission, QStringLiteral("goes though the breaker of its account is open"));
    if (line.downAt == now) // another answer has ended the probe before it began
        return open(line, 0);
    line.breaker = Breaker::Probing;
}

void Pace::onAnswer(const Transmission& transmission)
{
    const Outcome& outcome = transmission.answer;
    const qint64 now = m_clock.steady();
    Line& line = m_accounts[transmission.accountId];
    Line& destination = destinationOf(transmission);
    --line.inFlight;
    --destination.inFlight;
    if (saysWhen(outcome.kind))
        m_notBefore[transmission.message.deliveryId].at = now + outcome.notBeforeMs;
    if (outcome.kind == OutcomeKind::Throttled) {
        Line& whose = outcome.bucket == QStringLiteral("destination") ? destination : line;
        whose.saidAt = now;
        whose.waitUntil = std::max(whose.waitUntil, now + std::max(leastPauseMs, outcome.notBeforeMs));
    }
    heed(line, outcome);
}

void Pace::heed(Line& line, const Outcome& outcome)
{
    const bool isDown = outcome.kind == OutcomeKind::ProviderDown;
    if (!isDown && outcome.kind != OutcomeKind::Uncertain)
        return answered(line);
    if (line.breaker == Breaker::Open) {
        line.downAt = m_clock.steady();
        line.retryAt = std::max(line.retryAt, isDown ? m_clock.steady() + outcome.notBeforeMs : 0);
        return;
    }
    note(line, true);
    line.downInARow += isDown ? 1 : 0;
    const bool often = line.bad.size() == attemptsSeen && line.bad.count(true) * 2 >= attemptsSeen;
    const bool inARow = isDown && (line.downInARow >= downInARow || outcome.notBeforeMs >= longWaitMs);
    if (line.breaker == Breaker::Probing || often || inARow)
        open(line, isDown ? outcome.notBeforeMs : 0);
}

void Pace::answered(Line& line)
{
    if (line.breaker != Breaker::Closed)
        line.bad.clear();
    line.breaker = Breaker::Closed;
    line.downInARow = 0;
    note(line, false);
}

void Pace::note(Line& line, bool bad) const
{
    line.bad << bad;
    if (line.bad.size() > attemptsSeen)
        line.bad.removeFirst();
}

void Pace::open(Line& line, qint64 askedMs) const
{
    line.breaker = Breaker::Open;
    line.openedAt = m_clock.steady();
    line.retryAt = line.openedAt + std::max(firstWaitMs, askedMs);
}

void Pace::broken(const Transmission& transmission, const QString& what)
{
    m_trace.broken(QStringLiteral("delivery %1 (wire %2) through account %3 ")
                       .arg(transmission.message.deliveryId)
                       .arg(transmission.number)
                       .arg(transmission.accountId)
                   + what);
}

} // namespace carillon::simulation
