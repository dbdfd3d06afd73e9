// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/LogDigests.h"

#include "engine/store/DeliveryRepository.h"
#include "engine/store/LogRepository.h"
#include "engine/store/Store.h"

#include <numeric>

namespace carillon {

namespace {

constexpr int latestEntries = 200;
constexpr qint64 minuteMs = 60'000;
constexpr qint64 rateWindowMs = 2'000;
// A million open deliveries take a while to count: that is done for a fiftieth of the time at the most.
constexpr qint64 openPause = 50;

qint64 countOpen(Connection& connection)
{
    const QMap<DeliveryState, qint64> open = DeliveryRepository(connection).openCounts();
    return open.value(DeliveryState::Queued) + open.value(DeliveryState::Retrying) + open.value(DeliveryState::Sending);
}

} // namespace

LogDigests::LogDigests(Store& store, Clock& clock, QObject* parent)
    : m_store(store)
    , m_clock(clock)
    , m_lastSeq(store.lastSeqAtOpening())
{
    setParent(parent);
    m_status.database = store.path();
    connect(
        &store, &Store::committed, this,
        [this] {
            m_fresh = true;
            schedule();
        },
        Qt::QueuedConnection);
    m_fresh = true;
    schedule();
}

void LogDigests::setRunning(bool running)
{
    m_status.running = running;
    Q_EMIT statusChanged(m_status);
}

void LogDigests::setClients(int clients)
{
    m_status.clients = clients;
    Q_EMIT statusChanged(m_status);
}

void LogDigests::setProblem(const QString& problem)
{
    m_status.problem = problem;
    Q_EMIT statusChanged(m_status);
}

void LogDigests::schedule()
{
    if (m_scheduled)
        return;
    m_scheduled = true;
    m_clock.after(IntervalMs, this, [this] { read(); });
}

void LogDigests::read()
{
    m_fresh = false;
    const bool countsOpen = m_clock.steady() >= m_countOpenFrom;
    whenReady(m_store.read([&clock = m_clock, after = m_lastSeq, countsOpen](Connection& connection) -> Result<Reading> {
        Reading reading;
        const LogRepository::Digest counted = LogRepository(connection).digest(after);
        reading.digest = {counted.lastSeq, 0, counted.byType, counted.campaigns, {}};
        if (counted.lastSeq > after)
            reading.digest.latest
                = LogRepository(connection).after(qMax(after, counted.lastSeq - latestEntries), {}, latestEntries);
        if (!reading.digest.latest.isEmpty())
            reading.digest.time = reading.digest.latest.last().time;
        if (countsOpen) {
            const qint64 begin = clock.steady();
            reading.open = countOpen(connection);
            reading.openTookMs = clock.steady() - begin;
        }
        return reading;
    }),
              this, [this](const Result<Reading>& reading) {
                  m_scheduled = false;
                  if (reading)
                      take(*reading);
                  else
                      setProblem(reading.error().message);
                  // The rate falls back to nothing after the last entry, so the reading goes on for as long as it shows one.
                  if (m_fresh || !reading || !reading->open || m_status.sentPerSecond > 0 || !m_counted.empty())
                      schedule();
              });
}

void LogDigests::take(const Reading& reading)
{
    const auto& byType = reading.digest.byType;
    updateRates(byType.value(QStringLiteral("delivery.sent")),
                byType.value(QStringLiteral("delivery.failed")) + byType.value(QStringLiteral("delivery.bounced")));
    if (reading.open) {
        m_status.queued = *reading.open;
        m_countOpenFrom = m_clock.steady() + openPause * reading.openTookMs;
    }
    const bool news = reading.digest.lastSeq > m_lastSeq;
    m_lastSeq = qMax(m_lastSeq, reading.digest.lastSeq);
    if (news)
        Q_EMIT digested(reading.digest);
    Q_EMIT statusChanged(m_status);
}

void LogDigests::updateRates(qint64 sent, qint64 failed)
{
    const qint64 now = m_clock.steady();
    if (sent > 0 || failed > 0)
        m_counted.push_back({now, sent, failed});
    while (!m_counted.empty() && m_counted.front().at < now - minuteMs)
        m_counted.pop_front();
    qint64 recent = 0;
    m_status.errorsLastMinute = 0;
    for (const Counted& counted : m_counted) {
        m_status.errorsLastMinute += counted.failed;
        if (counted.at >= now - rateWindowMs)
            recent += counted.sent;
    }
    m_status.sentPerSecond = double(recent) * 1000.0 / double(rateWindowMs);
}

} // namespace carillon
