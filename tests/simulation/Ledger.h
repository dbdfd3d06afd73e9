// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "Trace.h"
#include "engine/model/Campaign.h"
#include "engine/model/Delivery.h"
#include "engine/model/LogEntry.h"

#include <map>

namespace carillon {
class Connection;
}

namespace carillon::simulation {

// What the log says of one attempt.
struct Judgement {
    inline static const QString Lost = QStringLiteral("lost"); // the engine died meanwhile
    inline static const QString NeverBegun = QStringLiteral("never begun"); // given up between the journal and the wire

    QString outcome; // name of an OutcomeKind, or one of these
    qint64 seq = 0;
};

// A delivery as the log alone tells of it.
struct LoggedDelivery {
    Delivery delivery; // its state and attempts are replayed, the rest is as in the database
    qint64 journalSeq = 0; // when it last went on the wire
    qint64 journalTime = 0;
    QList<Judgement> judgements; // one for each time that it went on the wire, and was answered
    int journals = 0; // how often it went on the wire
    int byHand = 0; // sent again by hand
    bool acceptedByHand = false; // "sent" is what a person said
    DeliveryState own = DeliveryState::Queued; // its state but for what platforms told later
    bool toldFailed = false; // by its platform, after it had taken it
    int complaints = 0;
    QMap<QString, int> engagements; // by kind
};

struct LoggedCampaign {
    CampaignState state = CampaignState::Draft;
    CampaignState pausedIn = CampaignState::Draft; // while it is paused
    qint64 stateSeq = 0;
};

// Replays the log from its first entry, as any reader of it may: nothing but the log changes a state here. Says so when an
// entry makes no sense: a gap in the numbers, a step that is not allowed.
class Ledger {
public:
    explicit Ledger(Trace& trace)
        : m_trace(trace)
    {
    }

    // Called after each entry that plans a delivery, that judges an attempt, that is of a campaign, and that is of none of
    // these.
    std::function<void(const LoggedDelivery&)> planned;
    std::function<void(const LoggedDelivery&, const LogEntry&)> judged;
    std::function<void(const LogEntry&)> campaignChanged;
    std::function<void(const LogEntry&)> somethingElse;

    // Reads everything up to and including `seq`.
    void follow(Connection& connection, qint64 seq);
    qint64 lastSeq() const { return m_lastSeq; }

    const std::map<qint64, LoggedDelivery>& deliveries() const { return m_deliveries; }
    const std::map<qint64, LoggedCampaign>& campaigns() const { return m_campaigns; }
    const LoggedDelivery* find(qint64 deliveryId) const;
    LoggedCampaign campaign(qint64 id) const;

private:
    void take(Connection& connection, const LogEntry& entry);
    void takeCampaign(const LogEntry& entry);
    void takeEngagement(const LogEntry& entry);
    void takeDelivery(Connection& connection, const LogEntry& entry, qint64 deliveryId, const QString& state);
    void add(Connection& connection, qint64 deliveryId, const LogEntry& entry);
    void step(LoggedDelivery& logged, DeliveryState to, const LogEntry& entry);
    void judge(LoggedDelivery& logged, const LogEntry& entry);

    Trace& m_trace;
    qint64 m_lastSeq = 0;
    std::map<qint64, LoggedDelivery> m_deliveries;
    std::map<qint64, LoggedCampaign> m_campaigns;
};

} // namespace carillon::simulation
