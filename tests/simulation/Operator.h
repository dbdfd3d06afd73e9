// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "Checker.h"
#include "World.h"

namespace carillon::simulation {

// The people at the console: schedule, pause, resume, cancel, decide about deliveries, and edit what the campaigns are made
// of while they run.
class Operator {
public:
    Operator(Scenario& scenario, World& world, Checker& checker, ManualClock& clock, Dice& dice, Trace& trace);

    // Sends off most of what is there, now or a little later.
    void begin();
    // Does something.
    void act();
    // Wants everything to come to its end: resumes what is paused, schedules what is a draft.
    void tidyUp();
    // Notes the answers that have come.
    void listen();
    // Everything that was asked has its answer.
    bool heardAll() const { return m_asked.isEmpty(); }
    // The engine died: no answer will come.
    void forget() { m_asked.clear(); }

private:
    struct Asked {
        QString what;
        std::function<std::optional<QString>()> answer; // nothing yet
    };

    template <typename T>
    using Done = std::function<void(const std::conditional_t<std::is_void_v<T>, Error, T>&)>;

    // `done`: what follows from a good answer.
    template <typename T>
    void ask(const QString& what, const Future<T>& future, const Done<T>& done = {});
    void schedule(qint64 campaign, qint64 at);
    void control(qint64 campaign);
    void decide(qint64 campaign);
    void sendToMissed(qint64 campaign);
    void trigger();
    TriggerRequest makeRequest();
    void editContacts();
    void editAccount();
    DeliverySelection deliveriesIn(DeliveryState state, qint64 campaign) const;

    Scenario& m_scenario;
    World& m_world;
    Checker& m_checker;
    ManualClock& m_clock;
    Dice& m_dice;
    Trace& m_trace;
    QList<Asked> m_asked;
    int m_edits = 0;
};

} // namespace carillon::simulation
