// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "Ledger.h"
#include "Platform.h"
#include "engine/service/CampaignService.h"

namespace carillon {
class ManualClock;
}

namespace carillon::simulation {

// Holds the promises against what happens: the log against the database, both against what the platform really got.
class Checker {
public:
    Checker(const Scenario& scenario, const ManualClock& clock, Platform& platform, Trace& trace);

    // The engine of run `run` has `reader` for us from now on.
    void newRun(int run, Connection& reader);
    // Entries up to `seq` were announced.
    void heard(qint64 seq) { m_ledger.follow(*m_reader, seq); }
    // Somebody changed who can be reached: a dry run of before need not be right any more.
    void disturb() { ++m_disturbances; }
    const Ledger& ledger() const { return m_ledger; }

    // What must hold between any two steps.
    void quiet();
    // What must hold once every campaign is over.
    void end();

private:
    // One message on the wire, by its delivery and how manyeth time that is.
    struct Wire {
        qint64 number = 0;
        int run = 0;
    };
    struct Plan {
        DryRun dryRun;
        qint64 disturbances = 0;
    };

    void onWire(const Transmission& transmission);
    void checkAgain(const LoggedDelivery& logged, const Transmission& transmission);
    void onJudged(const LoggedDelivery& logged, const LogEntry& entry);
    void onCampaign(const LogEntry& entry);
    void checkPlan(qint64 campaignId, const Plan& plan);
    void compareRows();
    void checkLeases();
    void checkMailbox(const LoggedDelivery& logged);
    const Topic& topicOf(const LoggedDelivery& logged) const;
    void broken(const QString& promise) { m_trace.broken(promise); }

    const Scenario& m_scenario;
    const ManualClock& m_clock;
    Platform& m_platform;
    Trace& m_trace;
    Ledger m_ledger;
    Connection* m_reader = nullptr;
    int m_run = 0;
    qint64 m_disturbances = 0;
    std::map<std::pair<qint64, int>, Wire> m_wires;
    std::map<qint64, QString> m_keys; // of deliveries, as first sent
    std::map<qint64, Plan> m_plans; // by campaign
};

} // namespace carillon::simulation
