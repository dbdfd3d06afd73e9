// SPDX-License-Identifier: GPL-3.0-or-later
#include "Simulation.h"

#include "engine/store/Connection.h"

#include <QCoreApplication>
#include <QFile>

namespace carillon::simulation {

namespace {

constexpr qint64 startOfTime = 1'790'000'000'000;
// Once nothing goes wrong any more: some retries an hour apart, a breaker, a throttle, a schedule, windows of ten minutes a
// day.
constexpr qint64 longestEndMs = 15 * 24 * 3'600'000LL;
constexpr qint64 stepsForAll = 50'000;
constexpr qint64 stepsForOne = 300; // contact

} // namespace

Simulation::Simulation(quint64 seed, const QString& folder, FaultyDisk& disk, Mutation mutation, bool echo)
    : m_seed(seed)
    , m_path(folder + QStringLiteral("/world.carillon"))
    , m_templatePath(folder + QStringLiteral("/template.carillon"))
    , m_disk(disk)
    , m_mutation(mutation)
    , m_dice(seed)
    , m_random(m_dice.seed())
    , m_trace(echo)
    , m_clock(startOfTime)
    , m_scenario(makeScenario(m_dice))
    , m_platform(m_clock, m_dice, m_scenario.weather, m_trace)
    , m_teller(m_clock, m_dice, m_scenario.weather, m_trace)
    , m_world(m_path, m_clock, m_random, m_platform, disk)
    , m_checker(m_scenario, m_clock, m_platform, m_teller, m_trace)
    , m_operator(m_scenario, m_world, m_checker, m_clock, m_dice, m_trace)
{
    m_trace.setTime([this] { return m_clock.steady(); });
    m_platform.setLying(mutation == Mutation::PlatformLies);
    m_platform.setMumbling(mutation == Mutation::ForgetsWaits);
    m_platform.setTaker([this](const Transmission& transmission) { m_teller.taken(transmission); });
    m_teller.setHasty(mutation == Mutation::BelievesTooSoon);
    m_teller.setPost(
        [this](qint64 accountId, const QByteArray& json) { return m_world.receipts().receiveInside(accountId, json); });
    m_platform.setListener([this](const Transmission& transmission) {
        m_checker.onAnswer(transmission);
        if (m_mutation == Mutation::ForgetsOutages)
            m_world.dispatch().accountChanged(transmission.accountId);
    });
}

Status Simulation::makeTemplate(const QString& folder)
{
    const QString path = folder + QStringLiteral("/template.carillon");
    const ManualClock clock(startOfTime);
    if (const auto store = Store::open(path, clock, StoreThreads::None); !store)
        return fail(store.error());
    const auto connection = Connection::open(path, Connection::Access::Write);
    if (!connection)
        return fail(connection.error());
    (*connection)->run("UPDATE workspace SET value = 'simulation' WHERE key = 'id'"); // else random
    return {};
}

Status Simulation::prepare()
{
    for (const QString& suffix : {QString(), QStringLiteral("-wal"), QStringLiteral("-shm")})
        QFile::remove(m_path + suffix);
    if (!QFile::copy(m_templatePath, m_path))
        return fail(ErrorCode::Storage, QStringLiteral("%1 cannot be copied").arg(m_templatePath));
    const auto connection = Connection::open(m_path, Connection::Access::Write);
    if (!connection)
        return fail(connection.error());
    m_scenario.write(**connection);
    mutate(**connection);
    return {};
}

Verdict Simulation::run()
{
    if (const Status prepared = prepare(); !prepared) {
        m_trace.broken(prepared.error().message);
    } else {
        start();
        chaos();
        calm();
        if (!m_trace.isBroken())
            m_checker.end();
    }
    m_world.crash();
    Verdict verdict{m_seed, m_trace.whatIsBroken(), m_trace.last(), m_trace.hash()};
    verdict.campaigns = m_scenario.campaigns.size();
    verdict.deliveries = qint64(m_checker.ledger().deliveries().size());
    verdict.steps = m_steps;
    verdict.crashes = m_crashes;
    return verdict;
}

void Simulation::start()
{
    const Status started = m_world.start([this](qint64 seq) { m_checker.heard(seq); });
    if (!started)
        return m_trace.broken(QStringLiteral("the workspace cannot be opened: ") + started.error().message);
    m_trace.line(QStringLiteral("run %1 begins").arg(m_world.run()));
    m_checker.newRun(m_world.run(), m_world.reader());
    m_checker.quiet();
}

void Simulation::crash()
{
    ++m_crashes;
    m_trace.line(QStringLiteral("crash"));
    m_readAnswers.clear();
    m_world.crash();
    m_operator.forget();
    m_teller.hangUp();
    m_diskBusyUntil = 0;
    m_diskHealsAt = 0;
    if (m_dice.chance(300))
        m_clock.advance(m_dice.between(0, 600'000)); // it stays off for a while
    start();
}

// An orderly stop: what is on the wire is waited for, but not for ever.
void Simulation::stop()
{
    m_trace.line(QStringLiteral("stop"));
    const Future<void> stopped = m_world.dispatch().stop();
    for (int i = 0; i < 100'000 && !stopped.isFinished() && !m_trace.isBroken(); ++i)
        step(false);
    if (!stopped.isFinished())
        m_trace.broken(QStringLiteral("the engine does not stop"));
    crash();
}

void Simulation::chaos()
{
    const qint64 end = m_clock.steady() + m_scenario.chaosMs;
    m_operator.begin();
    for (int i = 0; i < m_scenario.chaosSteps && m_clock.steady() < end && !m_trace.isBroken(); ++i)
        step(true);
}

void Simulation::calm()
{
    m_trace.line(QStringLiteral("calm"));
    m_disk.heal();
    m_diskHealsAt = 0;
    m_platform.calmDown();
    m_teller.calmDown();
    m_scenario.weather.slowDiskMs = 0;
    const qint64 end = m_clock.steady() + longestEndMs + m_jumpedBack;
    const qint64 mostSteps = m_steps + stepsForAll + stepsForOne * qint64(m_scenario.contacts.size());
    qint64 tidyAt = m_clock.steady();
    while (!m_trace.isBroken() && (tidyAt <= m_clock.steady() || !isOver())) {
        if (m_clock.steady() >= tidyAt) {
            m_operator.tidyUp();
            tidyAt = m_clock.steady() + 60'000;
        }
        step(false);
        if (m_clock.steady() > end || m_steps > mostSteps)
            return m_trace.broken(QStringLiteral("a campaign does not come to its end"));
    }
}

// A draft that could not be scheduled reaches nobody: it is over as well.
bool Simulation::isOver() const
{
    if (!m_operator.heardAll() || !m_teller.isDone())
        return false;
    for (const Campaign& campaign : m_scenario.campaigns) {
        const LoggedCampaign logged = m_checker.ledger().campaign(campaign.id);
        if (logged.state != CampaignState::Finished && logged.state != CampaignState::Cancelled
            && logged.state != CampaignState::Draft)
            return false;
    }
    return std::all_of(m_checker.ledger().deliveries().begin(), m_checker.ledger().deliveries().end(),
                       [](const auto& delivery) { return isFinal(delivery.second.delivery.state); });
}

} // namespace carillon::simulation
