// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "Dice.h"
#include "engine/model/Campaign.h"
#include "engine/model/Contact.h"
#include "engine/model/Topic.h"

namespace carillon {
class Connection;
}

namespace carillon::simulation {

// How often what goes wrong, per thousand: of messages, of steps, or milliseconds.
struct Weather {
    // Of messages.
    int retry = 0;
    int lostBefore = 0; // the connection breaks before the platform has taken it, and nobody knows
    int lostAfter = 0; // the same after
    int withheld = 0; // the answer does not come until the connection ends
    int twice = 0; // the answer comes twice
    int throttledAccount = 0;
    int throttledDestination = 0;
    int down = 0;
    qint64 latencyMs = 50; // at the most, each way
    // Of receipts.
    int contradict = 0; // a platform says anything at all of a message
    int toldTwice = 0;
    int deaf = 0; // our answer does not reach the platform: it tells again
    qint64 tellWithinMs = 0;
    // Of steps.
    int crash = 0;
    int stop = 0; // an orderly one
    int diskFault = 0;
    int operate = 0;
    int jump = 0;
    int outage = 0; // of a whole account
    int forge = 0; // receipts for what was never sent
    // Of one commit.
    qint64 slowDiskMs = 0;
};

// What the world of one seed looks like before anything happens.
struct Scenario {
    Weather weather;
    QList<Account> accounts;
    QList<Topic> topics;
    QList<QList<Route>> routes; // of each topic, accounts by their position in `accounts`
    QList<Contact> contacts;
    QList<Suppression> suppressions;
    QList<QList<qint64>> lists; // contacts, by their number from 1
    QList<Campaign> campaigns; // topics by their position in `topics`
    bool prompt = false; // time passes only when the engine waits for it
    qint64 chaosMs = 0; // how long things go wrong
    int chaosSteps = 0;

    // Writes it into an empty workspace, and replaces positions by ids.
    void write(Connection& connection);
};

Scenario makeScenario(Dice& dice);

} // namespace carillon::simulation
