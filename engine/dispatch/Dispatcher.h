// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/dispatch/AccountLine.h"
#include "engine/dispatch/ActiveCampaign.h"
#include "engine/dispatch/ComposeContext.h"
#include "engine/dispatch/Queue.h"
#include "engine/dispatch/Recorder.h"
#include "engine/dispatch/RetryPolicy.h"
#include "engine/dispatch/TriggeredBatch.h"
#include "engine/dispatch/Turn.h"

#include <QSet>

#include <optional>

namespace carillon {

class Clock;
class ContentCache;
class Random;
class Store;

// How a campaign that is sending gets on.
struct CampaignFlow {
    double perMinute = 0; // sent in the last minute, or at that rate since it was taken up or its throttle changed
    double boundPerMinute = 0; // what throttle and accounts allow now; 0: no limit
    // "throttle", "account:<id>" (its limit, or a wait that it asked for), "canary", "window", "account_down:<id>"; empty:
    // the wire alone, or nothing waits.
    QString limitedBy;
    qint64 opensAt = 0; // wall time: when the window, a breaker or a throttle lets it go on; 0: it goes on
};

// Where the unsubscribe link of a delivery points; empty when there is none.
using UnsubscribeLink = std::function<QString(const Delivery&, const Brand&)>;

// Carries deliveries from the queue to the wire and back: claim -> compose -> journal -> send -> record. Lives in the
// engine's thread.
//
// Works whenever something can move: room in an account, an answer, a delivery that falls due, the moment at which a limit
// lets the next one go. Holds at most one claimed batch, a prefetched one, a parking of deliveries whose destination has to
// wait, and what a sender takes, per campaign and account. Nothing is journalled that cannot go at once.
//
// Campaigns share an account in turn; what is of no campaign (number 0) goes first. What waits for an account that is down
// goes on through its topic's next one, as does what was refused.
class Dispatcher : public QObject {
    Q_OBJECT

public:
    // The most deliveries claimed at a time.
    static constexpr int ClaimBatch = 256;
    // The most deliveries written by one job of the store: a trigger waits for the one that is under way.
    static constexpr qsizetype WritePiece = 64;

    Dispatcher(Store& store, Clock& clock, Random& random, SenderFactory& factory, QString lease,
               UnsubscribeLink unsubscribeLink, QObject* parent = nullptr);

    // Begins (or looks again at) a campaign that is sending.
    void activate(qint64 campaignId);
    // Stops it: what is not on the wire goes back to the queue.
    void deactivate(qint64 campaignId);
    // Looks for deliveries of triggers that wait. They come before those of campaigns.
    void activateTriggers();
    // Sends what was just committed as Sending, before all else; what cannot go out now goes to the queue.
    void sendNow(const TriggeredBatch& batch);
    // Sends at the most so many deliveries of the campaign that were not tried before; retries go on. Nothing: no bound.
    // Counts down in memory and is gone once the campaign is deactivated: whoever sets it computes it anew from the database
    // before activate(). May be set at any time.
    void setAllowance(qint64 campaignId, std::optional<qint64> remaining);
    void reloadAccount(qint64 accountId);
    QHash<qint64, AccountCondition> conditions() const;
    QHash<qint64, CampaignFlow> flows();
    // How many deliveries it holds that are not journalled.
    qsizetype claimed() const { return m_queue.claimed(); }
    // Gives back what is not on the wire, waits for the answers to what is, and says stopped() once all is written.
    void stop();

Q_SIGNALS:
    // Nothing of the campaign is waiting or on its way any more.
    void idle(qint64 campaignId);
    // The campaign is not sending (any more), as was found when something of it was to be journalled. It rests until it is
    // activated or deactivated: whoever has missed a word looks again.
    void refused(qint64 campaignId);
    // Deliveries of the campaign have been recorded.
    void recorded(qint64 campaignId);
    // A sentence while outcomes cannot be written (a full disk): nothing is sent until they are. Empty: all is well again.
    void problemChanged(const QString& problem);
    void stopped();

private:
    struct InFlight {
        qint64 campaignId = 0;
        Delivery delivery;
        std::shared_ptr<const Composer> composer; // with its topic
        QString destination;
    };
    struct Activation;
    class Ways;

    void start(const Activation& activation);
    void setThrottle(ActiveCampaign& active, double perSecond);
    Lane& laneOf(ActiveCampaign& active, qint64 accountId);
    Lane& restingLane(ActiveCampaign& active, qint64 accountId);
    AccountLine& lineOf(qint64 accountId);
    Lane* findLane(qint64 campaignId, qint64 accountId);
    // How many of a lane's deliveries are journalled or in flight, not yet recorded. Outlives the lane: what is on the wire
    // when a campaign is paused is still there when it is resumed.
    int onTheWay(qint64 campaignId, qint64 accountId) const;
    void addOnTheWay(qint64 campaignId, qint64 accountId, int count);
    bool isAtRest(qint64 campaignId, qint64 accountId, const Lane& lane) const;
    bool isIdle(const ActiveCampaign& active) const;
    Ways waysOf(const ActiveCampaign& active);
    CampaignFlow flowOf(ActiveCampaign& active);

