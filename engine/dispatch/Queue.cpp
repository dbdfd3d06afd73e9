// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dispatch/Queue.h"

#include "engine/base/Clock.h"
#include "engine/base/Future.h"
#include "engine/store/Store.h"

#include <algorithm>

namespace carillon {

namespace {

bool isDueEarlier(const Delivery& a, const Delivery& b)
{
    return a.dueAt != b.dueAt ? a.dueAt < b.dueAt : a.id < b.id;
}

} // namespace

Queue::Queue(Store& store, const Clock& clock, QObject* parent)
    : QObject(parent)
    , m_store(store)
    , m_clock(clock)
{
}

void Queue::claim(const Wanted& wanted, const Answer& answer)
{
    const Walk walk = m_walks[wanted.lane];
    claimFrom(wanted, walk, walk.atStart(), answer);
}

// `fromStart`: this walk began with the oldest delivery, so that its end is the end of all.
void Queue::claimFrom(const Wanted& wanted, const Walk& walk, bool fromStart, const Answer& answer)
{
    const quint64 reading = ++m_lastReading;
    m_readings.insert(reading);
    whenReady(m_store.read([wanted, walk, now = m_clock.now()](Connection& connection) -> Result<Page> {
        return read(connection, wanted, walk, now);
    }),
              this, [this, wanted, fromStart, answer, reading](const Result<Page>& page) {
                  m_readings.erase(reading);
                  const QList<Delivery> claimed = page ? hold(page->deliveries, reading) : QList<Delivery>();
                  forgetReleased();
                  if (!page)
                      return answer(fail(page.error()));
                  m_walks[wanted.lane] = page->end ? Walk() : page->walk;
                  if (!claimed.isEmpty())
                      return answer(Batch{claimed, 0});
                  if (!page->end)
                      return claimFrom(wanted, page->walk, fromStart, answer);
                  if (!fromStart) // something older may have come back to the queue
                      return claimFrom(wanted, Walk(), true, answer);
                  answer(Batch{{}, page->nextDue});
              });
}

Queue::Page Queue::read(Connection& connection, const Wanted& wanted, Walk walk, qint64 now)
{
    const auto& [lane, limit, triedOnly] = wanted;
    DeliveryRepository deliveries(connection);
    const QList<Delivery> queued
        = triedOnly ? QList<Delivery>() : deliveries.due(lane, DeliveryState::Queued, now, walk.queued, limit);
    const QList<Delivery> retrying = deliveries.due(lane, DeliveryState::Retrying, now, walk.retrying, limit);
    Page page;
    page.deliveries.resize(queued.size() + retrying.size());
    std::merge(queued.begin(), queued.end(), retrying.begin(), retrying.end(), page.deliveries.begin(), isDueEarlier);
    page.end = page.deliveries.size() < limit;
    page.deliveries.resize(qMin<qsizetype>(page.deliveries.size(), limit));
    for (const Delivery& delivery : std::as_const(page.deliveries))
        (delivery.state == DeliveryState::Queued ? walk.queued : walk.retrying) = {delivery.dueAt, delivery.id};
    page.walk = walk;
    if (page.end)
        page.nextDue = deliveries.nextDue(lane, now, triedOnly).value_or(0);
    return page;
}

QList<Delivery> Queue::hold(const QList<Delivery>& deliveries, quint64 reading)
{
    QList<Delivery> held;
    held.reserve(deliveries.size());
    for (const Delivery& delivery : deliveries) {
        if (m_claimed.contains(delivery.id) || m_released.value(delivery.id) >= reading)
            continue;
        m_claimed.insert(delivery.id);
        held << delivery;
    }
    return held;
}

void Queue::release(const QList<qint64>& ids)
{
    for (const qint64 id : ids) {
        m_claimed.remove(id);
        if (!m_readings.empty())
            m_released.insert(id, m_lastReading);
    }
}

void Queue::forgetReleased()
{
    if (m_readings.empty())
        return m_released.clear();
    m_released.removeIf([oldest = *m_readings.begin()](const auto& entry) { return entry.value() < oldest; });
}

void Queue::forget(qint64 campaignId)
{
    std::erase_if(m_walks, [campaignId](const auto& entry) { return entry.first.campaignId == campaignId; });
}

} // namespace carillon
