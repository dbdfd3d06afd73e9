// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "Ledger.h"
#include "Pace.h"
#include "Platform.h"
#include "Teller.h"
#include "engine/service/CampaignService.h"
#include "engine/service/TriggerService.h"

namespace carillon {
class ManualClock;
}

namespace carillon::simulation {

// Holds the promises against what happens: the log against the database, both against what the platform really got.
class Checker {
public:
    Checker(const Scenario& scenario, const ManualClock& clock, Platform& platform, const Teller& teller, Trace& trace);

    // The engine of run `run` has `reader` for us from now on.
    void newRun(int run, Connection& reader);
    // Entries up to `seq` were announced.
    void heard(qint64 seq) { m_ledger.follow(*m_reader, seq); }
    // Somebody changed who can be reached: a dry run of before need not be right any more.
    void disturb() { ++m_disturbances; }
    const Ledger& ledger() const { return m_ledger; }

    // The engine is told what became of a message.
    void onAnswer(const Transmission& transmission) { m_pace.onAnswer(transmission); }
    // A trigger was accepted.
    void onTriggered(const TriggerRequest& request, const TriggerAnswer& answer);
    void accountEdited(qint64 accountId) { m_pace.accountEdited(accountId); }

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
        std::optional<DryRun> dryRun;
        qint64 disturbances = 0;
    };

    // What a campaign has promised.
    struct Promised {
        qint64 notBefore = 0; // wall time
        qint64 missedOf = 0; // it is for those whom this campaign missed
        std::optional<qint64> canarySize; // while there is no verdict
        std::optional<double> perMinute; // as last set; nothing: never scheduled
    };
    struct Triggered {
        QByteArray body;
        qint64 id = 0;
    };

    void onWire(const Transmission& transmission);
    void checkAgain(const LoggedDelivery& logged, const Transmission& transmission);
    void onJudged(const LoggedDelivery& logged, const LogEntry& entry);
    void onCampaign(const LogEntry& entry);
    void onScheduled(const LogEntry& entry);
    void onPlanned(const LoggedDelivery& planned);
    Campaign campaignOf(qint64 id) const;
    Plan planOf(qint64 id) const;
    void checkCanary(const LoggedDelivery& logged);
    void checkWindow(const LoggedDelivery& logged);
    void checkTriggers();
    void checkPlan(qint64 campaignId, const Plan& plan);
    void compareRows();
    void checkLeases();
    void checkMailbox(const LoggedDelivery& logged);
    // What the platforms told of one delivery. `maybe`: what cannot be known to be of its last sending, or not, from what
    // they told.
    struct Told {
        std::set<int> states, statesMaybe; // by rank
        std::set<std::pair<ReceiptKind, qint64>> events, eventsMaybe; // engagements and complaints
        bool suppress = false;
        bool suppressMaybe = false;
    };
    std::map<qint64, Told> whatWasTold() const;
    void tell(Told& told, const TellerReceipt& receipt, const LoggedDelivery& logged, int journal) const;
    void checkReceipts();
    void checkState(const LoggedDelivery& logged, const Told& told);
    void checkEvents(const LoggedDelivery& logged, const Told& told);
    void checkSuppressions(const std::map<qint64, Told>& told);
    void checkCounts();
    const Topic& topicOf(const LoggedDelivery& logged) const;
    void broken(const QString& promise) { m_trace.broken(promise); }

    const Scenario& m_scenario;
    const ManualClock& m_clock;
    Platform& m_platform;
    const Teller& m_teller;
    Trace& m_trace;
    Ledger m_ledger;
    Pace m_pace;
    Connection* m_reader = nullptr;
    int m_run = 0;
    qint64 m_disturbances = 0;
    std::map<std::pair<qint64, int>, Wire> m_wires;
    std::map<qint64, QString> m_keys; // of deliveries, as first sent
    std::map<qint64, Plan> m_plans; // by campaign
    std::map<qint64, Promised> m_promised; // by campaign
    std::map<QString, Triggered> m_triggers; // by idempotency key
};

} // namespace carillon::simulation
