// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/model/Campaign.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <memory>

namespace carillon {

class Clock;
class Dispatcher;
class Planner;
class Store;
struct CanaryCount;

// Carries campaigns through their states: starts what is due, plans audiences page by page, hands what is planned to the
// dispatcher, judges the first deliveries of those that have a canary, finishes what is done, and sweeps what was cancelled.
// Lives in the engine's thread.
//
// Every page is one transaction together with the cursor, so that planning goes on after a crash where it stopped. A canary
// is counted anew from the deliveries after a crash.
class CampaignRunner : public QObject {
    Q_OBJECT

public:
    // Contacts planned in one transaction: well below 25 ms of the writer's time.
    static constexpr int PageSize = 500;
    // Deliveries cancelled in one transaction: a few ms, so that others come in between.
    static constexpr int SweepSize = 200;

    CampaignRunner(Store& store, Clock& clock, Dispatcher& dispatcher, QObject* parent = nullptr);

    // Takes up every campaign that is under way. Call it once, after recovery.
    void start();
    // A campaign was scheduled, paused, resumed, cancelled or reopened.
    void look(qint64 campaignId);

private:
    // The first deliveries of a campaign, while the rest waits for them.
    struct CanaryWatch {
        int number = 0; // tells one beginning from another
        qint64 size = 0;
        bool counted = false; // size is known, and the dispatcher has its allowance
        bool judging = false;
        bool again = false; // more was recorded meanwhile
    };

    void takeUp(const Campaign& campaign);
    void startDue();
    void wakeIn(qint64 ms, int number);
    void plan(const Campaign& campaign);
    void planPage(qint64 campaignId, const std::shared_ptr<Planner>& planner);
    void send(const Campaign& campaign);
    void beginCanary(const Campaign& campaign);
    void runCanary(qint64 campaignId, int number, const CanaryCount& count);
    void judgeCanary(qint64 campaignId);
    void settleCanary(qint64 campaignId);
    void stop(qint64 campaignId);
    void finish(qint64 campaignId);
    void sweep(qint64 campaignId);
    void again(qint64 campaignId);

    Store& m_store;
    Clock& m_clock;
    Dispatcher& m_dispatcher;
    QSet<qint64> m_planning;
    QSet<qint64> m_sweeping;
    QHash<qint64, CanaryWatch> m_canaries; // by campaign
    int m_canaryNumber = 0;
    QSet<qint64> m_cancelled; // those that may still get deliveries back from the wire
    int m_wakeNumber = 0;
};

} // namespace carillon
