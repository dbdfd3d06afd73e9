// SPDX-License-Identifier: GPL-3.0-or-later
// What can happen in one step, and how one of it is chosen.
#include "Simulation.h"

#include <QCoreApplication>

#include <limits>

namespace carillon::simulation {

namespace {

constexpr int stepsBetweenChecks = 400;
constexpr qint64 idleMs = 1'000; // when nothing waits for anything but people
constexpr qint64 longestTurnMs = 30'000; // while something could be done: an engine that is late, not one that stands still
constexpr size_t readers = 2; // reads under way at the same time, as the store has them

} // namespace

void Simulation::step(bool faults)
{
    ++m_steps;
    m_operator.listen();
    m_teller.listen();
    if (m_diskHealsAt != 0 && m_clock.steady() >= m_diskHealsAt) {
        m_trace.line(QStringLiteral("the disk is well again"));
        m_disk.heal();
        m_diskHealsAt = 0;
    }
    if (m_steps % stepsBetweenChecks == 0)
        m_checker.quiet();
    QList<Choice> choices;
    addWork(choices);
    if (choices.isEmpty()) {
        deliverEvents();
        addWork(choices);
    }
    if (choices.isEmpty() || !m_scenario.prompt)
        choices << (choices.isEmpty() ? Choice{60, [this] { passTime(std::numeric_limits<qint64>::max()); }}
                                      : Choice{3, [this] { passTime(longestTurnMs); }});
    choices << Choice{40, [this] { deliverEvents(); }};
    if (faults)
        addFaults(choices);
    int total = 0;
    for (const Choice& choice : choices)
        total += choice.weight;
    qint64 roll = m_dice.between(0, total - 1);
    for (const Choice& choice : choices) {
        roll -= choice.weight;
        if (roll < 0)
            return choice.act();
    }
}

void Simulation::addWork(QList<Choice>& choices)
{
    if (m_world.store().waitingWrites() > 0 && m_clock.steady() >= m_diskBusyUntil)
        choices << Choice{25, [this] { writeGroup(); }};
    if (m_world.store().waitingReads() > 0 && m_readAnswers.size() < readers)
        choices << Choice{25, [this] { readOne(); }};
    if (!m_readAnswers.empty())
        choices << Choice{25, [this] { answerRead(); }};
    if (const std::optional<qint64> next = m_platform.next(); next && *next <= m_clock.steady())
        choices << Choice{25, [this] { m_platform.act(); }};
    if (const std::optional<qint64> next = m_teller.next(); next && *next <= m_clock.steady())
        choices << Choice{25, [this] { m_teller.act(); }};
}

// Their weights are per thousand of an average step.
void Simulation::addFaults(QList<Choice>& choices)
{
    const Weather& weather = m_scenario.weather;
    int rate = 0;
    const auto add = [&](int weight, std::function<void()> act) {
        rate += weight;
        if (weight > 0 && m_dice.chance(weight))
            choices = {Choice{1, std::move(act)}};
    };
    add(weather.operate, [this] { m_operator.act(); });
    add(weather.forge, [this] { m_teller.forge(m_dice.pick(m_scenario.accounts).id); });
    add(weather.outage, [this] { outage(); });
    add(weather.jump, [this] { jump(); });
    add(weather.diskFault, [this] { diskFault(); });
    add(weather.stop, [this] { stop(); });
    add(weather.crash, [this] { m_dice.chance(300) ? dieWriting() : crash(); });
}

void Simulation::deliverEvents()
{
    QCoreApplication::sendPostedEvents();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

void Simulation::writeGroup()
{
    const qint64 most = m_dice.chance(500) ? 256 : m_dice.between(1, 3);
    m_trace.line(QStringLiteral("write: %1 of %2").arg(most).arg(m_world.store().waitingWrites()));
    m_world.store().runWrites(size_t(most));
    m_diskBusyUntil = m_clock.steady() + m_dice.between(0, m_scenario.weather.slowDiskMs);
}

// The power goes in the middle of a commit: some of it is on the disk, or all of it, or nothing.
void Simulation::dieWriting()
{
    const int writes = int(m_dice.between(0, 12));
    m_trace.line(QStringLiteral("dies after %1 more writes").arg(writes));
    m_disk.failAfter(writes, FaultyDisk::Fault::Broken);
    m_world.store().runWrites(256);
    crash();
}

void Simulation::readOne()
{
    m_trace.line(QStringLiteral("read"));
    m_readAnswers.push_back(m_world.store().runRead());
    if (m_dice.chance(700))
        answerRead();
}

void Simulation::answerRead()
{
    const auto chosen = m_readAnswers.begin() + m_dice.between(0, qint64(m_readAnswers.size()) - 1);
    const std::function<void()> answer = std::move(*chosen);
    m_readAnswers.erase(chosen);
    m_trace.line(QStringLiteral("read answered"));
    answer();
}

void Simulation::diskFault()
{
    const FaultyDisk::Fault fault = m_dice.chance(500) ? FaultyDisk::Fault::Full : FaultyDisk::Fault::Broken;
    m_trace.line(fault == FaultyDisk::Fault::Full ? QStringLiteral("the disk is full")
                                                  : QStringLiteral("the disk is broken"));
    m_disk.failAfter(int(m_dice.between(0, 40)), fault);
    m_diskHealsAt = m_clock.steady() + m_dice.between(1, 30'000);
}

void Simulation::jump()
{
    const qint64 by = m_dice.between(-7'200'000, 7'200'000);
    m_trace.line(QStringLiteral("the clock jumps by %1 ms").arg(by));
    m_jumpedBack += qMax<qint64>(0, -by);
    m_clock.jump(by);
}

void Simulation::outage()
{
    const qint64 account = m_dice.pick(m_scenario.accounts).id;
    m_platform.setOutage(account, !m_platform.hasOutage(account));
}

// Up to the next thing that is due, whoever waits for it; sometimes less.
void Simulation::passTime(qint64 most)
{
    const qint64 next = qMin(most, untilNext().value_or(idleMs));
    m_clock.advance(m_dice.chance(900) ? next : m_dice.between(0, next));
}

std::optional<qint64> Simulation::untilNext() const
{
    std::optional<qint64> next;
    const auto consider = [&](qint64 ms) { next = qMin(next.value_or(ms), qMax<qint64>(0, ms)); };
    if (m_clock.untilNext() >= 0)
        consider(m_clock.untilNext());
    if (const std::optional<qint64> outside = m_platform.next(); outside && *outside > m_clock.steady())
        consider(*outside - m_clock.steady());
    if (const std::optional<qint64> told = m_teller.next(); told && *told > m_clock.steady())
        consider(*told - m_clock.steady());
    if (m_diskBusyUntil > m_clock.steady())
        consider(m_diskBusyUntil - m_clock.steady());
    if (m_diskHealsAt > m_clock.steady())
        consider(m_diskHealsAt - m_clock.steady());
    return next;
}

} // namespace carillon::simulation
