// SPDX-License-Identifier: GPL-3.0-or-later
// The way of triggers: straight from the transaction that made them to the wire, or through the queue before all campaigns.
#include "engine/base/Clock.h"
#include "engine/content/Composer.h"
#include "engine/dispatch/Dispatcher.h"
#include "engine/store/Store.h"

namespace carillon {

namespace {

// Urgent messages to one account under way at a time; more go through the queue, so that nothing piles up in a sender.
constexpr int urgentLimit = 64;
constexpr qint64 lookAgainMs = 1'000;

const QString actor = QStringLiteral("engine");

} // namespace

Lane& Dispatcher::triggerLane(qint64 accountId)
{
    return restingLane(m_active[0], accountId);
}

void Dispatcher::activateTriggers()
{
    whenReady(m_store.read([](Connection& connection) -> Result<QList<qint64>> {
        return DeliveryRepository(connection).waitingAccounts(0);
    }),
              this, [this](const Result<QList<qint64>>& accounts) {
                  if (!accounts) {
                      m_clock.after(lookAgainMs, this, [this] { activateTriggers(); });
                      return;
                  }
                  if (m_stopping)
                      return;
                  for (const qint64 account : *accounts)
                      triggerLane(account).mayHaveMore();
                  pump();
              });
}

void Dispatcher::sendNow(const TriggeredBatch& batch)
{
    const auto composer = std::make_shared<const Composer>(batch.content, batch.data);
    std::map<qint64, QList<Message>> messages; // by account
    QList<RecordedChange> notSent;
    for (Delivery delivery : batch.deliveries) {
        const qint64 account = delivery.accountId;
        const QString destination = destinationOf(delivery.channel, delivery.address);
        const bool goes = !m_stopping && m_problem.isEmpty() && onTheWay(0, account) < urgentLimit
            && lineOf(account).takesUrgent(destination);
        addOnTheWay(0, account, 1);
        if (!m_stopping)
            triggerLane(account);
        if (!goes) {
            notSent << RecordedChange{delivery, {DeliveryState::Queued, false, delivery.dueAt, {}, {}, actor, {}}};
            if (lineOf(account).outSince() >= 0 && batch.content->content().topic.rules.nextAccount)
                notSent.last().moveOn = MoveOn{MoveOn::Why::Down, accountsOut()};
            continue;
        }
        Result<Message> message = composeOne(delivery, *composer, batch.contacts.value(delivery.contactId));
        if (!message) {
            notSent << changeOf({0, delivery, composer}, templateFailed(message.error()));
            continue;
        }
        message->urgent = true;
        lineOf(account).reserve(destination);
        m_inFlight.insert(delivery.id, {0, delivery, composer, destination});
        messages[account] << *std::move(message);
    }
    for (const auto& [account, list] : messages)
        lineOf(account).send(list);
    if (!notSent.isEmpty())
        record(notSent);
}

// A delivery that was inserted or moved while something was recorded: its lane looks when it falls due.
void Dispatcher::expect(const Delivery& followUp)
{
    const auto active = m_active.find(followUp.campaignId);
    if (followUp.campaignId != 0 && active == m_active.end())
        return; // paused: it is found when the campaign goes on
    Lane& lane
        = followUp.campaignId == 0 ? triggerLane(followUp.accountId) : restingLane(active->second, followUp.accountId);
    if (followUp.dueAt <= m_clock.now() || !lane.empty) { // a claim under way may not have seen when it is due
        lane.mayHaveMore();
    } else if (lane.nextDue == 0 || followUp.dueAt < lane.nextDue) {
        lane.nextDue = followUp.dueAt;
        wakeWhenDue(followUp.campaignId, followUp.accountId, followUp.dueAt);
    }
}

} // namespace carillon