    // Accounts that are down or cannot be used.
    QSet<qint64> accountsOut() const;
    void noticeWhoIsOut();
    std::optional<MoveOn> moveOnAfter(const Outcome& outcome, const InFlight& answered);
    // Whether what waits in a lane is to go on through another account now.
    bool mayMoveOn(const ActiveCampaign& active, qint64 accountId, const Lane& lane) const;
    void moveOn(ActiveCampaign& active, qint64 accountId, Lane& lane);
    void moveHeld(qint64 campaignId, qint64 accountId, const QList<ReadyDelivery>& held, const QList<Delivery>& waiting);
    void takeMoved(qint64 campaignId, qint64 accountId, const QList<ReadyDelivery>& held, const QList<Delivery>& moved);
    void setAside(qint64 campaignId, qint64 accountId, const QList<qint64>& ids);

    void pump();
    void pumpLine(qint64 accountId, AccountLine& line);
    std::vector<Turn> turnsOn(qint64 accountId, AccountLine& line);
    void handOver(Turn& turn, qint64 accountId);
    void claimMore(ActiveCampaign& active, qint64 accountId, Lane& lane, const AccountLine& line);
    int claimLimit(const ActiveCampaign& active, const AccountLine& line) const;
    void giveBack(const ReadyDelivery& ready, qint64 accountId);

    void claim(qint64 campaignId, qint64 accountId, Lane& lane, int limit, bool triedOnly);
    void takeClaimed(qint64 campaignId, qint64 accountId, int number, const Result<Queue::Batch>& batch);
    void readContacts(qint64 campaignId, qint64 accountId, const QList<Delivery>& deliveries);
    void compose(qint64 campaignId, qint64 accountId, const QList<Delivery>& deliveries, const ComposeContext& context);
    static DeliveryChange templateFailed(const Error& error);
    Result<Message> composeOne(Delivery& delivery, const Composer& composer, const Contact& contact) const;
    // What becomes of a delivery that need not or cannot be sent; nothing when it is to be.
    static std::optional<DeliveryChange> refusal(const Delivery& delivery, const Composer* composer,
                                                 const ComposeContext& context, qint64 now);
    qint64 hourOf(qint64 campaignId, const Composer& composer, const Contact& contact, qint64 now);
    qint64 mayGoAt(qint64 accountId, Lane& lane, const Delivery& delivery);
    void wakeWhenDue(qint64 campaignId, qint64 accountId, qint64 due);

    void journal(qint64 campaignId, qint64 accountId, const QList<ReadyDelivery>& going);
    void sendJournalled(qint64 campaignId, qint64 accountId, QHash<qint64, ReadyDelivery> ready,
                        const QList<Delivery>& journalled);
    void rest(qint64 campaignId);
    void returnUnjournalled(const QList<qint64>& ids, const Error& error);
    void takeOutcomes(const QList<Outcome>& outcomes);
    void record(const QList<RecordedChange>& changes);
    void recordGathered();
    void write(const QList<RecordedChange>& changes);
    void settle(const QList<RecordedChange>& changes, const QList<Delivery>& followUps);
    static RecordedChange changeOf(const InFlight& inFlight, const DeliveryChange& change);
    void expect(const Delivery& followUp);
    Lane& triggerLane(qint64 accountId);
    void expire(qint64 campaignId, qint64 accountId, const QList<Delivery>& deliveries);
    void cameBack(const Delivery& delivery);
    void eased(qint64 accountId, const QString& destination);
    void account(const InFlight& answered, DeliveryState becomes);
    void setProblem(const QString& problem);
    void checkIdle(qint64 campaignId);
    void defer(qint64 campaignId, qint64 accountId, const Deferrals& deferrals);
    void putBack(qint64 campaignId, qint64 accountId, const QList<qint64>& ids);
    void lookAgain(qint64 campaignId, qint64 accountId);
    void written();

    Store& m_store;
    Clock& m_clock;
    Random& m_random;
    SenderFactory& m_factory;
    RetryPolicy m_policy;
    Recorder m_recorder;
    Queue m_queue;
    QString m_lease;
    UnsubscribeLink m_unsubscribeLink;
    std::shared_ptr<ContentCache> m_triggerContent; // asked in jobs of the store, which may outlive this
    std::map<qint64, ActiveCampaign> m_active;
    QSet<qint64> m_activating; // asked for and not deactivated since
    std::map<qint64, std::unique_ptr<AccountLine>> m_lines;
    std::map<std::pair<qint64, qint64>, int> m_onTheWay; // by campaign and account
    QHash<qint64, InFlight> m_inFlight; // by delivery
    std::map<qint64, qint64> m_allowances; // by campaign: see setAllowance()
    std::map<qint64, qint64> m_servedLast; // by account: the campaign whose turn was the last
    QSet<qint64> m_out; // accountsOut() as last noticed
    QString m_problem;
    int m_claimNumber = 0;
    QList<RecordedChange> m_toRecord; // while others are being recorded
    int m_recording = 0; // pieces of the ledger under way, or to be tried again
    int m_writing = 0; // journals, records and deferrals under way
    bool m_pumping = false;
    bool m_stopping = false;
};

} // namespace carillon
