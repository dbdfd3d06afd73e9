// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "Operator.h"

namespace carillon::simulation {

// A mistake that is built in on purpose, to see that it is noticed.
enum class Mutation {
    None,
    LosesEntries, // the recorder leaves out log entries
    LosesDeliveries, // a planned delivery is never sent
    SendsAgain, // what was sent is queued once more
    CountsTooMuch, // throttling burns attempts
    PlansTooFew, // a contact is neither planned nor left out
    ForgetsPause, // a paused campaign goes on
    PlatformLies, // it takes messages and says that it did not
    ForgetsLimits, // of accounts and destinations
    ForgetsThrottles, // of campaigns
    ForgetsCanaries,
    ForgetsWaits, // how long the platform has asked to be left alone
    ForgetsOutages, // a breaker closes as soon as it opens
    ForgetsKeys, // of triggers
    ForgetsHolds, // what was sent off goes out at once
    ForgetsWindows,
    SendsToAll, // and not to those who were missed alone
    LosesEarlyReceipts, // those that come before the send is recorded
    LosesReceiptIds, // whose message a receipt is of
    KeepsOlderReceipts, // the first one told holds
    ForgetsComplaints, // whoever complains is written to again
    SuppressesTooMuch, // also for failures that pass
    CountsReadingTwice,
    BelievesTooSoon, // platforms are answered before anything is committed
};

QStringList mutationNames();
std::optional<Mutation> mutationOf(const QString& name);

struct Verdict {
    quint64 seed = 0;
    QString broken; // which promise; empty: all were kept
    QStringList lastLines; // what led to it
    quint64 hash = 0; // of the whole trace: equal for equal seeds
    qint64 campaigns = 0;
    qint64 deliveries = 0;
    qint64 steps = 0;
    qint64 crashes = 0;
};

// One world from its beginning until every campaign is over: what happens, and in which order, comes from the seed alone.
//
// There is one thread. A step is one group of writes, one read, one answer of a read, one thing that happens on a platform,
// one operator's action, the passing of time, a fault; or the events that Qt has waiting. First things go wrong as the
// seed's weather has it; then it calms down, and everything must come to its end.
class Simulation {
public:
    // `folder` is empty but for the template (see makeTemplate()). `disk` lies below every database.
    Simulation(quint64 seed, const QString& folder, FaultyDisk& disk, Mutation mutation, bool echo);

    // An empty workspace that worlds are copied from, so that each need not be migrated anew. Once per folder.
    static Status makeTemplate(const QString& folder);

    Verdict run();

private:
    struct Choice {
        int weight = 0;
        std::function<void()> act;
    };

    Status prepare();
    void mutate(Connection& connection) const;
    void start();
    void crash();
    void stop();
    void chaos();
    void calm();
    void step(bool faults);
    bool isOver() const;

    void addWork(QList<Choice>& choices);
    void addFaults(QList<Choice>& choices);
    void writeGroup();
    void dieWriting();
    void readOne();
    void answerRead();
    void diskFault();
    void jump();
    void outage();
    void passTime(qint64 most);
    std::optional<qint64> untilNext() const;
    void deliverEvents();

    const quint64 m_seed;
    const QString m_path;
    const QString m_templatePath;
    FaultyDisk& m_disk;
    const Mutation m_mutation;
    Dice m_dice;
    SeededRandom m_random;
    Trace m_trace;
    ManualClock m_clock;
    Scenario m_scenario;
    Platform m_platform;
    Teller m_teller;
    World m_world;
    Checker m_checker;
    Operator m_operator;
    std::deque<std::function<void()>> m_readAnswers; // of reads that are done
    qint64 m_diskBusyUntil = 0; // steady time
    qint64 m_diskHealsAt = 0; // 0: it is well
    qint64 m_jumpedBack = 0;
    qint64 m_steps = 0;
    qint64 m_crashes = 0;
};

} // namespace carillon::simulation
