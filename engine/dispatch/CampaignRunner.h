// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/model/Campaign.h"

#include <QObject>
#include <QSet>

#include <memory>

namespace carillon {

class Clock;
class Dispatcher;
class Planner;
class Store;

// Carries campaigns through their states: starts what is due, plans audiences page by page, hands what is planned to the
// dispatcher, finishes what is done, and sweeps what was cancelled. Lives in the engine's thread.
//
// Every page is one transaction together with the cursor, so that planning goes on after a crash where it stopped.
class CampaignRunner : public QObject {
    Q_OBJECT

public:
    // Contacts planned, or deliveries cancelled, in one transaction: well below 25 ms of the writer's time.
    static constexpr int PageSize = 500;

    CampaignRunner(Store& store, Clock& clock, Dispatcher& dispatcher, QObject* parent = nullptr);

    // Takes up every campaign that is under way. Call it once, after recovery.
    void start();
    // A campaign was scheduled, paused, resumed, cancelled or reopened.
    void look(qint64 campaignId);

private:
    void takeUp(const Campaign& campaign);
    void startDue();
    void scheduleNextStart();
    void plan(const Campaign& campaign);
    void planPage(qint64 campaignId, const std::shared_ptr<Planner>& planner);
    void finish(qint64 campaignId);
    void sweep(qint64 campaignId);
    void again(qint64 campaignId);

    Store& m_store;
    Clock& m_clock;
    Dispatcher& m_dispatcher;
    QSet<qint64> m_planning;
    QSet<qint64> m_sweeping;
    QSet<qint64> m_cancelled; // those that may still get deliveries back from the wire
    int m_wakeNumber = 0;
};

} // namespace carillon
