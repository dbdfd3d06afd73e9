// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/Dispatcher.h"

#include "engine/base/Clock.h"
#include "engine/content/Composer.h"
#include "engine/content/ContentCache.h"
#include "engine/content/ContentReader.h"
#include "engine/dispatch/Dispatch.h"
#include "engine/store/CampaignRepository.h"
#include "engine/store/Store.h"

#include <algorithm>

namespace carillon {

namespace {

constexpr qint64 recordAgainMs = 1'000;
constexpr qint64 readAgainMs = 1'000;

} // namespace

// What a campaign needs to be sent, read in one moment.
struct Dispatcher::Activation {
    Campaign campaign;
    ContentSet content;
    QList<qint64> accounts;
};

Dispatcher::Dispatcher(Store& store, Clock& clock, Random& random, SenderFactory& factory, QString lease,
                       UnsubscribeLink unsubscribeLink, QObject* parent)
    : QObject(parent)
    , m_store(store)
    , m_clock(clock)
    , m_random(random)
    , m_factory(factory)
    , m_policy(random)
    , m_recorder(store, clock)
    , m_queue(store, clock, this)
    , m_lease(std::move(lease))
    , m_unsubscribeLink(std::move(unsubscribeLink))
    , m_triggerContent(std::make_shared<ContentCache>(clock))
{
}

void Dispatcher::activate(qint64 campaignId)
{
    m_activating.insert(campaignId);
    whenReady(m_store.read([campaignId](Connection& connection) -> Result<Activation> {
        const std::optional<Campaign> campaign = CampaignRepository(connection).find(campaignId);
        if (!campaign)
            return fail(ErrorCode::NotFound, tr("There is no campaign %1.").arg(campaignId));
        Result<ContentSet> content = contentOf(connection, *campaign);
        if (!content)
            return fail(content.error());
        Activation activation{*campaign, *std::move(content), {}};
        activation.accounts = DeliveryRepository(connection).waitingAccounts(campaignId);
        return activation;
    }),
              this, [this, campaignId](const Result<Activation>& activation) {
                  if (!m_activating.contains(campaignId))
                      return; // deactivated meanwhile: what was read is old
                  if (activation)
                      return start(*activation);
                  setProblem(activation.error().message);
                  m_clock.after(readAgainMs, this, [this, campaignId] { activate(campaignId); });
              });
}

void Dispatcher::start(const Activation& activation)
{
    const Campaign& campaign = activation.campaign;
    if (campaign.state != CampaignState::Sending)
        return;
    ActiveCampaign& active = m_active[campaign.id];
    active.campaign = campaign;
    active.topic = activation.content.topic;
    active.brand = activation.content.brand;
    active.composer = std::make_shared<Composer>(activation.content, campaign.data);
    active.times.emplace(campaign.schedule, active.topic, active.brand.timeZone);
    setThrottle(active, campaign.control.perMinute / 60);
    for (const qint64 account : activation.accounts)
        laneOf(active, account).mayHaveMore();
    for (auto& [account, lane] : active.lanes)
        lane.move.isInVain = false; // the topic's routes may be others now
    pump();
    checkIdle(campaign.id);
}

void Dispatcher::setThrottle(ActiveCampaign& active, double perSecond)
{
    const qint64 now = m_clock.steady();
    const bool isNew = active.lanes.empty();
    if (!isNew && active.throttle.perSecond() == perSecond)
        return;
    if (isNew) // it has just begun: what its throttle allows at once is there
        active.throttle = TokenBucket(perSecond, 0, now);
    else
        active.throttle.setRate(perSecond, 0, now);
    active.sent = ActiveCampaign().sent; // measured anew: what it did before says nothing of what it does now
    active.since = now;
}

void Dispatcher::deactivate(qint64 campaignId)
{
    m_activating.remove(campaignId);
    m_allowances.erase(campaignId);
    const auto found = m_active.find(campaignId);
    if (found == m_active.end())
        return;
    QList<qint64> claimed;
    for (const auto& [account, lane] : found->second.lanes) {
        for (const ReadyDelivery& ready : lane.ready + lane.parked.all())
            claimed << ready.delivery.id;
    }
    m_active.erase(found);
    m_queue.release(claimed);
    m_queue.forget(campaignId);
}

// Back to the queue, to be due later.
void Dispatcher::defer(qint64 campaignId, qint64 accountId, const Deferrals& deferrals)
{
    if (deferrals.isEmpty())
        return;
    ++m_writing;
    whenReady(m_recorder.defer(deferrals), this, [this, campaignId, accountId, deferrals](const Status& deferred) {
        if (deferred) {
            for (const QList<qint64>& ids : deferrals)
                m_queue.release(ids);
            lookAgain(campaignId, accountId);
        } else {
            m_clock.after(recordAgainMs, this,
                          [this, campaignId, accountId, deferrals] { defer(campaignId, accountId, deferrals); });
        }
        written();
    });
}

// Claimed for a lane that is gone: whoever has its place now may have looked for them in vain.
void Dispatcher::putBack(qint64 campaignId, qint64 accountId, const QList<qint64>& ids)
{
    m_queue.release(ids);
    if (!ids.isEmpty())
        lookAgain(campaignId, accountId);
}

// Something of a lane may wait in the queue that its last claim did not see.
void Dispatcher::lookAgain(qint64 campaignId, qint64 accountId)
{
    if (Lane* lane = findLane(campaignId, accountId))
        lane->mayHaveMore();
    pump();
}

void Dispatcher::setAllowance(qint64 campaignId, std::optional<qint64> remaining)
{
    if (remaining)
        m_allowances[campaignId] = *remaining;
    else
        m_allowances.erase(campaignId);
    if (const auto active = m_active.find(campaignId); active != m_active.end()) {
        for (auto& [account, lane] : active->second.lanes)
            lane.mayHaveMore();
    }
    pump();
}

void Dispatcher::stop()
{
    m_stopping = true;
    while (!m_active.empty())
        deactivate(m_active.begin()->first);
    for (auto& [account, line] : m_lines)
        line->drain();
    ++m_writing;
    written();
}

// One write has been answered; while stopping, the last one is the end.
void Dispatcher::written()
{
    --m_writing;
    if (m_stopping && m_writing == 0 && m_inFlight.isEmpty())
        Q_EMIT stopped();
}

void Dispatcher::reloadAccount(qint64 accountId)
{
    const auto found = m_lines.find(accountId);
    if (found != m_lines.end())
        found->second->reload();
}

AccountLine& Dispatcher::lineOf(qint64 accountId)
{
    std::unique_ptr<AccountLine>& line = m_lines[accountId];
    if (!line) {
        line = std::make_unique<AccountLine>(accountId, m_factory, m_clock, m_random);
        connect(line.get(), &AccountLine::roomChanged, this, &Dispatcher::pump, Qt::QueuedConnection);
        connect(line.get(), &AccountLine::outcomes, this, &Dispatcher::takeOutcomes, Qt::QueuedConnection);
    }
    return *line;
}

// Every lane has its line: a pump goes over the lines.
Lane& Dispatcher::laneOf(ActiveCampaign& active, qint64 accountId)
{
    lineOf(accountId);
    return active.lanes[accountId];
}

// A lane that is new has nothing to look for yet.
Lane& Dispatcher::restingLane(ActiveCampaign& active, qint64 accountId)
{
    const bool isNew = !active.lanes.contains(accountId);
    Lane& lane = laneOf(active, accountId);
    lane.empty = lane.empty || isNew;
    return lane;
}

Lane* Dispatcher::findLane(qint64 campaignId, qint64 accountId)
{
    const auto active = m_active.find(campaignId);
    if (active == m_active.end())
        return nullptr;
    const auto lane = active->second.lanes.find(accountId);
    return lane == active->second.lanes.end() ? nullptr : &lane->second;
}

void Dispatcher::journal(qint64 campaignId, qint64 accountId, const QList<ReadyDelivery>& going)
{
    QList<Delivery> deliveries;
    QHash<qint64, ReadyDelivery> ready;
    for (const ReadyDelivery& one : going) {
        deliveries << one.delivery;
        ready.insert(one.delivery.id, one);
    }
    addOnTheWay(campaignId, accountId, int(going.size()));
    ++m_writing;
    whenReady(m_recorder.journal(deliveries, m_lease), this,
              [this, campaignId, accountId, ready](const Result<QList<Delivery>>& journalled) mutable {
                  const QList<qint64> ids = ready.keys();
                  if (journalled)
                      m_queue.release(ids);
                  sendJournalled(campaignId, accountId, std::move(ready), journalled.value_or(QList<Delivery>()));
                  if (!journalled)
                      returnUnjournalled(ids, journalled.error());
                  written();
              });
}

void Dispatcher::sendJournalled(qint64 campaignId, qint64 accountId, QHash<qint64, ReadyDelivery> ready,
                                const QList<Delivery>& journalled)
{
    Lane* lane = findLane(campaignId, accountId);
    if (lane && journalled.size() < ready.size())
        lane->mayHaveMore(); // some were changed meanwhile, and may wait again
    QList<Message> toSend;
    toSend.reserve(journalled.size());
    for (const Delivery& delivery : journalled) {
        ReadyDelivery one = ready.take(delivery.id);
        m_inFlight.insert(delivery.id, {campaignId, delivery, one.composer, one.destination});
        toSend << std::move(one.message);
    }
    for (const ReadyDelivery& notJournalled : std::as_const(ready))
        giveBack(notJournalled, accountId);
    addOnTheWay(campaignId, accountId, -int(ready.size()));
    if (!toSend.isEmpty())
        lineOf(accountId).send(toSend);
    pump();
    checkIdle(campaignId);
}

// Nothing was written and nothing sent: they go back to the queue once the disk can be written again.
void Dispatcher::returnUnjournalled(const QList<qint64>& ids, const Error& error)
{
    setProblem(error.message);
    m_clock.after(recordAgainMs, this, [this, ids] {
        whenReady(m_recorder.tryWriting(), this, [this, ids](const Status& written) {
            if (!written)
                return returnUnjournalled(ids, written.error());
            setProblem({});
            m_queue.release(ids);
            for (auto& [id, campaign] : m_active) {
                for (auto& [account, lane] : campaign.lanes)
                    lane.mayHaveMore();
            }
            pump();
        });
    });
}

void Dispatcher::takeOutcomes(const QList<Outcome>& outcomes)
{
    const qint64 now = m_clock.now();
    QList<RecordedChange> changes;
    changes.reserve(outcomes.size());
    for (const Outcome& outcome : outcomes) {
        const auto found = m_inFlight.find(outcome.deliveryId);
        if (found == m_inFlight.end())
            continue; // a second answer to the same message
        const InFlight inFlight = *found;
        m_inFlight.erase(found);
        const Topic& topic = inFlight.composer->content().topic;
        changes << changeOf(inFlight, m_policy.judge(inFlight.delivery, outcome, topic.maxAttempts, now));
        changes.last().suppressAddress = outcome.suppressAddress;
        changes.last().movedTo = outcome.movedTo;
        changes.last().moveOn = moveOnAfter(outcome, inFlight);
        account(inFlight, changes.last().change.to);
    }
    if (!changes.isEmpty())
        record(changes);
    pump();
}

RecordedChange Dispatcher::changeOf(const InFlight& inFlight, const DeliveryChange& change)
{
    const Topic& topic = inFlight.composer->content().topic;
    return {inFlight.delivery, change, false, resendPolicy(topic.uncertainPolicy, inFlight.delivery, topic.maxAttempts),
            topic.rules.nextChannelAfterMs};
}

// Fewer are in flight to it: those that wait for that have another time.
void Dispatcher::eased(qint64 accountId, const QString& destination)
{
    for (auto& [id, active] : m_active) {
        if (const auto lane = active.lanes.find(accountId); lane != active.lanes.end() && !lane->second.parked.isEmpty())
            lane->second.parked.setTime(destination, lineOf(accountId).nextAt(destination, m_clock.steady()));
    }
}

// What an answer changes for those that wait.
void Dispatcher::account(const InFlight& answered, DeliveryState becomes)
{
    eased(answered.delivery.accountId, answered.destination);
    if (const auto active = m_active.find(answered.campaignId); active != m_active.end() && becomes == DeliveryState::Sent)
        active->second.sent.add(1, m_clock.steady());
}

void Dispatcher::record(const QList<RecordedChange>& changes)
{
    ++m_writing;
    whenReady(m_recorder.record(changes), this, [this, changes](const Result<QList<Delivery>>& followUps) {
        if (followUps) {
            setProblem({});
            settle(changes, *followUps);
            return written();
        }
        --m_writing;
        // What a provider said must not be lost: it stays here, and nothing new is sent, until it can be written.
        setProblem(followUps.error().message);
        m_clock.after(recordAgainMs, this, [this, changes] { record(changes); });
    });
}

void Dispatcher::settle(const QList<RecordedChange>& changes, const QList<Delivery>& followUps)
{
    QSet<qint64> campaigns;
    QList<qint64> ids;
    for (const RecordedChange& change : changes) {
        ids << change.delivery.id;
        campaigns.insert(change.delivery.campaignId);
        addOnTheWay(change.delivery.campaignId, change.delivery.accountId, -1);
        const DeliveryState state = change.change.to;
        if (const auto allowance = m_allowances.find(change.delivery.campaignId);
            allowance != m_allowances.end() && state == DeliveryState::Queued)
            ++allowance->second; // it counts as not tried, now that this is written
        // What was given up before the journal may have been changed by others meanwhile, and then waits still.
        const bool wasWaiting = change.delivery.state != DeliveryState::Sending;
        if (wasWaiting || state == DeliveryState::Queued || state == DeliveryState::Retrying
            || state == DeliveryState::Uncertain)
            cameBack(change.delivery);
    }
    m_queue.release(ids); // those that were given up before the journal
    for (const Delivery& followUp : followUps)
        expect(followUp);
    pump();
    for (const qint64 campaign : std::as_const(campaigns)) {
        Q_EMIT recorded(campaign);
        checkIdle(campaign);
    }
}

// It may wait in the queue again. Its campaign may have no lane for it: nothing waited when it was activated, after a pause
// in which this one was still on the wire.
void Dispatcher::cameBack(const Delivery& delivery)
{
    if (const auto active = m_active.find(delivery.campaignId); active != m_active.end())
        laneOf(active->second, delivery.accountId).mayHaveMore();
}

void Dispatcher::setProblem(const QString& problem)
{
    if (problem == m_problem)
        return;
    m_problem = problem;
    Q_EMIT problemChanged(m_problem);
}

void Dispatcher::checkIdle(qint64 campaignId)
{
    if (campaignId == 0)
        return; // triggers never end
    const auto found = m_active.find(campaignId);
    if (found != m_active.end() && isIdle(found->second))
        Q_EMIT idle(campaignId);
}

// Nothing of the campaign goes this way, or will.
bool Dispatcher::isAtRest(qint64 campaignId, qint64 accountId, const Lane& lane) const
{
    return lane.empty && lane.nextDue == 0 && !lane.claiming && !lane.move.isUnderWay && lane.holdsNothing()
        && onTheWay(campaignId, accountId) == 0;
}

bool Dispatcher::isIdle(const ActiveCampaign& active) const
{
    return std::all_of(active.lanes.begin(), active.lanes.end(),
                       [&](const auto& lane) { return isAtRest(active.campaign.id, lane.first, lane.second); });
}

int Dispatcher::onTheWay(qint64 campaignId, qint64 accountId) const
{
    const auto found = m_onTheWay.find({campaignId, accountId});
    return found == m_onTheWay.end() ? 0 : found->second;
}

void Dispatcher::addOnTheWay(qint64 campaignId, qint64 accountId, int count)
{
    const auto entry = m_onTheWay.try_emplace({campaignId, accountId}, 0).first;
    entry->second += count;
    if (entry->second == 0)
        m_onTheWay.erase(entry);
}

} // namespace carillon
