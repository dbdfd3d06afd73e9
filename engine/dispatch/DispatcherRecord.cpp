// SPDX-License-Identifier: GPL-3.0-or-later
// The second half of the way: journal -> send -> record.
#include "engine/base/Clock.h"
#include "engine/content/Composer.h"
#include "engine/dispatch/Dispatcher.h"

#include <utility>

namespace carillon {

namespace {

constexpr qint64 writeAgainMs = 1'000;

} // namespace

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
              [this, campaignId, accountId, ready](const Result<Journalled>& journalled) mutable {
                  const QList<qint64> ids = ready.keys();
                  if (journalled)
                      m_queue.release(ids);
                  if (journalled && journalled->isRefused)
                      rest(campaignId);
                  sendJournalled(campaignId, accountId, std::move(ready),
                                 journalled ? journalled->begun : QList<Delivery>());
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

// Claimed again, it would be refused again, and so on without end.
void Dispatcher::rest(qint64 campaignId)
{
    const auto active = m_active.find(campaignId);
    if (active == m_active.end() || std::exchange(active->second.isRefused, true))
        return;
    Q_EMIT refused(campaignId);
}

// Nothing was written and nothing sent: they go back to the queue once the disk can be written again.
void Dispatcher::returnUnjournalled(const QList<qint64>& ids, const Error& error)
{
    setProblem(error.message);
    m_clock.after(writeAgainMs, this, [this, ids] {
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
        changes.last().goneSince = outcome.goneSince;
        changes.last().partIds = outcome.partIds;
        changes.last().suppressAfter = outcome.suppressAfter;
        changes.last().movedTo = outcome.movedTo;
        changes.last().moveOn = moveOnAfter(outcome, inFlight);
        account(inFlight, changes.last().change.to);
    }
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

// Answers come a few at a time, and a job of the store costs as much as several of them: those that come while others are
// written are written together. They are no more than what is in flight.
void Dispatcher::record(const QList<RecordedChange>& changes)
{
    m_toRecord += changes;
    if (m_recording == 0)
        recordGathered();
}

void Dispatcher::recordGathered()
{
    const QList<RecordedChange> gathered = std::exchange(m_toRecord, {});
    for (qsizetype at = 0; at < gathered.size(); at += WritePiece) {
        ++m_recording;
        write(gathered.mid(at, WritePiece));
    }
}

void Dispatcher::write(const QList<RecordedChange>& changes)
{
    ++m_writing;
    whenReady(m_recorder.record(changes), this, [this, changes](const Result<QList<Delivery>>& followUps) {
        if (followUps) {
            setProblem({});
            settle(changes, *followUps);
            if (--m_recording == 0)
                recordGathered();
            return written();
        }
        --m_writing;
        // What a provider said must not be lost: it stays here, and nothing new is sent, until it can be written.
        setProblem(followUps.error().message);
        m_clock.after(writeAgainMs, this, [this, changes] { write(changes); });
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

} // namespace carillon
